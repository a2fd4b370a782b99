"""HTML with its computed values → the model. Every decision about a Word file is made here."""
