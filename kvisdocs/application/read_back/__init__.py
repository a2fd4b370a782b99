"""A Word file that somebody edited, compared with what its case says; others use `comparison.read_back`."""
