"""Pages in the room alone: written, sent again, answered, forgotten. A real database, and carriers that are fakes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Thread
from uuid import UUID

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from stepitup.ground import clock, timers
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id, number_mark
from stepitup.ground.models import Timer
from stepitup.paging import actions, carriers, questions
from stepitup.paging.errors import AttemptForgotten, CannotSend
from stepitup.paging.facts import (
    AttemptState,
    NewPage,
    Outcome,
    Outgoing,
    PageState,
    Reach,
    StandingState,
    Then,
    Words,
)
from stepitup.paging.links import page_key
from stepitup.paging.models import Attempt, Page
from stepitup.paging.sending import hand_over

pytestmark = pytest.mark.django_db

SAM, INES, DANIEL = 4, 5, 6
NIGHT = datetime(2026, 3, 1, 3, 4, tzinfo=UTC)
KINDS = ["attempt:text", "attempt:voice", "attempt:mail"]


@dataclass
class FakeCarrier:
    """Takes what it is given, or says what it is told to say."""

    name: str
    says: CannotSend | None = None
    took: list[Outgoing] = field(default_factory=list)
    time_limit = timedelta(seconds=1)
    at_once = 4
    takes_replies = True

    def send(self, page: Outgoing) -> str:
        if self.says:
            raise self.says
        self.took.append(page)
        return f"ref-{len(self.took)}"


@dataclass
class House:
    """The room with three fake carriers and a hand-wound clock."""

    hands: HandClock
    text: FakeCarrier
    voice: FakeCarrier
    mail: FakeCarrier

    def page(self, *helpers: int, ways: tuple[str, ...] = ("text", "voice", "mail")) -> dict[int, UUID]:
        """Page these helpers by these ways and return each one's page."""
        new = [NewPage(new_id(), helper, Words.PAGE, reaches(helper, *ways)) for helper in helpers]
        paged = deed(actions.write_pages, new)
        return {page.helper: page.id for page in new if page.helper in paged}

    def go(self) -> list[StandingState]:
        """What the watch does: claim what is due, hand it over, record what came of it; until nothing is due."""
        stood = []
        while claimed := deed(timers.claim, kinds=KINDS, limit=1, lease=timedelta(seconds=20), holder="watch"):
            (timer,) = claimed
            page = questions.prepare(int(timer.subject))
            if page is not None:
                stood.append(deed(actions.record, page.attempt, hand_over(page)).state)
            timers.done(timer, holder="watch")
        return stood

    def took(self) -> dict[str, int]:
        """How many pages each carrier has taken."""
        return {carrier.name: len(carrier.took) for carrier in (self.text, self.voice, self.mail)}


def reaches(helper: int, *names: str) -> tuple[Reach, ...]:
    return tuple(Reach(helper * 10 + place, name, f"{name}-of-{helper}") for place, name in enumerate(names))


def busy() -> CannotSend:
    return CannotSend("busy", Then.NEXT_WAY)


def hiccup() -> CannotSend:
    return CannotSend("code 503", Then.TRY_AGAIN)


@pytest.fixture
def house() -> Iterator[House]:
    hands = HandClock(NIGHT)
    ours = House(hands, FakeCarrier("text"), FakeCarrier("voice"), FakeCarrier("mail"))
    with clock.use(hands), carriers.use(ours.text, ours.voice, ours.mail):
        yield ours


def state_of(page: UUID) -> PageState:
    return questions.pages([page])[page].state


# Writing pages.


def test_three_helpers_are_paged_by_two_ways_each(house: House) -> None:
    house.page(SAM, INES, DANIEL)
    house.go()
    assert house.took() == {"text": 3, "voice": 3, "mail": 0}


def test_three_pages_cost_four_statements(house: House, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    new = [NewPage(new_id(), helper, Words.PAGE, reaches(helper, "text", "mail")) for helper in (SAM, INES, DANIEL)]
    with transaction.atomic(), django_assert_num_queries(4):
        actions.write_pages(NIGHT, new)


def test_everybody_s_first_way_goes_before_anybody_s_second(house: House) -> None:
    house.page(SAM, INES)
    due = [timers.claim(NIGHT, kinds=KINDS, limit=1, lease=timedelta(1), holder="w")[0].subject for _ in range(4)]
    order = [Attempt.objects.values_list("page__helper", "position").get(pk=subject) for subject in due]
    assert order == [(SAM, 0), (INES, 0), (SAM, 1), (INES, 1)]


def test_the_first_page_of_a_call_passes_the_second_ways_of_an_earlier_one(house: House) -> None:
    house.page(SAM, INES)
    house.hands.wind(seconds=1)
    house.page(DANIEL)
    now = house.hands.now()
    due = [timers.claim(now, kinds=KINDS, limit=1, lease=timedelta(1), holder="w")[0].subject for _ in range(2)]
    assert [Attempt.objects.get(pk=subject).page.helper for subject in due] == [SAM, DANIEL]


def test_a_helper_with_an_unanswered_page_is_not_asked_again(house: House) -> None:
    first = house.page(SAM)
    second = house.page(SAM, INES)
    assert (set(first), set(second)) == ({SAM}, {INES})
    house.go()
    assert house.took()["text"] == 2
    assert questions.who_is_asked() == {SAM, INES}


def test_a_helper_who_answered_can_be_asked_again(house: House) -> None:
    first = house.page(SAM)
    deed(actions.settle, [first[SAM]], PageState.DECLINED)
    assert set(house.page(SAM)) == {SAM}


def test_a_helper_named_twice_gets_one_page(house: House) -> None:
    house.page(SAM, SAM)
    house.go()
    assert house.took()["text"] == 1


def test_a_helper_whom_no_carrier_of_this_house_reaches_is_left_out_at_once(house: House) -> None:
    assert house.page(SAM, ways=("pigeon",)) == {}
    assert house.page(INES, ways=()) == {}
    assert questions.who_is_asked() == set()


def test_a_way_without_a_carrier_is_passed_over(house: House) -> None:
    house.page(SAM, ways=("pigeon", "text", "mail"))
    house.go()
    assert house.took() == {"text": 1, "voice": 0, "mail": 1}


def test_in_a_house_without_carriers_nobody_is_paged_and_nothing_breaks(house: House) -> None:
    with carriers.use():
        assert house.page(SAM) == {}


def test_no_page_at_all_is_no_trouble(house: House) -> None:
    assert deed(actions.write_pages, []) == set()
    assert deed(actions.repeat_pages, []) == set()
    assert deed(actions.settle, [], PageState.OVER) == []
    deed(actions.forget, [])


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
    assert questions.prepare(attempt) is None


def test_a_watch_that_died_while_sending_is_followed_by_one_with_the_same_key(house: House) -> None:
    house.page(SAM, ways=("text",))
    (dead,) = deed(timers.claim, kinds=KINDS, limit=9, lease=timedelta(seconds=5), holder="dead")
    before = questions.prepare(int(dead.subject))
    house.hands.wind(seconds=5)
    house.go()
    assert before is not None
    assert [page.key for page in house.text.took] == [before.key]


def test_every_attempt_has_a_key_of_its_own(house: House) -> None:
    house.page(SAM, INES)
    house.go()
    keys = [page.key for page in (*house.text.took, *house.voice.took)]
    assert len(set(keys)) == 4


def test_an_answered_page_is_not_sent_even_if_an_attempt_was_left_waiting(house: House) -> None:
    house.page(SAM, ways=("text",))
    Page.objects.update(state=PageState.TAKEN)
    assert questions.prepare(Attempt.objects.get().pk) is None


def test_an_attempt_that_never_was_is_not_sent(house: House) -> None:
    assert questions.prepare(123456) is None


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


def test_a_minute_of_silence_brings_the_third_way(house: House) -> None:
    house.page(SAM)
    house.go()
    house.hands.wind(seconds=59)
    house.go()
    assert house.took()["mail"] == 0
    house.hands.wind(seconds=1)
    house.go()
    assert house.took() == {"text": 1, "voice": 1, "mail": 1}


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


# Settling.


def test_the_winner_s_page_is_theirs_and_the_others_are_taken(house: House) -> None:
    pages = house.page(SAM, INES, DANIEL)
    assert deed(actions.settle, [pages[SAM]], PageState.YOURS) == [SAM]
    assert sorted(deed(actions.settle, pages.values(), PageState.TAKEN)) == [INES, DANIEL]
    assert [state_of(page) for page in pages.values()] == [PageState.YOURS, PageState.TAKEN, PageState.TAKEN]


def test_a_winner_who_cannot_after_all_gives_their_page_back(house: House) -> None:
    page = house.page(SAM)[SAM]
    deed(actions.settle, [page], PageState.YOURS)
    assert deed(actions.settle, [page], PageState.DECLINED) == [SAM]
    assert state_of(page) is PageState.DECLINED


def test_a_page_is_declined_once(house: House) -> None:
    page = house.page(SAM)[SAM]
    deed(actions.settle, [page], PageState.DECLINED)
    assert deed(actions.settle, [page], PageState.OVER) == []
    assert state_of(page) is PageState.DECLINED


@pytest.mark.parametrize("state", [state for state in PageState if state is not PageState.OPEN])
def test_no_address_outlives_its_page(house: House, state: PageState) -> None:
    page = house.page(SAM)[SAM]
    house.go()
    deed(actions.settle, [page], state)
    assert not Attempt.objects.filter(address__isnull=False).exists()
    assert not Attempt.objects.filter(state__in=[AttemptState.WAITING, AttemptState.RESERVE]).exists()
    assert not Timer.objects.exists()


def test_the_database_holds_no_address_in_the_clear_and_no_key(house: House) -> None:
    page = house.page(SAM)[SAM]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM paging_attempt JOIN paging_page ON paging_page.id = paging_attempt.page_id")
        held = b" ".join(
            bytes(part) if isinstance(part, bytes | memoryview) else str(part).encode()
            for row in cursor
            for part in row
        )
    assert b"text-of-4" not in held
    assert page_key(page).encode() not in held


def test_a_reply_finds_its_page_by_a_mark_that_tells_nothing(house: House) -> None:
    house.page(SAM, ways=("text",))
    mark = Attempt.objects.get().number_mark
    assert mark == number_mark("text-of-4")
    assert "text-of-4" not in mark


# The key.


def test_the_key_leads_to_the_page_whatever_became_of_it(house: House) -> None:
    page = house.page(SAM)[SAM]
    deed(actions.settle, [page], PageState.WITHDRAWN)
    found = questions.page_by_key(page_key(page))
    assert found is not None
    assert (found.id, found.helper, found.state, found.words) == (page, SAM, PageState.WITHDRAWN, Words.PAGE)
    assert found.opened_at == NIGHT


@pytest.mark.parametrize("key", ["", "x", "A" * 22, "' OR 1=1 --", "\x00", "\ud800", "é" * 5000])
def test_a_wrong_key_leads_nowhere(house: House, key: str) -> None:
    house.page(SAM)
    assert questions.page_by_key(key) is None


# Forgetting.


def test_a_forgotten_page_leaves_no_trace(house: House) -> None:
    pages = house.page(SAM, INES)
    house.go()
    deed(actions.forget, [pages[SAM]])
    assert questions.page_by_key(page_key(pages[SAM])) is None
    assert set(Attempt.objects.values_list("page__helper", flat=True)) == {INES}
    assert Page.objects.count() == 1


def test_a_page_forgotten_before_it_was_sent_is_not_sent(house: House) -> None:
    deed(actions.forget, house.page(SAM).values())
    assert house.go() == []


# Two at once, and what each table says of itself.


@pytest.mark.django_db(transaction=True)
def test_two_calls_at_the_same_moment_page_a_helper_once(house: House) -> None:
    got: list[set[int]] = []

    def call() -> None:
        try:
            got.append(set(house.page(SAM, INES)))
        finally:
            connection.close()

    threads = [Thread(target=call) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    paged = [helper for helpers in got for helper in helpers]
    assert sorted(paged) == [SAM, INES]
    assert Page.objects.filter(state=PageState.OPEN).count() == 2


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


@pytest.mark.parametrize("table", [Page, Attempt])
def test_every_column_says_in_a_sentence_what_it_is(table: type[Page | Attempt]) -> None:
    for column in table._meta.get_fields():
        try:
            told = table._meta.get_field(column.name)
        except FieldDoesNotExist:
            continue
        if told.concrete and not told.auto_created:
            assert str(told.help_text).endswith("."), column.name
    assert "Deleted with its call" in str(table.__doc__) or "with its call" in str(table.__doc__)
