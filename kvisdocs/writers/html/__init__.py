"""The HTML and CSS that both writers share: limits, rules, and what is made valid before either reads it.

Others use `css_nesting.unfold`, `rules.unknown_name`, `limits.parse_document`, `rules.find_remarks`,
`rules.is_number` and more.
"""
