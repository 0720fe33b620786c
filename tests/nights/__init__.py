"""Bad nights of the real program: killed, cut off, filled up, kept busy; started as an operator starts it.

Nothing is faked here but the far ends: a mail server that hangs, a line to the database that is cut, a disk that is
full. What the house itself does is what it does in a real night.
"""
