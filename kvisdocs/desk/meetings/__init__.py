"""Meetings: the list of them, one put together and its items in order, and what came of it."""
