"""Replies: yes, no and stop from a number, with everything that goes wrong on a phone at three in the morning."""

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from stepitup.calls import actions, questions
from stepitup.calls.errors import NoSuchSeat, SeatIsOver, WayInUsed
from stepitup.calls.life import CallState, SeatState
from stepitup.calls.models import Call, Seat, WayIn
from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id
from stepitup.ground.seal import seal
from stepitup.paging import actions as paging
from stepitup.paging import carriers
from stepitup.paging.facts import NewPage, NoticeWords, PageState, Reach, Reply, SaidBack, Words
from stepitup.paging.hearing import forget_heard
from stepitup.paging.models import Heard, Notice, Page
from stepitup.paging.notices import forget_notices, prepare_notices
from stepitup.roster import actions as roster
from stepitup.roster.models import Helper, Way
from stepitup.roster.reading import ADDRESS
from tests.rooms.calls_house import NIGHT, answer, hire, life_of, open_pages, press
from tests.rooms.paging_house import FakeCarrier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hand() -> Iterator[HandClock]:
    with clock.use(HandClock(NIGHT)) as hands, carriers.use(FakeCarrier("text"), FakeCarrier("mail")):
        assert isinstance(hands, HandClock)
        yield hands


def says(words: str, *, who: str = "sam", id: str = "", at: datetime | None = None) -> SaidBack:
    """Somebody replies to their text."""
    said = Reply("text", f"text:{who}", words, id or secrets.token_hex(16), at or clock.now())
    return deed(actions.reply, said)


def share_a_number(*helpers: int, number: str = "text:sam") -> None:
    Way.objects.filter(helper__in=helpers).update(address_sealed=seal(ADDRESS, number))


def key_in(back: SaidBack) -> str:
    return back.text.rpartition("/s/")[2]


def test_one_takes_the_call_and_a_link_goes_back() -> None:
    sam = hire("Sam")
    call = press().id
    back = says("1")
    assert back.words is NoticeWords.YOURS
    assert back.text.startswith("Thank you, it is yours. Open this link to go on: http")
    assert life_of(call).state is CallState.ACKNOWLEDGED
    assert Seat.objects.get().helper_id == sam
    seated = deed(actions.come_in, key_in(back), press="a thumb")
    assert questions.as_helper_sees(seated.secret).state is SeatState.ACTIVE


def test_the_link_opens_the_seat_once_and_to_the_same_press_again() -> None:
    hire("Sam")
    press()
    key = key_in(says("1"))
    first = deed(actions.come_in, key, press="a thumb")
    assert deed(actions.come_in, key, press="a thumb") == first, "an answer that was lost on the way"
    with pytest.raises(WayInUsed):
        deed(actions.come_in, key, press="another thumb")


def test_a_second_yes_brings_a_fresh_link_and_the_old_one_opens_nothing() -> None:
    hire("Sam")
    press()
    old, new = key_in(says("1")), key_in(says("yes"))
    assert old != new
    with pytest.raises(NoSuchSeat):
        deed(actions.come_in, old, press="a thumb")
    deed(actions.come_in, new, press="a thumb")
    assert Seat.objects.count() == 1


def test_the_link_to_a_seat_that_was_left_opens_nothing() -> None:
    hire("Sam")
    press()
    key = key_in(says("1"))
    assert says("2").words is NoticeWords.HANDED_BACK
    with pytest.raises(SeatIsOver):
        deed(actions.come_in, key, press="a thumb")


def test_two_declines_and_the_next_is_asked_at_once() -> None:
    hire("Sam")
    call = press().id
    late = hire("Daniel")
    assert says("2").words is NoticeWords.DECLINED
    assert late in open_pages(call)


def test_the_same_reply_twice_is_one_and_gets_the_same_answer() -> None:
    hire("Sam")
    press()
    first = says("1", id="SM1")
    assert says("1", id="SM1") == first
    assert (WayIn.objects.count(), Heard.objects.count()) == (1, 1)
    assert says("2", id="SM1") == first, "an id that comes with other words is still the one that was heard"


def test_sam_says_yes_after_ines() -> None:
    sam, ines = hire("Sam"), hire("Ines")
    call = press().id
    answer(call, ines)
    assert says("1").text == "Someone has it, thank you."
    assert not Seat.objects.filter(helper=sam).exists()


def test_a_reply_to_an_old_page_is_over_and_thanked() -> None:
    hire("Sam")
    deed(actions.stand_down, press().id)
    assert says("1").text == "This page is over, thank you."
    assert says("2").text == "This page is over, thank you."
    assert says("what was that?").text == ""


def test_a_reply_to_the_old_page_does_not_take_the_new_one_that_came_after_it(hand: HandClock) -> None:
    hire("Sam")
    deed(actions.stand_down, press().id)
    typed = hand.now()
    hand.wind(seconds=30)
    call = press().id
    assert says("1", at=typed).words is NoticeWords.OVER
    assert says("2", at=typed).words is NoticeWords.OVER
    assert life_of(call).state is CallState.WAITING


def test_two_live_pages_at_one_number_and_the_longest_waiting_is_taken_the_other_goes_to_somebody_else(
    hand: HandClock,
) -> None:
    sam, ines = hire("Sam"), hire("Ines")
    share_a_number(sam, ines)
    first, second = two_calls_with_a_page_each(hand)
    third = hire("Theo")
    assert says("1").words is NoticeWords.YOURS
    assert life_of(first).state is CallState.ACKNOWLEDGED
    assert life_of(second).state is CallState.WAITING
    assert set(open_pages(second)) == {third}, "not this number again, at once"
    assert says("1").words is NoticeWords.YOURS, "the link once more"
    assert life_of(second).state is CallState.WAITING


def test_no_at_a_shared_number_declines_for_both(hand: HandClock) -> None:
    share_a_number(hire("Sam"), hire("Ines"))
    two_calls_with_a_page_each(hand)
    asked = set(open_pages().values())
    assert says("2").words is NoticeWords.DECLINED
    assert not asked & set(open_pages().values())


def two_calls_with_a_page_each(hand: HandClock) -> tuple[UUID, UUID]:
    """Sam is asked by the one, Ines by the other."""
    first = press().id
    ines = max(open_pages(first))
    deed(actions.decline, open_pages(first)[ines])
    hand.wind(seconds=10)
    second = press().id
    assert len(open_pages(first)) == len(open_pages(second)) == 1
    return first, second


def test_a_number_that_nobody_knows_learns_nothing() -> None:
    hire("Sam")
    press()
    for words in ("who is this?", "1", "2", "yes", "hello"):
        assert says(words, who="stranger") == SaidBack(NoticeWords.NOTHING, "")


@pytest.mark.fault("number recycled to a stranger")
def test_a_stranger_with_sams_old_number_learns_how_to_stop_and_no_more() -> None:
    hire("Sam")
    press()
    assert says("who is this?").text == "We read only 1 for yes and 2 for no. Not meant for you? Reply STOP."
    assert says("wrong number").text == ""
    assert Way.objects.get().unreachable_since == NIGHT


def test_a_phone_that_answers_by_itself_is_answered_twice_and_then_left_alone(hand: HandClock) -> None:
    hire("Sam")
    press()
    backs = [says("I'm driving. I'll see your text later.").words for _ in range(5)]
    assert backs == [NoticeWords.UNCLEAR] * 2 + [NoticeWords.NOTHING] * 3
    assert says("1").words is NoticeWords.YOURS, "and is still heard when its owner answers"


def test_stop_marks_the_number_tells_the_helper_by_mail_and_writes_nothing_back() -> None:
    sam = hire("Sam", by=("text", "mail"))
    press()
    assert says("STOP") == SaidBack(NoticeWords.NOTHING, "")
    text, mail = Way.objects.order_by("position")
    assert (text.unreachable_since, mail.unreachable_since) == (NIGHT, None)
    [notice] = prepare_notices([Notice.objects.get().pk])
    assert (notice.carrier, notice.to) == ("mail", "mail:sam")
    assert notice.text.startswith("Texts to your number are off")
    assert sam in open_pages(), "the page itself is still out, by mail"


def test_they_hear_of_it_in_their_language() -> None:
    sam = hire("Sam", by=("text", "mail"))
    Helper.objects.filter(pk=sam).update(languages=["es", "en"])
    says("ALTO")
    [notice] = prepare_notices([Notice.objects.get().pk])
    assert notice.text.startswith("Ya no van mensajes de texto a su tel.")


def test_stop_from_a_number_without_a_page_counts_too() -> None:
    hire("Sam")
    says("stop")
    assert Way.objects.get().unreachable_since == NIGHT


def test_stop_at_a_shared_number_is_stop_for_both() -> None:
    share_a_number(hire("Sam"), hire("Ines"))
    says("unsubscribe")
    assert Way.objects.filter(unreachable_since=NIGHT).count() == 2


def test_whoever_is_suspended_meanwhile_cannot_take_it_by_text() -> None:
    sam = hire("Sam")
    call = press().id
    deed(roster.suspend, sam)
    assert says("1").words is NoticeWords.CANNOT
    assert life_of(call).state is CallState.WAITING


def test_an_answer_to_a_test_page_says_that_the_way_works() -> None:
    sam = hire("Sam")
    way = Way.objects.get()
    page = new_id()
    deed(paging.write_pages, [NewPage(page, sam, Words.TEST, (Reach(way.pk, "text", "text:sam"),))])
    assert says("1").text == "Thank you. The test reached you."
    way.refresh_from_db()
    assert way.confirmed_on == NIGHT.date()
    assert Page.objects.get().state == PageState.REACHED


def test_what_was_heard_is_forgotten_after_a_day(hand: HandClock) -> None:
    hire("Sam", by=("text", "mail"))
    says("stop")
    hand.wind(hours=24, seconds=1)
    assert (deed(forget_heard), deed(forget_notices)) == (1, 1)
    assert not Heard.objects.exists()
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_fifty_replies_at_once_and_exactly_one_has_it() -> None:
    names = [f"peer {number}" for number in range(3)]
    for name in names:
        hire(name)
    call = press().id

    def reply(number: int) -> NoticeWords:
        try:
            return says("1", who=names[number % 3], id=f"SM{number % 25}").words
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as thumbs:
        backs = list(thumbs.map(reply, range(50)))
    assert Seat.objects.count() == 1
    assert life_of(call).state is CallState.ACKNOWLEDGED
    assert NoticeWords.YOURS in backs
    assert set(backs) <= {NoticeWords.YOURS, NoticeWords.SOMEONE_HAS_IT, NoticeWords.NOTHING}
    assert Heard.objects.count() == 25
    assert Call.objects.count() == 1


def test_times_are_the_replys_own(hand: HandClock) -> None:
    hire("Sam")
    press()
    assert says("1", at=NIGHT - timedelta(seconds=1)).words is NoticeWords.OVER
    assert says("1", at=NIGHT).words is NoticeWords.YOURS


def a_test_goes_too(helper: int) -> None:
    """A test page to the same number, beside whatever else went there."""
    reach = Reach(Way.objects.get(helper=helper).pk, "text", "text:sam")
    deed(paging.write_pages, [NewPage(new_id(), helper, Words.TEST, (reach,))])


def test_whoever_pressed_first_is_taken_also_where_their_page_is_the_younger(hand: HandClock) -> None:
    share_a_number(hire("Sam"), hire("Ines"))
    first, second = two_calls_with_a_page_each(hand)
    Page.objects.filter(asked__turn__call=first).update(opened_at=NIGHT + timedelta(minutes=1, seconds=1))
    hand.wind(minutes=2)
    assert says("1").words is NoticeWords.YOURS
    assert life_of(first).state is CallState.ACKNOWLEDGED
    assert life_of(second).state is CallState.WAITING


def test_of_a_page_and_a_test_it_is_the_page_that_is_answered_and_the_test_has_arrived() -> None:
    sam, theo = hire("Sam"), hire("Theo")
    press()
    share_a_number(sam, theo)
    Page.objects.exclude(helper=sam).delete()
    a_test_goes_too(theo)
    deed(roster.suspend, sam)
    assert says("1").words is NoticeWords.CANNOT
    assert Page.objects.get(words=Words.TEST).state == PageState.REACHED


def test_a_no_to_both_is_a_no_to_the_page() -> None:
    sam, theo = hire("Sam"), hire("Theo")
    press()
    share_a_number(sam, theo)
    Page.objects.exclude(helper=sam).delete()
    a_test_goes_too(theo)
    assert says("2").words is NoticeWords.DECLINED
    assert Page.objects.get(words=Words.TEST).state == PageState.REACHED


def test_a_yes_to_a_page_says_of_the_test_beside_it_that_it_arrived() -> None:
    sam, theo = hire("Sam"), hire("Theo")
    press()
    share_a_number(sam, theo)
    Page.objects.exclude(helper=sam).delete()
    a_test_goes_too(theo)
    assert says("1").words is NoticeWords.YOURS
    assert Page.objects.get(words=Words.TEST).state == PageState.REACHED


def test_whoever_shares_the_number_of_somebody_who_said_yes_is_not_asked_again_at_once(hand: HandClock) -> None:
    share_a_number(hire("Sam"), hire("Ines"))
    _first, second = two_calls_with_a_page_each(hand)
    says("1")
    assert not open_pages(second)


def test_that_texts_are_off_is_said_by_a_way_that_does_not_lead_to_the_same_phone() -> None:
    sam = hire("Sam", by=("text", "voice", "mail"))
    ring = Way.objects.get(helper=sam, carrier="voice")
    Way.objects.filter(pk=ring.pk).update(address_sealed=seal(ADDRESS, "text:sam"))
    with carriers.use(FakeCarrier("text"), FakeCarrier("voice"), FakeCarrier("mail")):
        says("stop")
        [told] = prepare_notices(list(Notice.objects.values_list("pk", flat=True)))
    assert told.carrier == "mail"
