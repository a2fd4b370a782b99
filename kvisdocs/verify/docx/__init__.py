"""A DOCX, taken apart for the gate: its blocks, its styles, and the rules for an accessible file.

Others use `accessibility.check_accessibility`, `body.read_docx_blocks`, `validators.check_docx_with_audit` and
`validators.check_docx_with_sdk`.
"""
