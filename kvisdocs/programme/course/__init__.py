"""Where a citizen's course stands: its rules, deadlines, what recurs, and days that cannot be.

Others use `return_plan.Finding`, `course.check_category`, `course.check_self_ratings`, `course.check_validity`,
`dates.check_birth`, `dates.check_course_dates`, `deadlines.find_step_states` and more.
"""
