"""A meeting's papers: which items they have, in which order, with whom there. What the municipality decides: `form`."""
