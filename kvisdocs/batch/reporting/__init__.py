"""What is told of a run: in a line, as JSON, and as a page.

Others use `report.RunReport`, `report.cause_key`, `report.find_causes`, `report.find_unusual` and `report.reasons`,
and more.
"""
