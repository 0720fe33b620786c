"""Who can sign in, and on which devices what a caller leaves may open."""

from collections.abc import Iterator

from stepitup.desk.checking.finding import Finding, think
from stepitup.desk.checking.words import some_of
from stepitup.ground.team import Team
from stepitup.roster.devices.questions import helpers_without_device
from stepitup.roster.models import Account


def about_signing_in(ours: Team) -> Iterator[Finding]:
    """A coordinator with an account; the team's root key; helpers whose own phone is not known yet."""
    if not Account.objects.filter(is_coordinator=True, is_active=True).exists():
        yield think("No coordinator can sign in.", "stepitup invite --coordinator (docs/sign-in.md)")
    if not ours.root_key:
        yield think(
            "The team has no root key, so what a caller leaves opens on any phone that took the call.",
            "On a machine of your choice, not this one: stepitup root-key make (docs/sign-in.md)",
        )
    elif lacking := helpers_without_device(root=ours.root_key):
        yield think(
            f"No enrolled device, so callers must ring them: {some_of(lacking)}.",
            "Ask them to enrol their phone, and have it signed.",
        )
