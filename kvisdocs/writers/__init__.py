"""HTML → bytes: the writers of each format (`formats.py`), and what they share."""

from kvisdocs.writers.formats import FORMATS, WRITERS, Format, write_docx, write_files, write_html, write_pdf
from kvisdocs.writers.output import WriterOutput

__all__ = ["FORMATS", "WRITERS", "Format", "WriterOutput", "write_docx", "write_files", "write_html", "write_pdf"]
