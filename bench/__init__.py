"""Quality and speed, ours and of other tools: each module is a command, python -m bench.NAME."""
