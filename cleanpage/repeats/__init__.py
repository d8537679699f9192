"""The repeats stage: what stands more than once, and which copy is kept."""
