"""Markdown and HTML in a case's texts that documents would print otherwise than it was meant."""
