"""The model → WordprocessingML. Nothing is decided here.

Others use `document.write_word`, `formats.full_language`, `formats.make`, `package.base_parts` and more.
"""
