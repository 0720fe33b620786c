"""Paging: reaching out to one helper, by one way after another, until they answer or nobody can say we did not try.

A page says nothing: no reason, no name, no place. It cannot, because this room sees neither calls nor the roster: a
helper is a number here, and why they are wanted is not known. `calls` writes pages and settles them; the watch hands
them to carriers and records what came of it. Nothing is sent from inside a transaction or from a screen.
"""
