"""Where a citizen's course stands: deadlines, what recurs, and days that cannot be.

Others use `return_plan.Finding`, `categories.check_category`, `categories.check_self_ratings`, `dates.check_birth`,
`dates.check_course_dates` and more.
"""
