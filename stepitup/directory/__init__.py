"""Help outside the team: hotlines today, later clinicians, chaplains and programmes; and the card a helper has at hand.

The room stands alone on the ground: it needs no database, and it writes the hotlines as plain files, so that they open
when all else is down. What it knows comes from two files of facts that were read, dated and marked by hand
(`facts/`). A number is shown only where its marks allow it, and every screen says how far the number was checked.
"""
