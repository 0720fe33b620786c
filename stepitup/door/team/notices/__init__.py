"""Notices in a helper's own browser: turned on, tried and turned off by the helper alone."""
