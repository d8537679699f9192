"""The first stages: rules name the chrome and metadata lines, and lines of scripts that a flattener left."""
