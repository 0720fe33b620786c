"""The caller's journey: the first screen, the press, the few questions, waiting, somebody answers, the call ends.

Every step works without script and with cookies blocked: then each form carries the token of the call in a hidden
field, and the answer to a form is the next screen itself rather than a redirection.
"""
