"""Prose, read for what does not add up: sums, counts, shares, tables and dates."""
