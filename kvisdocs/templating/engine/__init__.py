"""Jinja in a sandbox: filters, Danish formatting, Markdown, and faults in plain words.

Others use `environment.make_environment`, `execution_limits.budget`, `formatting.format_date`,
`formatting.format_number` and `template_errors.explain_failure`.
"""
