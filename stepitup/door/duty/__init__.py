"""Duty: the calendar of a helper and of the team, changes, swaps, gaps, and the feed for a helper's own phone."""
