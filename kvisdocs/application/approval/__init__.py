"""Approval: somebody answers for the very bytes of a letter, and a draft becomes the letter."""
