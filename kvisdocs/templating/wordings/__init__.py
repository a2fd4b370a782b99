"""A document in several languages: `choosing` finds the template for a reader, `comparison` compares them."""
