"""The limits: what stays private in a talk, and where that ends.

Before the first word a caller reads what the law of their state says for their service, their employer and this kind of
helper, in plain words and with its source. This room writes those words and nothing else: it asks no database, keeps no
record of who read what (`calls` does), and never sends anything to anybody. What may be asked is in `questions.py`.
"""
