"""The ways in which people write a name, an address or a CPR number."""
