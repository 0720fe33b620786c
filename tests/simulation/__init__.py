"""Nights lived by seed: people press, answer, decline and vanish; carriers hang, lie and double; the house crashes.

One driver plays the same seeded night against an engine in memory (thousands a run) and against the real rooms on a
real database (hundreds). After each event the promises are checked. A seed that breaks one prints its story and the
words with which it is lived again alone: `make simulate SEEDS=4711:4712 HOUSE=memory EVENTS=20`.
"""
