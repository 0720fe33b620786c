"""The words on screen for the words of the vocabulary."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stepitup.ground.vocabulary import STATES, UNKNOWN

Labels = Mapping[str, Promise | str]
Choices = list[tuple[str, Promise | str]]

NOT_SAID = _("Leave this open")

WANTS: Labels = {
    "peer": _("A peer: somebody from the job, trained for this"),
    "chaplain": _("A chaplain"),
    "clinician": _("A clinician: a licensed counselor who knows the job"),
    "anyone": _("Whoever answers first"),
}
KINDS: Labels = {
    "peer": _("A peer"),
    "chaplain": _("A chaplain"),
    "clinician": _("A clinician"),
    "coordinator": _("A coordinator"),
}
# Each by its own name, so that whoever needs it can read it.
LANGUAGES: Labels = {
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "pt": "Português",
    "vi": "Tiếng Việt",
    "tl": "Tagalog",
    "zh": "中文",
    "ko": "한국어",
    "ar": "العربية",
    "ru": "Русский",
    "ase": "ASL",
}
SERVICES: Labels = {
    "law_enforcement": _("Law enforcement"),
    "fire": _("Fire"),
    "ems": _("EMS"),
    "dispatch": _("Dispatch"),
    "corrections": _("Corrections"),
    "probation_parole": _("Probation or parole"),
    "civilian_staff": _("Civilian staff of such an agency"),
    "families": _("I am family of a responder"),
    "chaplains": _("Chaplain of an agency"),
    "hospital": _("Hospital or clinic emergency staff"),
    "national_guard": _("National Guard"),
    "emergency_management": _("Emergency management"),
    "other": _("Something else"),
}
EMPLOYERS: Labels = {
    "local": _("City, county or district"),
    "state": _("State"),
    "federal": _("Federal"),
    "tribal": _("Tribal"),
    "private": _("A private company"),
    "volunteer": _("Volunteer"),
}
RANK_BANDS: Labels = {
    "line": _("Line: I lead nobody"),
    "supervisor": _("Supervisor"),
    "command": _("Command"),
    "civilian": _("Civilian"),
}
IF_LOST: Labels = {
    "ring": _("Ring me"),
    "text": _("Text me"),
    "neither": _("Neither: I come back by myself"),
}


def choices(labels: Labels) -> Choices:
    """The words to choose from."""
    return list(labels.items())


def choices_or_unknown(labels: Labels) -> Choices:
    """The same, after "I do not know": unknown is an answer everywhere."""
    return [(UNKNOWN, NOT_SAID), *labels.items()]


def states() -> Choices:
    """All states by name."""
    return [(UNKNOWN, NOT_SAID), *STATES.items()]
