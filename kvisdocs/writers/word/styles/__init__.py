"""Formats and the named styles that carry them."""
