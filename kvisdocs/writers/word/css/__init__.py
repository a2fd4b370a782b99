"""The cascade: each element's computed values, for the properties that Word has.

Others use `computed.Computed`, `boxes.inside_of`, `boxes.Page`, `boxes.read_page`, `values.Units` and more.
"""
