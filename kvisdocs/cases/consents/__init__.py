"""A citizen's consents: what they allow, on which day, and what their words refuse."""
