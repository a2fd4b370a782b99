"""Tables: cells on a grid, widths, captions, and rows."""
