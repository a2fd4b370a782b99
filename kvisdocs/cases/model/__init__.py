"""The models of a case: plain, frozen values, and how each is parsed."""
