"""What a caller and a helper can have in common: the words to choose from, and how much each weighs.

Lived events weigh most: somebody who buried a partner is closer to somebody who did than any rank or shift can make
them. Where things are equal, rest and chance decide (matching.py), so small whole numbers are enough.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MATTERS: Final = "matters"
A_LOT: Final = "a lot"
HOW_MUCH: Final[Mapping[str, int]] = {MATTERS: 1, A_LOT: 2}

_LIVED: Final = 10
_FAITH: Final = 6
_JOB: Final = 3
_LANGUAGE: Final = 12  # above any single event: without words in common nothing else can be told


@dataclass(frozen=True, slots=True)
class Common:
    """One thing two people can have in common.

    `label` is what is ticked, by a caller or a helper; `both` is the sentence when it is so. `told_by_helper` is
    False for what the roster knows already (service, unit, rank, years) and nobody ticks on the helper's side.
    """

    label: Promise | str
    both: Promise | str
    weight: int
    told_by_helper: bool = True


SHARED_GROUND: Final[Mapping[str, Common]] = {
    "service": Common(_("The same kind of work"), _("You do the same kind of work."), _JOB, told_by_helper=False),
    "rank_band": Common(_("About the same rank"), _("You are of about the same rank."), _JOB, told_by_helper=False),
    "years": Common(
        _("About as many years"), _("You have about as many years on the job."), _JOB, told_by_helper=False
    ),
    "unit": Common(_("The same kind of unit"), _("You work in the same kind of unit."), _JOB, told_by_helper=False),
    "language": Common(
        _("The same language"), _("You both speak the language that was asked for."), _LANGUAGE, told_by_helper=False
    ),
    "shift": Common(_("Night work"), _("You both worked nights."), _JOB),
    "military": Common(_("Military service"), _("You both served in the military."), _LIVED),
    "lost_a_partner": Common(_("Losing a partner or a crew member"), _("You both lost a partner."), _LIVED),
    "officer_involved": Common(_("A shooting or use of force"), _("You both came through a shooting."), _LIVED),
    "injured": Common(_("Being badly hurt on the job"), _("You both were badly hurt on the job."), _LIVED),
    "child": Common(_("A call with a child"), _("You both had a call with a child that stayed."), _LIVED),
    "mass_casualty": Common(_("A call with many hurt"), _("You both worked a call with many hurt."), _LIVED),
    "suicide_loss": Common(
        _("Someone close died by suicide"), _("Someone close to each of you died by suicide."), _LIVED
    ),
    "own_dark_time": Common(_("A time of not wanting to live"), _("You both know such a dark time."), _LIVED),
    "trauma": Common(_("Bad dreams, being on edge"), _("You both know what trauma does."), _LIVED),
    "drinking": Common(_("Alcohol, pills or drugs"), _("You both know that fight with alcohol or drugs."), _LIVED),
    "divorce": Common(_("A separation or divorce"), _("You both went through a separation."), _LIVED),
    "under_investigation": Common(_("Being investigated"), _("You both were investigated."), _LIVED),
    "moral_injury": Common(_("Something that went against what I believe"), _("You both carry such a thing."), _LIVED),
    "retirement": Common(_("Leaving the job"), _("You both left the job."), _LIVED),
    "family_of_responder": Common(_("Living with a responder"), _("You both live with a responder."), _LIVED),
    "woman_on_the_job": Common(_("Being a woman on the job"), _("You both are women on the job."), _LIVED),
    "lgbtq": Common(_("Being LGBTQ on the job"), _("You both are LGBTQ on the job."), _LIVED),
    "faith": Common(_("Faith"), _("Faith matters to both of you."), _FAITH),
}

# What a helper may put under `shares` in the roster file.
SHARES: Final = tuple(word for word, common in SHARED_GROUND.items() if common.told_by_helper)

# What the roster knows of somebody's job. The helper says of each whether callers may be told, or whether it is used
# only for matching, or not at all; nothing said: it may be told. Never-rules use all of it, whatever was said.
ABOUT_THE_JOB: Final = tuple(word for word, common in SHARED_GROUND.items() if not common.told_by_helper)
FOR_MATCHING: Final = "matching"
NOT_AT_ALL: Final = "no"


def in_usual_order(words: Iterable[str]) -> tuple[str, ...]:
    """What is about the job comes after the rest and always in the same order: databases keep none."""
    given = list(words)
    return tuple(word for word in given if word not in ABOUT_THE_JOB) + tuple(
        word for word in ABOUT_THE_JOB if word in given
    )
