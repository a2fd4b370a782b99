"""Which counts an edition may show, so that no small one can be worked out from the others.

`targets` says what must not be worked out, `knowledge` what a reader knows, `alternative` finds another world that
would have been printed alike, `search` hides until there is one for each target, `hide` puts it together.
"""
