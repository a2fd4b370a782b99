"""Jinja in a sandbox: filters, Danish formatting, Markdown, and faults in plain words."""
