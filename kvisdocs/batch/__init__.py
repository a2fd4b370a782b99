"""The month-end run: its plan, the run itself, and what is told of it."""
