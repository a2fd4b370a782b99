"""A PDF, taken apart for the gate: its tags, their content, and veraPDF.

Others use `tag_blocks.read_pdf_blocks` and `validator.check_pdfs`.
"""
