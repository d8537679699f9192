"""Near-duplicates among articles that do not fit into memory: the same steps, in buckets on disk."""
