"""A PDF, taken apart for the gate: its tags, their content, and veraPDF."""
