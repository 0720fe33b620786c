"""The operator's screens: how the machine does, and what `stepitup check` says of it, asked at a press."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from stepitup.door.health import how_ready
from stepitup.door.team.screens import team_screen
from stepitup.door.team.set_up.views import open_questions
from stepitup.door.team.who import Me, Role
from stepitup.door.team.whole_team import for_the_whole_team
from stepitup.drills.facts import DrillSeen
from stepitup.drills.questions import newest_drill
from stepitup.drills.rehearsal import how_it_went
from stepitup.ground import clock
from stepitup.ground.root_key import fingerprint_of
from stepitup.ground.team import team
from stepitup.paging import carriers
from stepitup.paging import questions as paging
from stepitup.roster.devices.questions import helpers_without_device


@dataclass(frozen=True)
class Said:
    """One line of what `stepitup check` says: whether somebody would be failed tonight, what is so, what to do."""

    is_missing: bool
    what: str
    to_do: str


@dataclass(frozen=True)
class Looked:
    """Everything that the roof can tell of the machine: the lines of the check, and when a safe copy was made."""

    lines: Sequence[Said]
    safe_copy_at: datetime | None


@dataclass(frozen=True)
class Machine:
    """Everything on the operator's own screen."""

    engine: tuple[str, ...]
    carriers: tuple[str, ...]
    in_trouble: tuple[str, ...]
    rehearses: bool
    rehearsed_at: datetime | None
    root: str
    without_device: int
    drill: DrillSeen | None
    to_settle: int


def looked_at(now: datetime) -> Machine:
    """Look at the machine once."""
    ours, rehearsal = team(), how_it_went()
    return Machine(
        engine=how_ready().words,
        carriers=tuple(carriers.in_use()),
        in_trouble=tuple(paging.carriers_in_trouble(now)),
        rehearses=ours.rehearsal is not None,
        rehearsed_at=rehearsal.went_well_at if rehearsal else None,
        root=fingerprint_of(ours.root_key) if ours.root_key else "",
        without_device=len(helpers_without_device(root=ours.root_key)) if ours.root_key else 0,
        drill=newest_drill(),
        to_settle=len(open_questions()),
    )


@for_the_whole_team(Role.OPERATOR)
def machine(request: HttpRequest, me: Me) -> HttpResponse:
    """How the machine does."""
    return shown(request, me)


def shown(request: HttpRequest, me: Me) -> HttpResponse:
    """The same, where an operator arrives."""
    return team_screen(request, me, "machine/machine.html", {"machine": looked_at(clock.now())})


def checks(look: Callable[[datetime], Looked]) -> Callable[[HttpRequest], HttpResponse]:
    """What `stepitup check` says. How to ask that is handed in by the roof: this entrance does not know the other."""

    @for_the_whole_team(Role.OPERATOR)
    def checked(request: HttpRequest, me: Me) -> HttpResponse:
        found = look(clock.now())
        missing = [line for line in found.lines if line.is_missing]
        told = {
            "missing": missing,
            "think": [line for line in found.lines if not line.is_missing],
            "safe_copy_at": found.safe_copy_at,
        }
        return team_screen(request, me, "machine/checks.html", told)

    return checked
