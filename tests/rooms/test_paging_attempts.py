"""How a page is brought: sent, tried again, by the next way, once more. A real database, carriers that are fakes."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction

from stepitup.ground import timers
from stepitup.ground.deeds import deed
from stepitup.paging import actions, carriers, questions
from stepitup.paging.delivery import note_delivery
from stepitup.paging.errors import AttemptForgotten, CannotSend
from stepitup.paging.facts import AttemptState, Outcome, PageState, StandingState, Then
from stepitup.paging.links import page_key
from stepitup.paging.models import Attempt, Page
from tests.rooms.paging_house import INES, KINDS, NIGHT, SAM, House, a_house, busy, hiccup

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Iterator[House]:
    with a_house() as ours:
        yield ours


# Sending.


def test_the_carrier_gets_the_words_the_link_and_the_address(house: House) -> None:
    page = house.page(SAM)[SAM]
    house.go()
    (sent,) = house.text.took
    assert sent.text == f"Can you take one? Open the link, or reply 1 for yes, 2 for no. {sent.link}"
    assert sent.link.endswith(f"/p/{page_key(page)}")
    assert (sent.to, sent.way, sent.helper, sent.page) == ("text-of-4", 40, SAM, page)


def test_a_page_that_was_answered_meanwhile_is_not_sent(house: House) -> None:
    pages = house.page(SAM)
    deed(actions.settle, pages.values(), PageState.TAKEN)
    assert house.go() == []
    assert house.took() == {"text": 0, "voice": 0, "mail": 0}


def test_what_was_handed_over_is_not_handed_over_again(house: House) -> None:
    house.page(SAM, ways=("text",))
    attempt = Attempt.objects.get().pk
    house.go()
    assert questions.prepare([attempt]) == []


def test_a_watch_that_died_while_sending_is_followed_by_one_with_the_same_key(house: House) -> None:
    house.page(SAM, ways=("text",))
    (dead,) = deed(timers.claim, kinds=KINDS, limit=9, lease=timedelta(seconds=5), holder="dead")
    (before,) = questions.prepare([int(dead.subject)])
    house.hands.wind(seconds=5)
    house.go()
    assert [page.key for page in house.text.took] == [before.key]


def test_every_attempt_has_a_key_of_its_own(house: House) -> None:
    house.page(SAM, INES)
    house.go()
    keys = [page.key for page in (*house.text.took, *house.voice.took)]
    assert len(set(keys)) == 4


def test_an_answered_page_is_not_sent_even_if_an_attempt_was_left_waiting(house: House) -> None:
    house.page(SAM, ways=("text",))
    Page.objects.update(state=PageState.TAKEN)
    assert questions.prepare([Attempt.objects.get().pk]) == []


def test_an_attempt_that_never_was_is_not_sent(house: House) -> None:
    assert questions.prepare([123456]) == []


# What came of it.


def test_a_busy_line_brings_the_next_way_at_once(house: House) -> None:
    house.text.says = busy()
    house.page(SAM)
    assert house.go() == [StandingState.UNDER_WAY] * 3
    assert house.took() == {"text": 0, "voice": 1, "mail": 1}


def test_a_hiccup_is_tried_again_in_two_seconds_with_the_same_key(house: House) -> None:
    house.text.says = hiccup()
    house.page(SAM, ways=("text",))
    key = Attempt.objects.get().key
    house.go()
    house.text.says = None
    assert house.go() == [], "not before two seconds have passed"
    house.hands.wind(seconds=2)
    house.go()
    assert [page.key for page in house.text.took] == [key]


def test_a_carrier_that_asks_us_to_wait_is_not_asked_before(house: House) -> None:
    house.text.says = CannotSend("code 429", Then.TRY_AGAIN, after=timedelta(seconds=8))
    house.page(SAM, ways=("text",))
    house.go()
    house.text.says = None
    house.hands.wind(seconds=7)
    house.go()
    assert house.took()["text"] == 0
    house.hands.wind(seconds=1)
    house.go()
    assert house.took()["text"] == 1


def test_a_way_that_keeps_failing_falls_through_after_three_tries(house: House) -> None:
    house.text.says = hiccup()
    house.page(SAM, ways=("text",))
    stood = house.go()
    for seconds in (2, 5, 60):
        house.hands.wind(seconds=seconds)
        stood += house.go()
    assert stood == [StandingState.UNDER_WAY, StandingState.UNDER_WAY, StandingState.FELL_THROUGH]


def test_when_every_way_fails_the_page_falls_through_once(house: House) -> None:
    house.text.says = house.voice.says = house.mail.says = busy()
    house.page(SAM)
    assert house.go().count(StandingState.FELL_THROUGH) == 1


@pytest.mark.fault("accepted and never delivered", "webhook never")
def test_a_minute_of_silence_brings_the_third_way(house: House) -> None:
    house.page(SAM)
    house.go()
    house.hands.wind(seconds=59)
    house.go()
    assert house.took()["mail"] == 0
    house.hands.wind(seconds=1)
    house.go()
    assert house.took() == {"text": 1, "voice": 1, "mail": 1}


def test_a_note_that_it_did_not_arrive_stands_though_the_answer_to_our_own_request_comes_after_it(house: House) -> None:
    house.page(SAM)
    text = Attempt.objects.get(carrier="text")
    deed(note_delivery, text.key, Outcome.next_way("undelivered"))

    deed(actions.record, text.pk, Outcome.handed_over("their number for it"))

    text.refresh_from_db()
    assert (text.state, text.reference) == (AttemptState.FAILED, "their number for it")
    assert Attempt.objects.get(carrier="mail").state == AttemptState.WAITING, "the third way has taken its place"


def test_an_answer_within_the_minute_spares_the_third_way(house: House) -> None:
    page = house.page(SAM)[SAM]
    house.go()
    deed(actions.settle, [page], PageState.YOURS)
    house.hands.wind(minutes=10)
    house.go()
    assert house.took()["mail"] == 0


def test_a_dead_mailbox_is_told_to_whoever_keeps_the_roster(house: House) -> None:
    house.page(SAM, ways=("text", "mail"))
    attempt = Attempt.objects.get(carrier="mail")
    standing = deed(actions.record, attempt.pk, Outcome.unreachable("no such mailbox"))
    assert (standing.helper, standing.unreachable_way, standing.state) == (SAM, 41, StandingState.UNDER_WAY)


def test_a_carrier_that_was_taken_out_gives_its_place_to_the_next_way(house: House) -> None:
    house.page(SAM)
    with carriers.use(house.voice, house.mail):
        house.go()
    assert house.took() == {"text": 0, "voice": 1, "mail": 1}


def test_a_late_failure_of_a_page_that_was_answered_is_no_alarm(house: House) -> None:
    page = house.page(SAM, ways=("text",))[SAM]
    attempt = Attempt.objects.get().pk
    deed(actions.settle, [page], PageState.TAKEN)
    assert deed(actions.record, attempt, Outcome.next_way("busy")).state is StandingState.UNDER_WAY
    assert house.go() == []


def test_two_watches_that_both_sent_leave_one_hand_over(house: House) -> None:
    house.page(SAM, ways=("text", "voice", "mail"))
    attempt = Attempt.objects.get(carrier="text")
    deed(actions.record, attempt.pk, Outcome.handed_over("first"))
    deed(actions.record, attempt.pk, Outcome.try_again("out of time"))
    attempt.refresh_from_db()
    assert (attempt.state, attempt.reference) == (AttemptState.HANDED_OVER, "first")


def test_an_outcome_for_a_forgotten_page_says_so(house: House) -> None:
    with pytest.raises(AttemptForgotten):
        deed(actions.record, 123456, Outcome.handed_over())


def test_what_a_carrier_says_at_length_is_cut_to_fit(house: House) -> None:
    house.page(SAM, ways=("text",))
    attempt = Attempt.objects.get()
    deed(actions.record, attempt.pk, Outcome(then=None, why="w" * 999, reference="r" * 999))
    attempt.refresh_from_db()
    assert (len(attempt.why), len(attempt.reference)) == (40, 80)


# Once more.


def test_a_page_still_open_goes_out_again_from_the_first_way_on(house: House) -> None:
    page = house.page(SAM)[SAM]
    house.go()
    house.hands.wind(minutes=5)
    assert deed(actions.repeat_pages, [page]) == {page}
    house.go()
    assert house.took() == {"text": 2, "voice": 2, "mail": 0}
    first, second = house.text.took
    assert first.key != second.key, "a repeat is a message of its own"
    assert (first.link, first.to) == (second.link, second.to)


def test_a_page_that_was_answered_does_not_go_out_again(house: House) -> None:
    pages = house.page(SAM, INES)
    deed(actions.settle, [pages[SAM]], PageState.DECLINED)
    assert deed(actions.repeat_pages, list(pages.values())) == {pages[INES]}


def test_two_rounds_never_run_side_by_side(house: House) -> None:
    house.text.says = hiccup()
    page = house.page(SAM)[SAM]
    house.go()
    deed(actions.repeat_pages, [page])
    house.text.says = None
    house.go()
    house.hands.wind(seconds=30)
    house.go()
    assert house.took() == {"text": 1, "voice": 2, "mail": 0}, "the first round's second try was dropped"


def test_an_unreachable_way_is_left_out_of_the_next_round_and_a_busy_one_is_not(house: House) -> None:
    house.text.says, house.voice.says = CannotSend("stop", Then.UNREACHABLE), busy()
    page = house.page(SAM)[SAM]
    house.go()
    house.text.says = house.voice.says = None
    deed(actions.repeat_pages, [page])
    house.go()
    assert house.took() == {"text": 0, "voice": 1, "mail": 2}


def test_a_page_with_no_way_left_does_not_go_out_again_and_says_so(house: House) -> None:
    house.text.says = CannotSend("stop", Then.UNREACHABLE)
    page = house.page(SAM, ways=("text",))[SAM]
    house.go()
    assert deed(actions.repeat_pages, [page]) == set()


def test_a_late_failure_of_the_round_before_does_not_end_the_new_one(house: House) -> None:
    page = house.page(SAM, ways=("text",))[SAM]
    old = Attempt.objects.get().pk
    deed(actions.repeat_pages, [page])
    assert deed(actions.record, old, Outcome.next_way("out of time")).state is StandingState.UNDER_WAY
    house.go()
    assert house.took()["text"] == 1


def test_a_hundred_rounds_are_the_hundredth_the_same(house: House) -> None:
    page = house.page(SAM, ways=("text",))[SAM]
    for _ in range(100):
        house.go()
        house.hands.wind(minutes=5)
        deed(actions.repeat_pages, [page])
    assert house.took()["text"] == 100


@pytest.mark.django_db(transaction=True)
def test_two_outcomes_at_the_same_moment_bring_two_further_ways_and_not_one_twice(house: House) -> None:
    house.page(SAM, ways=("text", "voice", "mail", "mail"))
    first, second = Attempt.objects.filter(position__lt=2).values_list("pk", flat=True)

    def fail_meanwhile() -> None:
        try:
            deed(actions.record, second, Outcome.next_way("busy"))
        finally:
            connection.close()

    meanwhile = Thread(target=fail_meanwhile)
    with transaction.atomic():
        actions.record(NIGHT, first, Outcome.next_way("busy"))
        meanwhile.start()
        meanwhile.join(timeout=0.3)
        assert meanwhile.is_alive(), "the second waits until the first is written"
    meanwhile.join()
    assert Attempt.objects.filter(state=AttemptState.WAITING, position__gte=2).count() == 2


def test_an_address_whose_seal_does_not_open_takes_no_other_page_with_it(house: House) -> None:
    house.page(SAM)
    house.page(INES)
    sealed_otherwise, whole = Attempt.objects.filter(state=AttemptState.WAITING, position=0).order_by("pk")
    Attempt.objects.filter(pk=sealed_otherwise.pk).update(address=b"sealed under another key, it seems")
    ready = {page.attempt: page.to for page in questions.prepare([sealed_otherwise.pk, whole.pk])}
    assert ready[whole.pk]
    assert ready[sealed_otherwise.pk] == "", "its carrier refuses it, and the next way goes"


def test_a_late_word_on_a_round_that_is_over_does_not_end_the_page_that_has_gone_out_once_more(house: House) -> None:
    page = house.page(SAM, ways=("text",))[SAM]
    house.go()
    first = Attempt.objects.get()
    house.hands.wind(minutes=5)
    deed(actions.repeat_pages, [page])

    standing = deed(note_delivery, first.key, Outcome.next_way("too late"))

    assert standing is not None
    assert standing.state is StandingState.UNDER_WAY, "its second text is on its way"
    house.go()
    assert house.took()["text"] == 2


def test_nor_does_it_hasten_a_way_of_the_new_round(house: House) -> None:
    page = house.page(SAM)[SAM]
    house.go()
    text = Attempt.objects.get(carrier="text")
    house.hands.wind(minutes=5)
    deed(actions.repeat_pages, [page])
    house.go()

    deed(note_delivery, text.key, Outcome.next_way("too late"))

    newest = Attempt.objects.get(carrier="mail", round=2)
    assert newest.due_at != house.hands.now(), "the third way keeps its minute"


def test_a_note_on_a_page_that_is_answered_wakes_nobody_and_one_on_a_test_waits_in_the_line_of_tests(
    house: House,
) -> None:
    page = house.page(SAM)[SAM]
    house.go()
    deed(actions.settle, [page], PageState.YOURS)
    text = Attempt.objects.get(carrier="text")
    deed(note_delivery, text.key, Outcome.next_way("undelivered"))
    house.hands.wind(minutes=2)
    house.go()
    assert house.took()["mail"] == 0


@pytest.mark.parametrize("state", [AttemptState.RESERVE, AttemptState.DROPPED, AttemptState.FAILED])
def test_a_note_on_what_never_went_or_has_failed_already_changes_nothing(house: House, state: AttemptState) -> None:
    house.page(SAM)
    Attempt.objects.filter(carrier="text").update(state=state)
    assert deed(note_delivery, Attempt.objects.get(carrier="text").key, Outcome.next_way("undelivered")) is None
    assert Attempt.objects.get(carrier="mail").state == AttemptState.RESERVE


def test_a_note_that_comes_before_the_try_stops_the_try(house: House) -> None:
    house.page(SAM)
    text = Attempt.objects.get(carrier="text")
    deed(note_delivery, text.key, Outcome.next_way("undelivered"))
    assert timers.armed_for("attempt:text", text.pk) is None


def test_a_way_of_which_a_note_says_that_it_leads_nowhere_is_left_out_of_the_next_round(house: House) -> None:
    page = house.page(SAM)[SAM]
    house.go()
    deed(note_delivery, Attempt.objects.get(carrier="text").key, Outcome.unreachable("code 30005"))
    deed(actions.repeat_pages, [page])
    assert sorted(Attempt.objects.filter(round=2).values_list("carrier", flat=True)) == ["mail", "voice"]
