"""Everything around Rasa: understanding, doors, privacy and the command line."""

import os

from bot.kernels import fastest_kernels

# Here, as no numeric library has loaded yet, and they look only then. Messages side by side use the
# cores: a pool of threads inside one message spins between its sums, and takes a second core for nothing.
os.environ.setdefault("OMP_NUM_THREADS", "1")
if "OPENBLAS_CORETYPE" not in os.environ and (kernels := fastest_kernels()):
    os.environ["OPENBLAS_CORETYPE"] = kernels
