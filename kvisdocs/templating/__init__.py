"""Case, document and date → HTML: the templates, the municipality's profile and Danish formatting.

Others use `html.HtmlDocument`, `html.Assets`, `documents.Document`, `documents.load_documents`, `profiles.Profile`
and more.
"""
