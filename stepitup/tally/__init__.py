"""Counts with no person in them: one number for a week, written once, when a call closes.

Nothing here can be joined to a call, a caller, a helper or a night: no time, no place, no id. What counts is what a
coordinator needs to mend the roster; a count too small to hide a person is shown as nothing.
"""
