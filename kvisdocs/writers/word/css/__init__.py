"""The cascade: each element's computed values, for the properties that Word has."""
