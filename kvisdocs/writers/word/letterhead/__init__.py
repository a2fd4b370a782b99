"""A designer's Word file, as the ground that a Word document is built on."""
