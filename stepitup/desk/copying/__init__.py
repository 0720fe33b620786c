"""Safe copies: the team, sealed in one file under the site key. No call is in it, so none can come back from it.

docs/decisions/safe-copies.md says why.
"""
