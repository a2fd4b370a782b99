"""The command line: one file a command. Heavy imports stand inside the functions, so that `--help` is quick.

Others use `start.start`.
"""
