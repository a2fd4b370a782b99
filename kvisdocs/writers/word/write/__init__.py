"""The model → WordprocessingML. Nothing is decided here."""
