"""Keeping the roster by hand: what a coordinator may say about a helper, one helper at a time.

What is a helper’s own (what they share, languages, ways of being reached, quiet hours) is not touched here.
"""
