"""A ring: what is said to whoever picks up, what a key does, and what a machine, a busy line or nobody does."""

from collections.abc import Iterator
from xml.etree import ElementTree as Tree

import pytest

from stepitup.calls.life import CallState
from stepitup.calls.models import Call, Seat
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id
from stepitup.paging import actions as paging
from stepitup.paging.facts import NewTest, NoticeWords, Outcome, Reach
from stepitup.paging.models import Attempt, Notice
from stepitup.paging.notices import prepare_notices
from stepitup.paging.tests_of_ways import write_tests
from stepitup.roster.models import Helper, Way
from tests.rooms.calls_house import NIGHT, answer, hire, life_of, open_pages, press
from tests.rooms.provider_door import brings, provider_house

pytestmark = pytest.mark.django_db

INES = "voice:ines"


@pytest.fixture(autouse=True)
def hand() -> Iterator[HandClock]:
    with provider_house("voice", "text", "mail") as hands:
        yield hands


def rings(*, by: tuple[str, ...] = ("voice", "text", "mail")) -> Attempt:
    """Ines's phone rings for a call."""
    hire("Ines", by=by)
    press()
    attempt = Attempt.objects.get(carrier="voice")
    deed(paging.record, attempt.pk, Outcome.handed_over("CA1"))
    return attempt


def hears(attempt: Attempt, what: str = "", **sent: str) -> Tree.Element:
    response = brings(f"/replies/voice/{attempt.key}{what}", CallSid="CA1", To=INES, **sent)
    assert response.status_code == 200
    return Tree.fromstring(response.content)


def said(root: Tree.Element) -> list[str]:
    return [say.text or "" for say in root.iter("Say")]


def ends(attempt: Attempt, status: str, **sent: str) -> None:
    assert brings(f"/replies/voice/{attempt.key}/status", CallSid="CA1", CallStatus=status, **sent).status_code == 200


def mail_goes_at_once() -> bool:
    mail = Attempt.objects.get(carrier="mail")
    return (mail.state, mail.due_at) == ("waiting", NIGHT)


def test_ines_picks_up_and_is_asked_in_two_sentences_twice() -> None:
    attempt = rings()
    root = hears(attempt, AnsweredBy="human")
    assert said(root) == ["Can you take one? Press 1 for yes, 2 for no."] * 2 + ["No key was pressed. Goodbye."]
    gather = root.find("Gather")
    assert gather is not None
    assert gather.attrib == {"numDigits": "1", "timeout": "8", "action": f"/replies/voice/{attempt.key}/key"}
    assert root[-1].tag == "Hangup"


def test_one_takes_the_call_and_the_link_goes_by_text() -> None:
    attempt = rings()
    heard = said(hears(attempt, "/key", Digits="1"))
    assert heard == ["Thank you, it is yours. A link is on its way to you now. Open it to go on."]
    assert Seat.objects.count() == 1
    [notice] = prepare_notices([Notice.objects.get().pk])
    assert (notice.carrier, notice.to, notice.words) == ("text", "text:ines", NoticeWords.YOURS)
    assert "/s/" in notice.link


def test_the_same_key_brought_twice_sends_one_link() -> None:
    attempt = rings()
    assert said(hears(attempt, "/key", Digits="1")) == said(hears(attempt, "/key", Digits="1"))
    assert Notice.objects.count() == Seat.objects.count() == 1


def test_the_same_key_brought_again_after_a_yes_by_text_changes_nothing() -> None:
    attempt = rings()
    heard = said(hears(attempt, "/key", Digits="1"))
    brings("/replies/text", MessageSid="SM1", From="text:ines", Body="1")
    assert said(hears(attempt, "/key", Digits="1")) == heard
    assert Seat.objects.count() == 1


def test_two_declines() -> None:
    attempt = rings()
    assert said(hears(attempt, "/key", Digits="2")) == ["Thank you for saying so. The next one is asked."]
    assert not open_pages()


def test_another_key_is_asked_again() -> None:
    attempt = rings()
    root = hears(attempt, "/key", Digits="7")
    assert said(root) == ["We did not hear a key. Press 1 for yes, 2 for no."]
    assert root[-1].text == f"/replies/voice/{attempt.key}"


def test_whoever_can_only_be_rung_cannot_take_it_because_no_link_would_reach_them() -> None:
    attempt = rings(by=("voice",))
    hire("Daniel")
    heard = said(hears(attempt, "/key", Digits="1"))
    assert heard[0].startswith("Thank you. You cannot take this one. They left no number, and no link reaches you.")
    assert not Seat.objects.exists()
    assert len(open_pages()) == 1, "Daniel is asked at once"


def test_her_test_page_counts_also_where_she_can_only_be_rung() -> None:
    ines = hire("Ines", by=("voice",))
    way = Way.objects.get()
    deed(write_tests, [NewTest(new_id(), ines, Reach(way.pk, "voice", INES))])
    attempt = Attempt.objects.get()
    deed(paging.record, attempt.pk, Outcome.handed_over("CA1"))
    assert said(hears(attempt, "/key", Digits="1")) == ["Thank you. The test reached you."]


@pytest.mark.fault("number recycled to a stranger")
@pytest.mark.parametrize("by", ["machine_start", "machine_end_beep", "fax"])
def test_a_machine_hears_nothing_and_the_next_way_goes_at_once(by: str) -> None:
    attempt = rings()
    root = hears(attempt, AnsweredBy=by)
    assert [one.tag for one in root] == ["Hangup"]
    assert mail_goes_at_once()


@pytest.mark.fault("accepted and never delivered")
@pytest.mark.parametrize("status", ["busy", "no-answer", "failed", "canceled", "completed"])
def test_no_key_no_person_and_the_next_way_goes_at_once(status: str) -> None:
    attempt = rings()
    ends(attempt, status)
    assert mail_goes_at_once()
    assert Way.objects.filter(unreachable_since__isnull=False).count() == 0


def test_the_end_of_a_ring_that_was_answered_changes_nothing() -> None:
    attempt = rings()
    hears(attempt, "/key", Digits="1")
    ends(attempt, "completed")
    attempt.refresh_from_db()
    assert (attempt.state, attempt.note) == ("handed over", "arrived")


@pytest.mark.fault("webhook before the answer")
@pytest.mark.parametrize("status", ["queued", "initiated", "ringing", "in-progress", "answered"])
def test_a_ring_under_way_changes_nothing(status: str) -> None:
    attempt = rings()
    ends(attempt, status)
    assert not mail_goes_at_once()


def test_the_page_is_over_when_she_picks_up() -> None:
    attempt = rings()
    answer(Call.objects.get().pk)
    assert said(hears(attempt, AnsweredBy="human")) == ["This page is over, thank you."]


def test_a_helper_who_speaks_spanish_is_asked_in_spanish() -> None:
    attempt = rings()
    Helper.objects.update(languages=["es", "en"])
    root = hears(attempt, AnsweredBy="human")
    assert said(root)[0] == "¿Puede tomar uno? Oprima 1 para sí, 2 para no."
    assert next(root.iter("Say")).attrib == {"language": "es-MX"}
    assert said(hears(attempt, "/key", Digits="2")) == ["Gracias por decirlo. Le preguntamos al siguiente."]


def test_a_ring_that_nobody_knows_any_more_says_that_it_is_over() -> None:
    attempt = rings()
    Attempt.objects.all().delete()
    assert said(hears(attempt, AnsweredBy="human")) == ["This page is over, thank you."]
    ends(attempt, "completed")
    assert life_of(Call.objects.get().pk).state is CallState.WAITING


@pytest.mark.fault("clock skew in signatures")
def test_whoever_is_not_the_provider_presses_nothing() -> None:
    attempt = rings()
    response = brings(f"/replies/voice/{attempt.key}/key", token="another", CallSid="CA1", To=INES, Digits="1")
    assert response.status_code == 403
    assert not Seat.objects.exists()


def test_the_operators_phone_says_twice_how_the_house_does_and_asks_for_no_key() -> None:
    heard = Tree.fromstring(brings("/replies/voice/house/house_in_trouble", CallSid="CA1").content)
    assert [one.tag for one in heard] == ["Say", "Say", "Hangup"]
    assert heard[0].text == "This house could not rehearse a call, twice. Look at the machine now."
    assert brings("/replies/voice/house/house_in_trouble/ended", CallSid="CA1").status_code == 200
    for words in ("yours", "nonsense"):
        assert [one.tag for one in Tree.fromstring(brings(f"/replies/voice/house/{words}").content)] == ["Hangup"]
