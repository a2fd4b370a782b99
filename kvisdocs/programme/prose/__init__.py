"""Prose, read for what does not add up: sums, counts, shares, tables and dates.

Others use `prose.place_remarks`, `prose.Remark`, `prose_checks.check_texts` and `tables.check_economy`.
"""
