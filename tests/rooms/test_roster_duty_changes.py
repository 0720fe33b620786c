"""Overrides and swaps: what the coordinator changes, what two helpers settle, and what the engine makes of it."""

from datetime import timedelta

import pytest
from django.db import transaction

from stepitup.ground.deeds import deed
from stepitup.roster import actions
from stepitup.roster.duty import overriding, swapping
from stepitup.roster.duty.questions import answered_swaps_of, changes_of, lines_of, swaps_of, who_could_take
from stepitup.roster.errors import (
    DutyChangedMeanwhile,
    DutyHoursUnclear,
    NoSuchHelper,
    SpanUnclear,
    SwapNotPossible,
    SwapOver,
)
from stepitup.roster.models import DutyLetter, DutyOverride, DutySwap, Helper
from tests.rooms.duty_house import (
    DAYS,
    NIGHTS,
    NOON,
    TOMORROW_NIGHT,
    TONIGHT,
    denver,
    fit_at,
    number_of,
    off,
    on_calendar,
    sam_and_ines,
    span,
    team_of,
)
from tests.rooms.roster_builders import helper_in_file
from tests.rooms.side_by_side import side_by_side

pytestmark = pytest.mark.django_db


def test_somebody_taken_off_for_a_night_is_not_paged_and_the_calendar_says_the_same() -> None:
    sam, _ines = sam_and_ines()
    off(sam, span("2026-11-24T20:00", "2026-11-25T02:00"))
    assert fit_at("2026-11-24T19:59") == {"sam"}
    assert fit_at("2026-11-24T20:00") == set()
    assert fit_at("2026-11-25T02:00") == {"sam"}
    assert on_calendar(sam, "2026-11-24", "2026-11-26")[1:3] == ["Tue 18:00-Tue 20:00", "Wed 02:00-Wed 06:00"]


def test_of_two_changes_that_overlap_the_later_holds_and_taken_back_the_lines_hold_again() -> None:
    sam, _ines = sam_and_ines()
    off(sam, TONIGHT)
    overriding.override(NOON, sam, span("2026-11-24T22:00", "2026-11-24T23:00"), is_on=True)
    assert (fit_at("2026-11-24T21:00"), fit_at("2026-11-24T22:00")) == (set(), {"sam"})
    for change in changes_of(NOON, sam):
        assert overriding.take_back(NOON, change.id, of=sam)
        assert not overriding.take_back(NOON, change.id, of=sam)
    assert fit_at("2026-11-24T21:00") == {"sam"}


def test_a_span_that_cannot_be_meant_is_refused_in_words() -> None:
    sam, _ines = sam_and_ines()
    for start, end, words in (
        ("2026-11-25T06:00", "2026-11-24T18:00", "ends before it begins"),
        ("2026-11-20T06:00", "2026-11-20T18:00", "over already"),
        ("2026-11-20T06:00", "2027-11-20T18:00", "three months"),
        ("2036-11-20T06:00", "2036-11-20T18:00", "three years"),
    ):
        with pytest.raises(SpanUnclear, match=words):
            off(sam, span(start, end))
    with pytest.raises(NoSuchHelper):
        off(404, TONIGHT)


def test_the_second_of_two_coordinators_is_told_and_nothing_is_overwritten() -> None:
    sam, _ines = sam_and_ines()
    both_saw = overriding.mark_of(sam)
    overriding.override(NOON, sam, TONIGHT, is_on=False, seen=both_saw)
    with pytest.raises(DutyChangedMeanwhile):
        overriding.write_lines(NOON, sam, ["daily 00:00-24:00"], seen=both_saw)
    assert lines_of(sam) == ("Mon-Fri 18:00-06:00",)
    overriding.write_lines(NOON, sam, [" daily  00:00-24:00", ""], seen=overriding.mark_of(sam))
    assert lines_of(sam) == ("daily 00:00-24:00",)
    with pytest.raises(DutyHoursUnclear):
        overriding.write_lines(NOON, sam, ["nights"])


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_save_in_the_same_instant_do_not_both_win() -> None:
    sam, _ines = sam_and_ines()
    saw = overriding.mark_of(sam)
    outcomes = side_by_side(
        *(
            lambda line=line: deed(overriding.write_lines, sam, [line], seen=saw)
            for line in ("daily 01:00-02:00", "daily 03:00-04:00")
        )
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["DutyChangedMeanwhile", "NoneType"]


def test_ines_says_yes_and_in_the_same_moment_sam_is_freed_and_she_is_bound() -> None:
    sam, ines = sam_and_ines()
    swap = swapping.ask_to_swap(NOON, asker=sam, asked=ines, duty=TONIGHT)
    assert fit_at("2026-11-24T20:00") == {"sam"}
    swapping.agree_to_swap(NOON, swap, by=ines)
    assert fit_at("2026-11-24T20:00") == {"ines"}
    assert fit_at("2026-11-25T20:00") == {"sam"}
    assert swaps_of(NOON, sam) == []


def test_a_duty_in_return_changes_hands_with_the_same_yes() -> None:
    sam, ines = sam_and_ines()
    in_return = span("2026-11-26T06:00", "2026-11-26T18:00")
    swap = swapping.ask_to_swap(NOON, asker=sam, asked=ines, duty=TONIGHT, in_return=in_return)
    swapping.agree_to_swap(NOON, swap, by=ines)
    assert (fit_at("2026-11-24T20:00"), fit_at("2026-11-26T12:00")) == ({"ines"}, {"sam"})


def test_nobody_else_can_say_yes_for_them() -> None:
    team_of(*(helper_in_file(key, NIGHTS if key == "sam" else DAYS) for key in ("sam", "ines", "theo")))
    sam, ines, theo = map(number_of, ("sam", "ines", "theo"))
    swap = swapping.ask_to_swap(NOON, asker=sam, asked=ines, duty=TONIGHT)
    for somebody_else in (sam, theo):
        with pytest.raises(SwapOver):
            swapping.agree_to_swap(NOON, swap, by=somebody_else)
        with pytest.raises(SwapOver):
            swapping.decline_swap(NOON, swap, by=somebody_else)
    with pytest.raises(SwapOver):
        swapping.take_swap_back(NOON, swap, by=ines)
    assert fit_at("2026-11-24T20:00") == {"sam"}


def test_a_no_needs_no_reason_and_a_swap_is_answered_once() -> None:
    sam, ines = sam_and_ines()
    swap = swapping.ask_to_swap(NOON, asker=sam, asked=ines, duty=TONIGHT)
    with pytest.raises(SwapNotPossible, match="asked them already"):
        swapping.ask_to_swap(NOON, asker=sam, asked=ines, duty=TONIGHT)
    swapping.decline_swap(NOON, swap, by=ines)
    with pytest.raises(SwapOver):
        swapping.agree_to_swap(NOON, swap, by=ines)
    again = swapping.ask_to_swap(NOON, asker=sam, asked=ines, duty=TONIGHT)
    swapping.take_swap_back(NOON, again, by=sam)
    with pytest.raises(SwapOver):
        swapping.agree_to_swap(NOON, again, by=ines)


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_a_never_mind_in_the_same_instant_have_one_winner() -> None:
    sam, ines = sam_and_ines()
    with transaction.atomic():
        swap = swapping.ask_to_swap(NOON, asker=sam, asked=ines, duty=TONIGHT)
    yes, never_mind = side_by_side(
        lambda: deed(_settled, swapping.agree_to_swap, swap, ines),
        lambda: deed(_settled, swapping.take_swap_back, swap, sam),
    )
    assert isinstance(yes, SwapOver) != isinstance(never_mind, SwapOver)
    assert DutyOverride.objects.count() == (0 if isinstance(yes, SwapOver) else 2)


def _settled(_now: object, verb: object, swap: int, by: int) -> None:
    """At the story's time, whatever the clock on this machine says."""
    assert callable(verb)
    verb(NOON, swap, by=by)


def test_a_swap_that_would_leave_a_role_empty_or_double_somebody_is_refused_in_words() -> None:
    team_of(
        helper_in_file("sam", NIGHTS),
        helper_in_file("daniel", DAYS, kinds='["chaplain"]'),
        helper_in_file("theo", 'duty = ["daily 20:00-23:00"]'),
    )
    sam, daniel, theo = map(number_of, ("sam", "daniel", "theo"))
    for asked, duty, words in (
        (daniel, TONIGHT, "same role"),
        (theo, TONIGHT, "on duty then already"),
        (sam, TONIGHT, "somebody else"),
        (theo, span("2026-11-25T12:00", "2026-11-25T19:00"), "not on duty in all"),
        (theo, span("2026-11-24T12:00", "2026-11-24T19:00"), "begun already"),
    ):
        with pytest.raises(SwapNotPossible, match=words):
            swapping.ask_to_swap(NOON, asker=sam, asked=asked, duty=duty)


def test_whoever_took_a_duty_may_pass_it_on_and_hours_that_changed_meanwhile_end_a_swap() -> None:
    team_of(*(helper_in_file(key, NIGHTS if key == "sam" else DAYS) for key in ("sam", "ines", "theo")))
    sam, ines, theo = map(number_of, ("sam", "ines", "theo"))
    first = swapping.ask_to_swap(NOON, asker=sam, asked=ines, duty=TONIGHT)
    second = swapping.ask_to_swap(NOON, asker=sam, asked=theo, duty=TONIGHT)
    swapping.agree_to_swap(NOON, first, by=ines)
    with pytest.raises(SwapNotPossible, match="not on duty in all of that time any more"):
        swapping.agree_to_swap(NOON, second, by=theo)
    third = swapping.ask_to_swap(NOON, asker=ines, asked=theo, duty=TONIGHT)
    swapping.agree_to_swap(NOON, third, by=theo)
    assert fit_at("2026-11-24T20:00") == {"theo"}
    assert [one.name for one in who_could_take(sam, TOMORROW_NIGHT)] == ["Ines", "Theo"]


def test_what_is_given_in_return_is_looked_at_like_the_duty_itself() -> None:
    sam, ines = sam_and_ines()
    for in_return, words in (
        (span("2026-11-26T06:00", "2026-11-26T19:00"), "not on duty in all"),
        (span("2026-11-24T06:00", "2026-11-24T18:00"), "begun already"),
    ):
        with pytest.raises(SwapNotPossible, match=words):
            swapping.ask_to_swap(NOON, asker=sam, asked=ines, duty=TONIGHT, in_return=in_return)
    assert not DutySwap.objects.exists()


def test_those_who_could_take_a_duty_help_in_the_same_role_and_are_off_then() -> None:
    team_of(
        *(helper_in_file(key, NIGHTS if key in {"sam", "theo"} else DAYS) for key in ("sam", "theo", "ines")),
        helper_in_file("daniel", DAYS, kinds='["chaplain"]'),
    )
    assert [one.name for one in who_could_take(number_of("sam"), TONIGHT)] == ["Ines"]


def test_a_question_about_a_duty_that_has_begun_or_of_somebody_who_has_left_waits_for_no_answer() -> None:
    sam, ines = sam_and_ines()
    swapping.ask_to_swap(NOON, asker=sam, asked=ines, duty=TONIGHT)
    assert len(swaps_of(NOON, ines)) == 1
    assert swaps_of(TONIGHT.start, ines) == []
    Helper.objects.filter(pk=sam).update(removed_at=NOON)
    assert swaps_of(NOON, ines) == []


def test_an_answer_is_shown_for_a_week_at_most() -> None:
    sam, ines = sam_and_ines()
    far = span("2026-12-21T18:00", "2026-12-22T06:00")
    swapping.decline_swap(NOON, swapping.ask_to_swap(NOON, asker=sam, asked=ines, duty=far), by=ines)
    assert len(answered_swaps_of(NOON + timedelta(days=6), sam)) == 1
    assert answered_swaps_of(NOON + timedelta(days=7), sam) == []


def test_that_a_question_was_taken_back_is_told_to_whoever_was_asked_and_to_nobody_else() -> None:
    sam, ines = sam_and_ines()
    swapping.take_swap_back(NOON, swapping.ask_to_swap(NOON, asker=sam, asked=ines, duty=TONIGHT), by=sam)
    assert [swap.state for swap in answered_swaps_of(NOON, ines)] == [swapping.SwapState.TAKEN_BACK]
    assert answered_swaps_of(NOON, sam) == [], "he knows"


def test_the_same_line_twice_is_kept_once_and_whoever_has_left_has_no_duty_to_change() -> None:
    sam, _ines = sam_and_ines()
    overriding.write_lines(NOON, sam, ["daily 08:00-20:00", " daily  08:00-20:00 "])
    assert lines_of(sam) == ("daily 08:00-20:00",)
    Helper.objects.filter(pk=sam).update(removed_at=NOON)
    with pytest.raises(NoSuchHelper):
        overriding.write_lines(NOON, sam, [])
    with pytest.raises(NoSuchHelper):
        overriding.take_back(NOON, 1, of=sam)
    with pytest.raises(NoSuchHelper):
        overriding.override(NOON, sam, TONIGHT, is_on=True)


def test_a_swap_is_kept_until_what_is_given_in_return_is_over_too() -> None:
    sam, ines = sam_and_ines()
    later = span("2026-12-24T06:00", "2026-12-24T18:00")
    swapping.ask_to_swap(NOON, asker=sam, asked=ines, duty=TONIGHT, in_return=later)
    DutyLetter.objects.create(helper_id=sam, day=NOON.date(), next_try_at=NOON)
    actions.forget(TONIGHT.end + timedelta(days=20))
    assert (DutySwap.objects.count(), DutyLetter.objects.count()) == (1, 0)
    actions.forget(later.end + timedelta(days=15))
    assert not DutySwap.objects.exists()


def test_fourteen_days_later_a_change_and_a_swap_are_deleted() -> None:
    sam, ines = sam_and_ines()
    swapping.agree_to_swap(NOON, swapping.ask_to_swap(NOON, asker=sam, asked=ines, duty=TONIGHT), by=ines)
    actions.forget(TONIGHT.end + timedelta(days=13))
    assert (DutyOverride.objects.count(), DutySwap.objects.count()) == (2, 1)
    actions.forget(TONIGHT.end + timedelta(days=15))
    assert (DutyOverride.objects.count(), DutySwap.objects.count()) == (0, 0)


def test_whoever_is_deleted_takes_their_changes_and_swaps_with_them() -> None:
    sam, ines = sam_and_ines()
    swapping.ask_to_swap(NOON, asker=sam, asked=ines, duty=TONIGHT)
    off(sam, TONIGHT)
    Helper.objects.filter(pk=sam).update(removed_at=NOON)
    assert swaps_of(NOON, ines) == []
    actions.forget(NOON + timedelta(days=31))
    assert (DutyOverride.objects.count(), DutySwap.objects.count()) == (0, 0)


def test_a_roster_file_that_comes_again_leaves_changes_alone() -> None:
    sam, _ines = sam_and_ines()
    off(sam, TONIGHT)
    sam_and_ines()
    assert fit_at("2026-11-24T20:00") == set()
    assert denver("2026-11-24T20:00") < TONIGHT.end


def test_a_line_of_another_version_that_nobody_can_read_stops_no_press() -> None:
    sam, _ines = sam_and_ines()
    Helper.objects.filter(pk=sam).update(duty=["every blue moon"])
    assert "sam" in fit_at("2026-11-28T12:00")
