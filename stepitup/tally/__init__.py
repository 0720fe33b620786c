"""Tally: counts with no person in them. Empty for now.

This room will keep numbers, written once when a call closes: how many calls, how fast somebody answered, which kind of
backup. Reports read only this room, so that a report cannot point at a person; a count too small to hide one is shown
as nothing.
"""
