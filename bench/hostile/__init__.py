"""Pages made to hurt: their kinds, what they cost (``python -m bench.hostile``), and texts that hurt a pattern."""
