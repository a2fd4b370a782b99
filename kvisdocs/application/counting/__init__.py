"""Figures of a committee: case files read and counted, and the statement of one programme chosen from them."""
