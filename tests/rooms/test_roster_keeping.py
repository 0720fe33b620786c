"""The coordinator's part of the roster: what is done to Sam is done to Sam, and each deed is written down."""

from datetime import date, timedelta

import pytest

from stepitup.ground import log_book
from stepitup.ground.log_book import What
from stepitup.ground.vocabulary import Kind
from stepitup.roster import actions as roster
from stepitup.roster.errors import ChangedMeanwhile, NoSuchHelper
from stepitup.roster.incidents import DaysOfIncidents
from stepitup.roster.keeping import actions, questions
from stepitup.roster.keeping.kept import Kept, Post
from stepitup.roster.keeping.lapsing import lapsing
from stepitup.roster.models import Credential, Helper, Oversight, Way
from tests.rooms.roster_builders import NIGHT, file_with, helper_in_file

pytestmark = pytest.mark.only_on("sqlite")

MARIA = log_book.account(1)


def sam_and_ines(*more: str) -> tuple[int, int]:
    report = roster.import_roster(NIGHT, file_with(helper_in_file("sam", *more), helper_in_file("ines", *more)))
    assert report.is_good, [str(mistake) for mistake in report.mistakes]
    return Helper.objects.get(key="sam").pk, Helper.objects.get(key="ines").pk


def written() -> list[tuple[str, str]]:
    return [(line.what, line.about) for line in log_book.entries(2026)][1:]


@pytest.mark.django_db
def test_a_new_duty_to_supervise_takes_the_place_of_the_old_one_and_of_nobody_elses() -> None:
    sam, ines = sam_and_ines('supervises = [{ agency = "cedar", unit = "Traffic" }]')
    before = questions.kept(sam)
    [over] = before.supervises
    north = Post(over.agency, "Patrol North")
    words = Kept(before.display_name, before.kinds, agency=before.agency, supervises=(north, north))
    assert actions.change(NIGHT, sam, words, seen=before.mark, who=MARIA)
    assert [post.unit for post in questions.kept(sam).supervises] == ["Patrol North"]
    assert [post.unit for post in questions.kept(ines).supervises] == ["Traffic"]
    assert written() == [(What.CHANGED_OVERSIGHT, log_book.helper(sam)), (What.CHANGED, log_book.helper(sam))]
    with pytest.raises(ChangedMeanwhile):
        actions.change(NIGHT, sam, before, seen=before.mark, who=MARIA)
    assert Oversight.objects.count() == 2


@pytest.mark.django_db
def test_who_is_added_without_an_agency_works_for_none_and_has_a_key_of_their_own() -> None:
    sam_and_ines()
    nora = actions.add(NIGHT, Kept("Nora", ("clinician",)), who=MARIA)
    plain, long, second = (actions.add(NIGHT, Kept(name, ("peer",)), who=MARIA) for name in ("李", "x" * 90, "Sam"))
    assert Helper.objects.get(pk=nora).independent
    assert not Helper.objects.get(key="sam").independent
    keys = dict(Helper.objects.values_list("pk", "key"))
    assert (keys[nora], keys[plain], keys[long], keys[second]) == ("nora", "helper", "x" * 50, "sam-2")
    assert (questions.kept(nora).kinds, questions.kept(plain).kinds) == ((Kind.CLINICIAN,), (Kind.PEER,))


@pytest.mark.django_db
def test_suspending_lifting_and_taking_off_are_each_of_one_helper_and_written_down_once() -> None:
    sam, ines = sam_and_ines()
    for _twice in range(2):
        actions.suspend(NIGHT, sam, who=MARIA)
    assert Helper.objects.filter(suspended_at=None).get().pk == ines
    for _twice in range(2):
        actions.lift_suspension(NIGHT, sam, who=MARIA)
    actions.take_off(NIGHT, sam, who=MARIA)
    assert Helper.objects.get(pk=ines).removed_at is None
    about = log_book.helper(sam)
    assert written() == [(What.SUSPENDED, about), (What.LIFTED_SUSPENSION, about), (What.REMOVED, about)]
    for touch in (actions.suspend, actions.lift_suspension, actions.take_off):
        with pytest.raises(NoSuchHelper):
            touch(NIGHT, sam, who=MARIA)


@pytest.mark.django_db
def test_whoever_no_carrier_of_this_house_reaches_is_named_unless_they_are_suspended() -> None:
    sam, ines = sam_and_ines()
    earl = actions.add(NIGHT, Kept("Earl", ("peer",)), who=MARIA)
    Way.objects.filter(helper=ines).update(unreachable_since=NIGHT)
    assert {number for number, _name in questions.unreachable(by=["pager"])} == {ines, earl}
    assert {number for number, _name in questions.unreachable(by=["text"])} == {sam, ines, earl}
    actions.suspend(NIGHT, ines, who=MARIA)
    assert questions.unreachable(by=["pager"]) == [(earl, "Earl")]
    shown = questions.listed(NIGHT, list(questions.people()), by=["pager"])
    assert [(one.name, one.is_reachable, one.is_suspended) for one in shown] == [
        ("Earl", False, False),
        ("Ines", False, True),
        ("Sam", True, False),
    ]
    assert [one.agency_name for one in shown] == ["", *["Cedar Mesa Police Department"] * 2]


@pytest.mark.django_db
def test_a_rest_of_hours_is_nobodys_business_and_one_of_days_is_told() -> None:
    sam, ines = sam_and_ines()
    roster.rest_until(NIGHT, sam, NIGHT + timedelta(days=3))
    roster.rest_until(NIGHT, ines, NIGHT + timedelta(days=3, minutes=1))
    shown = questions.listed(NIGHT, list(questions.people()), by=["pager"])
    assert [(one.name, one.off_until is not None) for one in shown] == [("Ines", True), ("Sam", False)]


@pytest.mark.django_db
@pytest.mark.parametrize(("word", "found"), [("sam", {"sam"}), ("cedar", {"sam", "ines"}), ("sam ines", set())])
def test_every_word_that_is_looked_for_must_be_there(word: str, found: set[str]) -> None:
    sam_and_ines()
    assert {one.key for one in questions.people(named=word)} == found
    assert questions.people(besides=questions.people().values_list("pk", flat=True)).count() == 0


def ends(key: str, on: date, **changes: object) -> None:
    Credential.objects.filter(helper__key=key).update(expires=on, **changes)


@pytest.mark.django_db
def test_what_lapses_is_told_from_thirty_days_ahead_to_thirty_days_after() -> None:
    sam_and_ines()
    today = NIGHT.date()

    def told(days: int) -> list[tuple[str, bool]]:
        ends("sam", today + timedelta(days=days))
        return [(one.name, one.is_over) for one in lapsing(NIGHT)]

    assert [told(days) for days in (30, 29, 0, -1, -29, -30)] == [
        [],
        [("Sam", False)],
        [("Sam", False)],
        [("Sam", True)],
        [("Sam", True)],
        [],
    ]


@pytest.mark.django_db
def test_what_was_never_checked_is_training_or_was_renewed_does_not_lapse() -> None:
    sam, _ines = sam_and_ines()
    soon = NIGHT.date() + timedelta(days=9)
    ends("ines", soon, checked_how="")
    ends("sam", soon)
    assert [one.name for one in lapsing(NIGHT)] == ["Sam"]
    ends("ines", soon, checked_how="seen", role="training")
    assert [one.name for one in lapsing(NIGHT)] == ["Sam"]
    longer = {"granted": NIGHT.date(), "expires": date(2030, 1, 1), "checked_how": "seen"}
    Credential.objects.create(helper_id=sam, name="The new one", **longer)
    assert lapsing(NIGHT) == []


# Who was at an incident ----------------------------------------------------------------------------------------------

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def test_by_name_by_unit_by_the_whole_agency_or_by_a_unit_that_nobody_wrote_down() -> None:
    days = DaysOfIncidents(
        {4: {(True, MONDAY)}}, {7: {("Traffic", False, MONDAY), ("*", False, TUESDAY)}, 8: {("Traffic", True, MONDAY)}}
    )
    assert days.of(helper=4, agency=None, unit="").investigates == {MONDAY}
    assert days.of(helper=4, agency=None, unit="").was_at == frozenset()
    assert days.of(helper=5, agency=7, unit="Traffic").was_at == {MONDAY, TUESDAY}
    assert days.of(helper=5, agency=7, unit="Patrol").was_at == {TUESDAY}
    assert days.of(helper=5, agency=7, unit="").was_at == {MONDAY, TUESDAY}
    assert days.of(helper=5, agency=8, unit="Traffic").investigates == {MONDAY}
    assert days.of(helper=5, agency=9, unit="Traffic").was_at == frozenset()
