"""The record of an output folder: what became of its letters, line by line, only ever added to."""
