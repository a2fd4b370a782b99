"""What becomes of finished letters, and what the journal tells of it."""
