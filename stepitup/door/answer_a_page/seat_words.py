"""What the seat's screens are made of: plain values for the templates, and the few words that depend on a value."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import phonenumbers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stepitup.calls.shown import SeatSees
from stepitup.door.typed import number_as_written_here
from stepitup.door.words import true_for, when
from stepitup.limits.questions import for_this_pair
from stepitup.roster.shared_ground import SHARED_GROUND

_NO_BREAK, _NO_BREAK_HYPHEN = "\u00a0", "\u2011"

# The words on the ways from one screen of the seat to another: each is a link, or a form where there is no cookie.
WAYS: Mapping[str, Promise | str] = {
    "look_again": _("Look again now"),
    "meets_a_limit": _("The talk meets a limit: what now?"),
    "no_answer": _("They do not answer"),
    "how_are_you": _("How are you?"),
    "back_to_seat": _("Back to your seat"),
}


def told_of(sees: SeatSees, now: datetime) -> dict[str, Any]:
    """Everything a template of the seat may show. Before the limits were read there is nothing of the caller in it."""
    told: dict[str, Any] = {"sees": sees, "version": sees.version, "true_for": true_for(sees.join_by, now)}
    told["is_asked"] = sees.asked_from is not None and sees.asked_from <= now
    if sees.join_by is not None:
        told["join_by"] = when(sees.join_by, now)
    if sees.number is not None:
        told["number_display"] = readable(sees.number.phone)
    if sees.situation is not None:
        pair = for_this_pair(sees.situation, sees.kind, same_agency=sees.same_agency, sworn=sees.sworn)
        told |= {"limits": pair, "shown": [in_words(word) for word in sees.shown]}
    if sees.team_number:
        told["team_number"] = readable(sees.team_number)
    return told


def in_words(shown: str) -> str:
    """What the caller chose to show: a word we share is shown as its sentence, anything else as they wrote it."""
    common = SHARED_GROUND.get(shown)
    return str(common.label) if common else shown


def readable(number: str) -> str:
    """A number as people here write it, in one piece; one that cannot be read stays as it was given."""
    try:
        written = number_as_written_here(number)
    except phonenumbers.NumberParseException:
        return number
    return written.replace(" ", _NO_BREAK).replace("-", _NO_BREAK_HYPHEN)
