"""Templates, read without a case: names that are not there, and what nobody uses."""
