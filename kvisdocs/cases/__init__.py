"""What comes in: case files in YAML, read with positions and checked against the models. No output is written here."""
