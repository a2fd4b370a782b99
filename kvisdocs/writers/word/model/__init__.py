"""The model of a Word document: plain values in Word's own units, all decided.

Others use `drafts.Draft`, `drafts.DraftParagraph`, `inlines.Inline`, `inlines.Text`, `inlines.RunFormat` and more.
"""
