"""Tables: cells on a grid, widths, captions, and rows.

Others use `grid.Gap`, `grid.Placed`, `grid.Spanning`, `grid.count_columns`, `grid.fill_gaps` and more.
"""
