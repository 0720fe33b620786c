"""What the team has not answered on its set-up screens, and what it answered long ago."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.conf import settings

from stepitup.desk.checking.finding import Finding, missing, think
from stepitup.ground.set_up import IN_THE_FILE_TOO, Answer, Asked, answers
from stepitup.ground.team import Team

_WHERE: Final = "Answer it on /team/set-up."
_A_YEAR = timedelta(days=365)
# The others are of team.toml too, and are missed there.
_ONLY_ON_SCREENS: Final = {
    Asked.POLICY: "The team has no written policy that this house knows of.",
    Asked.CLINICAL_LEAD: "The team has no clinical lead that this house knows of.",
    Asked.COUNSEL: "Nobody is named whom the team asks about the law.",
    Asked.RECORDS_REQUEST: "Nobody has settled what the team answers when somebody asks for records.",
}


def about_the_set_up(today: date) -> Iterator[Finding]:
    """Each question without an answer; answers of long ago; words of the file that no screen shows any more."""
    said = {asked: one for asked, one in answers().items() if one.text}
    for asked, lacking in _ONLY_ON_SCREENS.items():
        if asked not in said:
            yield missing(lacking, _WHERE)
    old = [asked for asked, one in said.items() if _is_old(one, today) and asked is not Asked.MY_JOB]
    if old:
        yield think(f"Answered more than a year ago: {', '.join(sorted(old))}.", "Read them again on /team/set-up.")
    yield from _twice(said)


def _twice(said: dict[Asked, Answer]) -> Iterator[Finding]:
    """Two places, two truths: whoever mends the file would wonder why nothing changes."""
    file: Team = settings.TEAM
    for asked in IN_THE_FILE_TOO:
        if asked in said and getattr(file, asked.value) and asked is not Asked.RUN_BY_EMPLOYER:
            yield think(
                f"`{asked}` in team.toml is not shown: the team answered it on {said[asked].dated}.",
                "Take it out of team.toml.",
            )


def _is_old(one: Answer, today: date) -> bool:
    return today - one.dated > _A_YEAR
