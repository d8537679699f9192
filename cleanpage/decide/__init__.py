"""What becomes of each block, and of the page: the Article, and how to explain it."""
