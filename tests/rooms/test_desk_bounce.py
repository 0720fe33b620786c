"""A mail that came back: the next way goes, a mailbox that is not there is marked, and its helper hears of it."""

import io
from collections.abc import Iterator

import pytest
from django.db import DatabaseError

from stepitup.calls import actions
from stepitup.calls.life import CallState
from stepitup.desk import bounce
from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.paging import actions as paging
from stepitup.paging import carriers
from stepitup.paging.carriers.mail.tests.test_bounce import report
from stepitup.paging.facts import AttemptState, NoticeWords, Outcome
from stepitup.paging.models import Attempt, Notice
from stepitup.paging.notices import prepare_notices
from stepitup.roster.models import Way
from tests.rooms.calls_house import NIGHT, hire, life_of, open_pages, press
from tests.rooms.paging_house import FakeCarrier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hand() -> Iterator[HandClock]:
    with (
        clock.use(HandClock(NIGHT)) as hands,
        carriers.use(FakeCarrier("text"), FakeCarrier("mail"), FakeCarrier("voice")),
    ):
        assert isinstance(hands, HandClock)
        yield hands


def mail_was_taken() -> Attempt:
    """Sam's page has gone out by mail, and the mail server took it."""
    mail = Attempt.objects.get(carrier="mail")
    deed(paging.record, mail.pk, Outcome.handed_over(f"<{mail.key}@help.example>"))
    return mail


def comes_back(mail: Attempt, *, action: str = "failed", status: str = "5.1.1") -> int:
    return bounce.take(io.BytesIO(report(action=action, status=status, id=f"<{mail.key}@help.example>")))


def test_a_mailbox_that_is_not_there_is_marked_and_its_helper_hears_of_it_by_text() -> None:
    sam = hire("Sam", by=("mail", "text"))
    press()
    mail = mail_was_taken()
    assert comes_back(mail) == 0
    way = Way.objects.get(helper=sam, carrier="mail")
    assert way.unreachable_since == NIGHT
    (notice,) = prepare_notices([Notice.objects.get().pk])
    assert (notice.carrier, notice.words) == ("text", NoticeWords.WAY_IS_OFF)
    assert notice.text.endswith("/team/")


def test_the_same_bounce_twice_tells_once() -> None:
    hire("Sam", by=("mail", "text"))
    press()
    mail = mail_was_taken()
    comes_back(mail)
    comes_back(mail)
    assert Notice.objects.count() == 1


def test_a_full_mailbox_lets_the_next_way_go_and_marks_nothing() -> None:
    sam = hire("Sam", by=("mail", "text", "voice"))
    press()
    comes_back(mail_was_taken(), status="5.2.2")
    assert Way.objects.get(helper=sam, carrier="mail").unreachable_since is None
    last = Attempt.objects.order_by("position").last()
    assert last is not None
    assert (last.state, last.due_at) == (AttemptState.WAITING, NIGHT)
    assert not Notice.objects.exists()


def test_whoever_had_only_mail_makes_room_for_the_next_helper() -> None:
    hire("Sam", by=("mail",))
    call = press().id
    mail = mail_was_taken()
    ines = hire("Ines", by=("text",))
    comes_back(mail)
    assert life_of(call).state is CallState.WAITING
    assert list(open_pages(call)) == [ines]


def test_a_forged_bounce_silences_nobody() -> None:
    sam = hire("Sam", by=("mail", "text"))
    press()
    mail_was_taken()
    for id in ("<0a1b2c3d4e5f60718293a4b5c6d7e8f9@help.example>", "<guess@help.example>", ""):
        assert bounce.take(io.BytesIO(report(id=id))) == 0
    assert not Way.objects.filter(helper=sam, unreachable_since__isnull=False).exists()


def test_a_bounce_of_a_call_that_is_long_over_changes_nothing(hand: HandClock) -> None:
    hire("Sam", by=("mail", "text"))
    press()
    mail = mail_was_taken()
    Attempt.objects.all().delete()
    hand.wind(hours=48)
    assert comes_back(mail) == 0


def test_while_the_database_is_away_the_mail_server_is_asked_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_words: object) -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(bounce, "deed", away)
    assert bounce.take(io.BytesIO(report())) == 75
    assert bounce.take(io.BytesIO(b"Subject: hello\r\n\r\nI am on holiday")) == 0


def test_a_browser_that_unsubscribed_is_forgotten_and_its_helper_hears_of_it() -> None:
    sam = hire("Sam", by=("push", "text"))
    way = Way.objects.get(helper=sam, carrier="push")

    deed(actions.lose_way, way.pk)
    deed(actions.lose_way, way.pk)
    assert not Way.objects.filter(pk=way.pk).exists()
    assert Notice.objects.count() == 1


def test_where_there_is_no_other_way_nobody_is_told_and_the_mark_stays() -> None:
    sam = hire("Sam", by=("mail",))
    way = Way.objects.get(helper=sam)
    deed(actions.lose_way, way.pk)
    way.refresh_from_db()
    assert way.unreachable_since == NIGHT
    assert not Notice.objects.exists()


def test_a_way_that_is_lost_a_second_time_is_out_of_order_since_the_first_and_its_helper_hears_no_more(
    hand: HandClock,
) -> None:
    sam = hire("Sam", by=("mail", "text"))
    way = Way.objects.get(helper=sam, carrier="mail")
    deed(actions.lose_way, way.pk)
    hand.wind(hours=1)
    deed(actions.lose_way, way.pk)
    way.refresh_from_db()
    assert way.unreachable_since == NIGHT
    assert Notice.objects.count() == 1
