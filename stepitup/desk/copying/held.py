"""What a safe copy holds and what it leaves out. A new table must find its place here, or a test fails."""

from collections.abc import Mapping
from typing import Final

from stepitup.calls import plan_file
from stepitup.directory import checked
from stepitup.limits import local_rules

# In this order they can be put back: whoever is pointed at comes first.
HELD: Final = (
    "roster.agency",
    "roster.helper",
    "roster.way",
    "roster.oversight",
    "roster.neverpair",
    "roster.related",
    "roster.dutyoverride",
    "roster.dutyfeed",
    "roster.account",
    "mfa.authenticator",
    "roster.credential",
    "roster.incident",
    "roster.atincident",
    "roster.device",
    "ground.logbookentry",
    "ground.logbookhead",
    "ground.teamanswer",
    "ground.earlieranswer",
    "tally.weekcount",
)

# They come with the sign-in library, and nothing is written into them.
UNUSED: Final = (
    "account.emailaddress",
    "account.emailconfirmation",
    "auth.group",
    "auth.permission",
    "contenttypes.contenttype",
)

_A_CALL = "A caller was told the day of its deletion. A copy of it would outlive that day."
_A_PAGE = "It belongs to a call and goes with it."
LEFT_OUT: Final[Mapping[str, str]] = {
    "calls.call": _A_CALL,
    "calls.turn": _A_CALL,
    "calls.asked": _A_CALL,
    "calls.seat": _A_CALL,
    "calls.limitsread": _A_CALL,
    "calls.wayin": _A_CALL,
    "paging.page": _A_PAGE,
    "paging.attempt": _A_PAGE,
    "paging.pagermessage": _A_PAGE,
    "paging.heard": "It is kept for a day, so that one reply is not heard twice.",
    "paging.notice": "It is sent within moments, and deleted.",
    "drills.drill": "It is deleted after 35 days; the next one tells more.",
    "drills.rehearsal": "It says how the house fares now.",
    "drills.drillasked": "It goes with its drill.",
    "roster.dutyswap": "It waits for an answer of these days; whoever still wants it asks again.",
    "roster.dutyletter": "It says who was told of gaps today.",
    "roster.invitation": "A copy must not bring back an invitation that was used or taken back.",
    "roster.signedin": "Whoever is signed in signs in again; a copy must not sign anybody in.",
    "roster.tried": "It counts wrong tries at signing in, for minutes.",
    **dict.fromkeys(UNUSED, "It comes with the sign-in library and stays empty."),
    "ground.timer": "Each belongs to a call; a lease means nothing to another process.",
    "ground.draft": "It is deleted within the hour.",
    "ground.heartbeat": "It says who is alive now.",
}

# Left blank in a copy, because it tells of a night: the day of a helper's talk. The day of a test page tells nothing.
LEFT_BLANK: Final[Mapping[str, tuple[str, ...]]] = {
    "roster.helper": ("last_talk_on",),
}

# Of the data folder. Never the site key: a copy that held it would open itself to whoever finds it.
FILES: Final = ("team.toml", plan_file.FILE_NAME, local_rules.FILE_NAME, checked.FILE_NAME)
