"""The HTML and CSS that both writers share: limits, rules, and what is made valid before either reads it."""
