"""Finding what a question is about: sentence encoder, feature space and kernel classifier."""
