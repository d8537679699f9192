"""Time and memory: each module is a command, python -m bench.speed.NAME."""
