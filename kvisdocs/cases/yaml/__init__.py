"""YAML text, read with the position of every part and with every fault in plain words."""
