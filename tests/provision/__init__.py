"""What the tests need and a machine may not have: PostgreSQL, Chromium, Node, and a fresh migrated database each.

Everything here is real. Where a part truly cannot be had, `CannotBeHad` says so in words and the run fails.
"""
