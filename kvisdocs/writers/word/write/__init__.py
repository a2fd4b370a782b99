"""The model → WordprocessingML. Nothing is decided here.

Others use `document.write_word`, `formats.full_language`, `package.base_parts`, `package.open_parts` and `xml.make`.
"""
