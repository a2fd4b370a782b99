"""HTML + CSS → DOCX: cascade (computed values) → read (blocks) → write (python-docx). All is decided in read."""
