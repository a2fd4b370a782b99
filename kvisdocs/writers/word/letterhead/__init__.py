"""A designer's Word file, as the ground that a Word document is built on.

Others use `letterhead.Letterhead`, `letterhead.find_letterhead`, `parts.put_before`, `writing.open_letterhead_base`
and more.
"""
