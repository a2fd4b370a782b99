"""The commands that put a meeting in order, and write what came of it."""
