"""Case, document and date → HTML: the templates, the municipality's profile and Danish formatting."""
