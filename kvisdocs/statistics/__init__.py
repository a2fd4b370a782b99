"""What a committee is told in figures: counted from cases on a date, and with the small counts hidden before anybody
can print them.
"""
