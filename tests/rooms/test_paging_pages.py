"""Pages in the room alone: written, answered, forgotten. A real database, and carriers that are fakes."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from uuid import UUID

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from stepitup.ground import timers
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id, number_mark
from stepitup.ground.models import Timer
from stepitup.ground.seal import seal
from stepitup.paging import actions, carriers, questions
from stepitup.paging.carriers.pager.sender import SEAL
from stepitup.paging.facts import AttemptState, NewPage, NewTest, Outcome, PageState, Reach, Words
from stepitup.paging.links import page_key
from stepitup.paging.models import Attempt, Page, PagerMessage
from stepitup.paging.rounds import HEAD_START
from stepitup.paging.tests_of_ways import write_tests
from tests.rooms.paging_house import DANIEL, INES, KINDS, NIGHT, SAM, FakeCarrier, House, a_house, busy, reaches

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Iterator[House]:
    with a_house() as ours:
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


# Going out once more.


def due_first() -> list[tuple[int, int, object]]:
    """Helper, place and moment of what is due, as it would be claimed."""
    claimed = deed(timers.claim, kinds=KINDS, limit=9, lease=timedelta(1), holder="w")
    rows = {one.pk: one for one in Attempt.objects.select_related("page")}
    return [(rows[int(one.subject)].page.helper, rows[int(one.subject)].position, one.due_at) for one in claimed]


def test_repeats_go_in_the_order_in_which_they_are_named_and_pass_nobody_who_waits_for_a_first_page(
    house: House,
) -> None:
    pages = house.page(SAM, INES, ways=("text",))
    house.go()
    house.hands.wind(minutes=5)
    now = house.hands.now()
    deed(actions.repeat_pages, [pages[INES], pages[SAM]])
    house.page(DANIEL, ways=("text",))
    assert due_first() == [(DANIEL, 0, now - HEAD_START), (INES, 0, now), (SAM, 0, now)]


def test_a_page_that_is_somebodys_is_nobody_elses_a_second_time(house: House) -> None:
    page = house.page(SAM)[SAM]
    assert deed(actions.settle, [page], PageState.YOURS) == [SAM]
    assert deed(actions.settle, [page], PageState.YOURS) == []
    assert deed(actions.settle, [page], PageState.TAKEN) == []
    assert deed(actions.settle, [page], PageState.OVER) == [SAM]


def test_what_fails_after_the_page_is_answered_brings_no_other_way(house: House) -> None:
    page = house.page(SAM)[SAM]
    text = Attempt.objects.get(carrier="text")
    Page.objects.filter(pk=page).update(state=PageState.YOURS)
    deed(actions.record, text.pk, Outcome.next_way("busy"))
    assert Attempt.objects.get(carrier="mail").due_at is None


def test_ways_that_go_by_several_carriers_are_all_dropped(house: House) -> None:
    page = house.page(SAM)[SAM]
    deed(actions.settle, [page], PageState.TAKEN)
    assert not Timer.objects.filter(kind__in=KINDS).exists()
    assert set(Attempt.objects.values_list("state", flat=True)) == {AttemptState.DROPPED}


def test_what_is_forgotten_leaves_no_timer_and_nothing_on_a_pager(house: House) -> None:
    page = house.page(SAM)[SAM]
    PagerMessage.objects.create(page_id=page, helper=SAM, way=40, message=seal(SEAL, {}), at=NIGHT, key="k")
    deed(actions.forget, [page])
    assert not Timer.objects.filter(kind__in=KINDS).exists()
    assert not PagerMessage.objects.exists()


def test_a_page_speaks_the_language_of_its_first_way(house: House) -> None:
    new = NewPage(new_id(), SAM, Words.PAGE, (Reach(40, "text", "text-of-4", "es"),))
    deed(actions.write_pages, [new])
    assert Page.objects.get().language == "es"


def test_so_does_a_test(house: House) -> None:
    deed(write_tests, [NewTest(new_id(), INES, Reach(50, "text", "text-of-5", "es"))])
    assert Page.objects.get().language == "es"


def test_where_nobody_confirms_the_first_ways_a_firm_one_goes_with_them(house: House) -> None:
    push, app = FakeCarrier("push"), FakeCarrier("app")
    with carriers.use(push, app, house.text, house.mail):
        house.page(SAM, ways=("push", "app", "text", "mail"))
    begun = Attempt.objects.filter(state=AttemptState.WAITING).values_list("carrier", flat=True)
    assert sorted(begun) == ["app", "push", "text"]
    assert not Attempt.objects.filter(state=AttemptState.WAITING, due_at__isnull=True).exists()


# Whose number is it?


def test_a_number_is_known_however_it_is_written(house: House) -> None:
    new = NewPage(new_id(), SAM, Words.PAGE, (Reach(40, "mail", " Sam@Fire.Example"),))
    deed(actions.write_pages, [new])
    assert [page.helper for page in questions.pages_of_number("sam@fire.example ")] == [SAM]


def test_a_page_counts_as_sent_from_when_any_of_its_ways_to_that_number_went(house: House) -> None:
    """One number for texts and rings: the ring is in reserve, or was dropped, and the text has gone."""
    ways = tuple(Reach(40 + place, name, "+13035550104") for place, name in enumerate(("voice", "text", "mail")))
    deed(actions.write_pages, [NewPage(new_id(), SAM, Words.PAGE, ways)])

    def sent() -> object:
        [page] = questions.pages_of_number("+13035550104")
        return page.sent_at

    assert sent() == NIGHT, "being asked just now counts: an answer may be faster than our note"
    Attempt.objects.exclude(carrier="text").update(state=AttemptState.RESERVE)
    assert sent() == NIGHT
    Attempt.objects.update(state=AttemptState.DROPPED)
    assert sent() is None, "it was dropped before anybody was asked to take it"
    Attempt.objects.filter(carrier="text").update(tried_at=NIGHT)
    assert sent() == NIGHT, "it was tried, and dropped when the page was answered"


def test_a_modems_network_speaks_of_the_newest_text_that_the_modem_brought_there(house: House) -> None:
    for helper in (SAM, INES):
        deed(actions.write_pages, [NewPage(new_id(), helper, Words.PAGE, (Reach(helper, "text", "+13035550104"),))])
    older, newer = Attempt.objects.order_by("pk")
    for attempt in (older, newer):
        deed(actions.record, attempt.pk, Outcome.handed_over(attempt.key))
    assert questions.newest_key_to("+13035550104") == newer.key
    Attempt.objects.filter(pk=newer.pk).update(state=AttemptState.FAILED)
    assert questions.newest_key_to("+13035550104") == older.key
    Attempt.objects.update(reference="the provider's own number")
    assert questions.newest_key_to("+13035550104") is None


# What an operator sees.


def test_a_carrier_is_in_trouble_where_it_took_nothing_of_a_days_tries(house: House) -> None:
    house.text.says = busy()
    house.page(SAM, INES)
    house.go()
    assert questions.carriers_in_trouble(NIGHT) == ["text"]
    house.text.says = None
    house.page(DANIEL)
    house.go()
    assert questions.carriers_in_trouble(NIGHT) == []
    Attempt.objects.filter(carrier="text", state=AttemptState.HANDED_OVER).delete()
    assert questions.carriers_in_trouble(NIGHT + timedelta(hours=25)) == []


def test_neither_the_houses_own_page_nor_a_test_is_counted(house: House) -> None:
    house.page(SAM, ways=("text",))
    deed(write_tests, [NewTest(new_id(), INES, Reach(50, "text", "text-of-5"))])
    assert questions.how_many_pages_since(NIGHT - timedelta(hours=1)) == {SAM: 1}
    Attempt.objects.filter(page__helper=SAM).update(carrier="house")
    assert questions.how_many_attempts() == {("text", "waiting"): 1}


def test_a_coordinator_who_is_to_find_somebody_waits_behind_a_first_page(house: House) -> None:
    deed(actions.write_pages, [NewPage(new_id(), SAM, Words.COORDINATOR, reaches(SAM, "text"))])
    house.page(INES, ways=("text",))
    assert due_first() == [(INES, 0, NIGHT - HEAD_START), (SAM, 0, NIGHT)]
