"""The stages: each a function from Draft to Draft that adds findings."""
