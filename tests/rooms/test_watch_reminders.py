"""The letters to helpers whose credential ends: what they say, and what becomes of one that the mail would not take."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import Settings

from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.team import team
from stepitup.paging import carriers
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Letter, Outgoing, Then
from stepitup.roster.models import Credential
from stepitup.watch.reminders import write_reminders
from tests.rooms.test_roster_reminders import by_mail
from tests.rooms.watch_house import Carrier

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

NOON = datetime(2026, 3, 4, 19, tzinfo=UTC)


@dataclass
class Mail:
    """A carrier that takes letters too, or refuses those to some."""

    refuses: set[str] = field(default_factory=set)
    tried: list[Letter] = field(default_factory=list)
    took: list[Letter] = field(default_factory=list)
    name = "mail"
    at_once = 1
    time_limit = timedelta(seconds=1)
    takes_replies = False

    def send(self, page: Outgoing) -> str:
        return page.key

    def post(self, letter: Letter) -> str:
        self.tried.append(letter)
        if letter.to in self.refuses:
            raise CannotSend("code 451", Then.TRY_AGAIN)
        self.took.append(letter)
        return letter.key


@pytest.fixture
def mail() -> Iterator[Mail]:
    with carriers.use(ours := Mail()):
        yield ours


def written(at: datetime = NOON) -> None:
    with clock.use(HandClock(at)):
        write_reminders()


def test_one_that_the_mail_would_not_take_is_due_again_and_the_others_go_all_the_same(
    mail: Mail, caplog: pytest.LogCaptureFixture
) -> None:
    by_mail("sam", "ines")
    mail.refuses = {"sam@example.org"}
    written()
    assert [letter.to for letter in mail.took] == ["ines@example.org"]
    assert "code 451" in caplog.text
    assert "sam@" not in caplog.text
    mail.refuses = set()
    written()
    assert [letter.to for letter in mail.took] == ["ines@example.org", "sam@example.org"]


def test_a_house_without_mail_keeps_them_until_it_has_some(mail: Mail) -> None:
    by_mail("sam")
    with carriers.use(Carrier("text")):
        written()
    written()
    assert len(mail.took) == 1


def test_it_says_how_many_days_are_left_or_that_the_date_has_passed(mail: Mail, settings: Settings) -> None:
    settings.TEAM = replace(team(), public_url="https://help.example/")
    by_mail("sam")  # until 1 April
    for days in (0, 22, 29):
        written(NOON + timedelta(days=days))
    link = "Please look: https://help.example/team/me/credentials"
    assert [letter.text for letter in mail.took] == [
        f"A date on your list comes near: in 30 days or less. {link}",
        f"A date on your list comes near: in 7 days or less. {link}",
        f"A date on your list has passed. {link}",
    ]


def test_each_is_a_letter_of_its_own(mail: Mail) -> None:
    """By its key a mail server knows a letter that comes twice, and drops it: a second one must not look like that."""
    by_mail("sam")
    for days in (0, 22, 29):
        written(NOON + timedelta(days=days))
    assert len({letter.key for letter in mail.took}) == 3


def test_one_that_is_tried_again_is_the_same_letter(mail: Mail) -> None:
    by_mail("sam")
    mail.refuses = {"sam@example.org"}
    written()
    mail.refuses = set()
    written()
    first, again = mail.tried
    assert first.key == again.key


def test_the_first_letter_about_a_renewed_credential_is_not_that_of_the_year_before(mail: Mail) -> None:
    by_mail("sam")
    written()
    Credential.objects.update(expires=date(2027, 4, 1), reminded=None)  # as `keeping` does
    written(NOON + timedelta(days=365))
    first, second = mail.took
    assert first.text == second.text
    assert first.key != second.key
