"""A designer's Word file, as the ground that a Word document is built on.

Others use `letterhead.Letterhead`, `page_setup.fit_pages`, `cleaning.put_before`, `letterhead.find_letterhead`,
`page_setup.begin_below` and more.
"""
