"""A programme's rules as dated data: their models, their files, and the Danish calendar.

Others use `rules.Programme`, `rule_registry.Programme`, `working_days.add_days`, `rule_registry.UnknownProgramme`,
`rule_registry.load_programme` and more.
"""
