"""Cases from a spreadsheet: a case a row, lists from further sheets, checked as if each had been written by hand.

Others use `importer.plan_import`, `folder.compare` and `template.make_template`.
"""
