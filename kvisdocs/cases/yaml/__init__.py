"""YAML text, read with the position of every part and with every fault in plain words.

Others use `source.Step`, `source.Source`, `source.Data`, `source.read_raw`, `source.read_source` and more.
"""
