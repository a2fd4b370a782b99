"""The proof that a finished file holds its own recipient's data and nobody else's.

Others use `recipient_check.OtherCases`, `recipient_check.RecipientCheck`, `identifying_data.IdentifyingMark` and
`identifying_data.find_marks`.
"""
