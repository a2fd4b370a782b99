"""A DOCX, taken apart for the gate: its blocks, its styles, and the rules for an accessible file."""
