"""The floor everybody stands on: clock, ids and secrets, sealing at rest, timers, the bell, one transaction a deed.

Nothing here knows what a call, a page or a helper is. Every room may use the ground; the ground uses none of them.
"""
