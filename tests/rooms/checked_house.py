"""A team for `stepitup check` to look at, and what it says of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pytest_django import Settings

from stepitup.desk.checking.finding import Finding, Weight
from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.keys import make_site_key
from stepitup.ground.team import MailSettings, SignedAnswers, Team
from tests.rooms.roster_builders import NIGHT, helper_in_file

TODAY = NIGHT.date()
MAIL = MailSettings(host="mail.lodge12.example", sender="team@lodge12.example")
BY_MAIL = 'carrier = "mail"\naddress = "{key}@home.example"'


def helper(key: str, *more: str, kinds: str = '["peer"]') -> str:
    """A helper of the real team, reached by mail."""
    return helper_in_file(key, *more, kinds=kinds, way=BY_MAIL.format(key=key))


EVERYBODY = [
    *(helper(f"peer-{number}") for number in range(8)),
    *(helper(f"clinician-{number}", kinds='["clinician"]') for number in range(2)),
    *(helper(f"chaplain-{number}", kinds='["chaplain"]') for number in range(2)),
    *(helper(f"coordinator-{number}", kinds='["coordinator"]') for number in range(3)),
]


def thought_of_everything(settings: Settings, tmp_path: Path) -> Team:
    """A team that has thought of everything, in a data folder of its own, is the one of this house."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    settings.SITE_KEY_FILE = data / "secrets" / "site-key"
    make_site_key(settings.SITE_KEY_FILE)
    made = Team(
        name="Cedar Mesa peers",
        who_runs="Lodge 12",
        network="Lodge 12",
        time_zone="America/Denver",
        public_url="https://backup.lodge12.example",
        on_call_clinician="Dr. Okafor, +1 303 555 0199",
        complaint_to="the regional coalition, +1 303 555 0150",
        my_job=SignedAnswers("Talking to a peer is no ground for …", "A. Counsel", TODAY),
        mail=MAIL,
        data=data,
    )
    settings.TEAM = made
    return made


def said(findings: Iterator[Finding], weight: Weight | None = None) -> str:
    return "\n".join(str(one) for one in findings if weight is None or one.weight is weight)


def lacks(findings: Iterator[Finding]) -> str:
    return said(findings, Weight.MISSING)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with clock.use(HandClock(moment)):
        yield
