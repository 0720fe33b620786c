"""`stepitup bounce < MAIL`: a mail server hands over what came back, and we see whether a page of ours did not arrive.

It ends well whatever it is given: a mail that is none of ours must not come back to whoever wrote it. Only where the
database is away does it ask the mail server to try again later.
"""

import argparse
import sys
from typing import BinaryIO

from django.db import DatabaseError

from stepitup.calls import actions
from stepitup.ground.deeds import deed
from stepitup.ground.team import team
from stepitup.paging.carriers.mail.bounce import LARGEST, read_bounce

# sysexits.h, EX_TEMPFAIL: mail servers and fetchmail keep the mail and try again.
_LATER = 75


def do(_options: argparse.Namespace) -> int:
    """Read one mail from the standard input."""
    return take(sys.stdin.buffer)


def take(mail: BinaryIO) -> int:
    """Do what follows from this mail; the number is for the mail server."""
    ours = team().mail
    bounce = read_bounce(mail.read(LARGEST), comes_back_to=ours.comes_back_to if ours else "")
    if bounce is None:
        return 0
    try:
        deed(actions.note_delivery, bounce.key, bounce.outcome)
    except DatabaseError:
        sys.stderr.write("The database does not answer; try again later.\n")
        return _LATER
    return 0
