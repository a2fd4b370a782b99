"""A citizen's consents: what they allow, on which day, and what their words refuse.

Others use `consent.DataType`, `consent.Party`, `consent.Consent`, `disclosure.Refusal` and `disclosure.find_refusal`,
and more.
"""
