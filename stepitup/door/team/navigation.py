"""The ways between signed-in screens: each part of the house puts its own line here when its screen is built."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stepitup.roster.sign_in.facts import Me, Role

# In the session while somebody who was invited has no way of their own to sign in yet.
SETTING_UP = "setting up"


@dataclass(frozen=True)
class Way:
    """One link of the frame. No roles: for everybody who is signed in."""

    address: str
    words: Promise
    roles: frozenset[Role] = frozenset()


_FOR_THE_WHOLE_TEAM: Final = frozenset({Role.COORDINATOR, Role.CLINICAL_LEAD, Role.OPERATOR})

WAYS: Final = (
    Way("/team/", _("Team")),
    Way("/team/care", _("Credentials and care"), frozenset({Role.CLINICAL_LEAD})),
    Way("/team/machine", _("The machine"), frozenset({Role.OPERATOR})),
    Way("/team/me", _("You"), frozenset({Role.HELPER})),
    Way("/team/people", _("People"), frozenset({Role.COORDINATOR})),
    Way("/team/duty/week", _("Your duty"), frozenset({Role.HELPER})),
    Way("/team/duty/everybody", _("Everybody’s duty"), frozenset({Role.COORDINATOR})),
    Way("/team/drills", _("Drills")),
    Way("/team/incidents", _("Incidents"), frozenset({Role.COORDINATOR})),
    Way("/team/log-book", _("Log book"), _FOR_THE_WHOLE_TEAM),
    Way("/team/set-up", _("Before the first night"), _FOR_THE_WHOLE_TEAM),
    Way("/team/me/push", _("Notices"), frozenset({Role.HELPER})),
    Way("/team/invitations", _("Invite somebody"), frozenset({Role.COORDINATOR})),
    Way("/team/accounts", _("Who may sign in"), frozenset({Role.COORDINATOR})),
    Way("/team/devices", _("Your devices"), frozenset({Role.HELPER})),
    Way("/team/devices/team", _("Helpers’ devices"), frozenset({Role.COORDINATOR})),
    Way("/team/security", _("How you sign in")),
)


@dataclass(frozen=True)
class Shown:
    """A link as it is drawn: the one we stand on says so."""

    address: str
    words: Promise
    is_here: bool


def ways_on(request: HttpRequest, me: Me | None) -> tuple[Shown, ...]:
    """The links of the frame: none for a stranger, and none while somebody chooses how they sign in."""
    if me is None or request.session.get(SETTING_UP):
        return ()
    return ways_for(me, here=request.path)


def ways_for(me: Me, *, here: str) -> tuple[Shown, ...]:
    """The links that lead this person somewhere."""
    return tuple(
        Shown(way.address, way.words, way.address == here) for way in WAYS if not way.roles or me.has(*way.roles)
    )
