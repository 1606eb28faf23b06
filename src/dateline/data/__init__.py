"""Data files: the codebook, lexicons and the sample archive."""
