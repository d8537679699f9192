"""The body stage: which lines are the article."""
