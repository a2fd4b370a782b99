"""Formats and the named styles that carry them.

Others use `computed_formats.run_format`, `computed_formats.twips`, `computed_formats.spaces`,
`computed_formats.is_rtl`, `computed_formats.paragraph_format` and more.
"""
