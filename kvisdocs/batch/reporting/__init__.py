"""What is told of a run: in a line, as JSON, and as a page.

Others use `report.RunReport`, `causes.cause_key`, `causes.find_causes`, `report.find_unusual` and `report.reasons`,
and more.
"""
