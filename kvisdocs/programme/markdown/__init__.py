"""Markdown and HTML in a case's texts that documents would print otherwise than it was meant.

Others use `inline.new_parser`, `warnings.check_markup` and `warnings.check_unfilled`.
"""
