"""Pictures from outside, checked and made fit for both files."""
