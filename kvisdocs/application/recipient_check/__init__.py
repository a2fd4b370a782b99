"""The proof that a finished file holds its own recipient's data and nobody else's."""
