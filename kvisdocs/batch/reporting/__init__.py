"""What is told of a run: in a line, as JSON, and as a page."""
