"""Drills: whether a page would reach us tonight, asked on a quiet day.

A test page says TEST, nobody is waiting, and can be answered only with "it reached me". What came of it is for the
helper themselves; a coordinator reads who can be reached, and never how quickly somebody got up.
"""
