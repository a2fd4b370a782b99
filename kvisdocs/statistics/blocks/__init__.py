"""The blocks of a statement: each counts a case into figures by name, and lays the sums out."""
