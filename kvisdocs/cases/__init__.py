"""What comes in: case files in YAML, read with positions and checked against the models. No output is written here.

Others use `load.LoadedCase`, `views.Audience`, `load.Case`, `texts.Texts`, `views.find_reader` and more.
"""
