"""Fuzzing of ``clean_page``: ``python -m tests.fuzz --help``; kept findings in ``cases``."""
