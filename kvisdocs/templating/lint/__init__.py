"""Templates, read without a case: names that are not there, and what nobody uses.

Others use `templates.lint_templates` and `syntax.explain_syntax`.
"""
