"""Where a citizen's course stands: deadlines, what recurs, and days that cannot be."""
