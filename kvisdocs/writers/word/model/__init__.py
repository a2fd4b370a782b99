"""The model of a Word document: plain values in Word's own units, all decided.

Others use `drafts.Draft`, `drafts.DraftParagraph`, `inlines.Inline`, `inlines.Text` and `formats.RunFormat`, and
more.
"""
