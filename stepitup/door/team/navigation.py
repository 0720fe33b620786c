"""The ways between signed-in screens: each part of the house puts its own line here when its screen is built."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stepitup.roster.sign_in.facts import Me, Role


@dataclass(frozen=True)
class Way:
    """One link of the frame. No roles: for everybody who is signed in."""

    address: str
    words: Promise
    roles: frozenset[Role] = frozenset()


_FOR_THE_WHOLE_TEAM: Final = frozenset({Role.COORDINATOR, Role.CLINICAL_LEAD, Role.OPERATOR})

WAYS: Final = (
    Way("/team/", _("Team")),
    Way("/team/me", _("You"), frozenset({Role.HELPER})),
    Way("/team/people", _("People"), frozenset({Role.COORDINATOR})),
    Way("/team/duty/week", _("Your duty"), frozenset({Role.HELPER})),
    Way("/team/duty/everybody", _("Everybody’s duty"), frozenset({Role.COORDINATOR})),
    Way("/team/drills", _("Drills")),
    Way("/team/log-book", _("Log book"), _FOR_THE_WHOLE_TEAM),
    Way("/team/set-up", _("Before the first night"), _FOR_THE_WHOLE_TEAM),
    Way("/team/me/push", _("Notices"), frozenset({Role.HELPER})),
    Way("/team/security", _("How you sign in")),
)


@dataclass(frozen=True)
class Shown:
    """A link as it is drawn: the one we stand on says so."""

    address: str
    words: Promise
    is_here: bool


def ways_for(me: Me, *, here: str) -> tuple[Shown, ...]:
    """The links that lead this person somewhere."""
    return tuple(
        Shown(way.address, way.words, way.address == here) for way in WAYS if not way.roles or me.has(*way.roles)
    )
