"""Finished letters on their way: approved, sent, and what the journal says of them."""
