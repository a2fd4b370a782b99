"""A case as a form: its fields as a tree made from the models, what a filled form changes, and where problems stand."""
