"""New files to fill in: `cases` lays out a case or an item, `templates` a municipality and a document."""
