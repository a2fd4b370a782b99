"""Markdown and HTML in a case's texts that documents would print otherwise than it was meant.

Others use `parser.new_parser`, `placeholders.check_unfilled` and `warnings.check_markup`.
"""
