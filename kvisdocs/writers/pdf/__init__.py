"""HTML → PDF by WeasyPrint: layout, tags, and repairs that PDF/A-2a and PDF/UA-1 need.

Others use `layout.lay_out`, `layout.Layout` and `sources.read_sources`.
"""
