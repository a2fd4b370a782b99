"""What the rules make of a case: deadlines and checks, as pure functions of a case, dated parameters and a date.

Others use `checks.check_case`.
"""
