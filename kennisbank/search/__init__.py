"""Finding what a question is about: sentence encoder, feature space and kernel classifier."""

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
