"""Incidents: who was there, who investigates, by name and by unit; typed or in a file, and gone on their day."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from stepitup.door.team.incidents.forms import IncidentForm, by_name
from stepitup.ground import clock, log_book
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.log_book import What
from stepitup.ground.models import LogBookEntry
from stepitup.roster import actions as roster
from stepitup.roster.file.more_kept import incidents_kept
from stepitup.roster.file.reader import read_roster
from stepitup.roster.file.rows import IncidentRow, PostRow
from stepitup.roster.incidents import Days, DaysOfIncidents, days_of_incidents
from stepitup.roster.incidents_kept import delete_incident, incident, keep_incident
from stepitup.roster.models import Agency, AtIncident, Helper, Incident, NeverPair, Oversight
from stepitup.roster.sign_in.facts import Role
from tests.rooms.coordinator import somebody
from tests.rooms.door_night import NIGHT
from tests.rooms.roster_builders import file_with, helper_in_file
from tests.rooms.team_door import has_account

pytestmark = pytest.mark.only_on("sqlite")
THE_DAY, ANOTHER = date(2026, 2, 1), date(2026, 2, 20)
CRASH = IncidentRow(
    "2026-014", THE_DAY, date(2027, 2, 1), ("sam",), ("ines",), (PostRow("cedar", "Engine 4"),), (PostRow("cedar"),)
)
WHO = log_book.account(7)


@pytest.fixture
def team(db: None) -> Iterator[None]:
    with clock.use(HandClock(NIGHT)):
        deed(roster.import_roster, file_with(helper_in_file("sam"), helper_in_file("ines")))
        yield


def number_of(key: str) -> int:
    return Helper.objects.get(key=key).pk


# Whose days these are: pure


@pytest.mark.parametrize(
    ("named", "unit", "counts"),
    [
        ("*", "Engine 4", True),
        ("Engine 4", "E-4", True),
        ("Engine 4", "Engine 7", False),
        ("Engine 4", "", True),  # whoever has no unit may be of that one
    ],
)
def test_a_unit_that_was_there_is_everybody_of_it_and_whoever_may_be_of_it(
    named: str, unit: str, *, counts: bool
) -> None:
    days = DaysOfIncidents({}, {3: {(named, False, THE_DAY), (named, True, ANOTHER)}})
    theirs = days.of(helper=1, agency=3, unit=unit)
    assert theirs == (Days(frozenset({THE_DAY}), frozenset({ANOTHER})) if counts else Days())
    assert days.of(helper=1, agency=4, unit=unit) == Days()
    assert days.of(helper=1, agency=None, unit=unit) == Days()


def test_whoever_is_named_was_there_and_nobody_else() -> None:
    days = DaysOfIncidents({1: {(False, THE_DAY)}, 2: {(True, THE_DAY)}}, {})
    assert days.of(helper=1, agency=None, unit="") == Days(was_at=frozenset({THE_DAY}))
    assert days.of(helper=2, agency=None, unit="") == Days(investigates=frozenset({THE_DAY}))
    assert days.of(helper=3, agency=None, unit="") == Days()


# Kept


def test_what_is_written_down_is_drawn_again_and_a_change_takes_the_place_of_what_stood(team: None) -> None:
    deed(keep_incident, CRASH, who=WHO)
    assert incidents_kept() == (CRASH,)
    assert incident("2026-014") == CRASH
    sam = days_of_incidents().of(helper=number_of("sam"), agency=None, unit="")
    assert sam == Days(was_at=frozenset({THE_DAY}))
    only_ines = IncidentRow("2026-014", THE_DAY, date(2027, 3, 1), ("ines",))
    deed(keep_incident, only_ines, who=WHO)
    assert incidents_kept() == (only_ines,), "who was there before is not there any more"
    assert days_of_incidents().of(helper=number_of("sam"), agency=None, unit="") == Days()


def test_the_log_book_says_that_an_incident_was_changed_and_never_which(team: None) -> None:
    deed(keep_incident, CRASH, who=WHO)
    deed(delete_incident, "2026-014", who=WHO)
    assert not AtIncident.objects.exists()
    lines = LogBookEntry.objects.filter(what=What.CHANGED_INCIDENT).values_list("who", "about", "how_many")
    assert list(lines) == [(WHO, "roster", None)] * 2


def test_whoever_left_is_named_no_more_and_an_incident_goes_on_its_day(team: None) -> None:
    deed(keep_incident, CRASH, who=WHO)
    Helper.objects.filter(key="sam").update(removed_at=NIGHT)
    assert incidents_kept()[0].was_there == ()
    roster.forget(NIGHT.replace(year=2027, month=1, day=31))
    assert Incident.objects.exists()
    roster.forget(NIGHT.replace(year=2027, month=2, day=1))
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    "named_by", ["nobody", "a helper", "an incident", "who supervises", "who declines", "an account"]
)
def test_an_agency_goes_with_its_only_helper_unless_somebody_else_names_it(team: None, named_by: str) -> None:
    cedar = Agency.objects.get(key="cedar")
    Helper.objects.update(removed_at=NIGHT)
    theo = Helper.objects.create(key="theo", display_name="Theo", independent=True)
    if named_by == "a helper":
        Helper.objects.create(key="gus", display_name="Gus", agency=cedar)
    elif named_by == "an incident":
        one = Incident.objects.create(key="2026-014", happened_on=THE_DAY, deleted_on=date(2027, 2, 1))
        AtIncident.objects.create(incident=one, agency=cedar, unit="*", investigates=False)
    elif named_by == "who supervises":
        Oversight.objects.create(helper=theo, agency=cedar, unit="*")
    elif named_by == "who declines":
        NeverPair.objects.create(helper=theo, agency=cedar, unit="*")
    elif named_by == "an account":
        has_account(role=Role.COORDINATOR, agency="cedar")
    roster.forget(NIGHT + timedelta(days=31))
    assert Agency.objects.exists() is (named_by != "nobody")
    assert set(Helper.objects.values_list("key", flat=True)) >= {"theo"}


# In a file


def in_file(*lines: str) -> list[str]:
    text = file_with(helper_in_file("sam")) + "\n[[incident]]\n" + "\n".join(lines) + "\n"
    return [mistake.words for mistake in read_roster(text)[1]]


KEY, DAY, GONE = 'key = "2026-014"', "happened_on = 2026-02-01", "delete_on = 2027-02-01"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((KEY, DAY, GONE, 'was_there = ["gus"]'), "“gus” is not the key of a [[helper]] in this file"),
        ((KEY, DAY, GONE, 'investigated_by = ["gus"]'), "“gus” is not the key of a [[helper]] in this file"),
        ((KEY, DAY, "delete_on = 2026-02-01"), "lies after happened_on, by at most 1098 days"),
        ((KEY, DAY, "delete_on = 2029-02-05"), "lies after happened_on, by at most 1098 days"),
        ((KEY, GONE), "is missing: a date such as 2027-05-31"),
        (('key = "Smith!"', DAY, GONE), "“Smith!”: a key is small letters, digits, - and _, and names nobody"),
        ((KEY, DAY, GONE, 'units = [{ agency = "nowhere" }]'), "“nowhere” is not the key of an [[agency]]"),
    ],
)
def test_an_incident_that_cannot_be_meant_is_a_mistake_of_the_file(lines: tuple[str, ...], words: str) -> None:
    [said] = in_file(*lines)
    assert said.startswith(words)


def test_an_incident_of_the_file_that_is_good_is_no_mistake() -> None:
    assert in_file(KEY, DAY, GONE, 'was_there = ["sam"]', 'units = [{ agency = "cedar", unit = "E4" }]') == []


# Typed

HELPERS, AGENCIES = {"sam": "Sam K.", "ines": "Ines M.", "sam-2": "Sam K."}, {"cedar": "Cedar Fire"}


def typed(**said: str) -> IncidentForm:
    usual = {"key": "2026-014", "happened_on": "2026-02-01", "delete_on": "2027-02-01", "was_there": "Ines  m."}
    return IncidentForm(usual | said, helpers=by_name(HELPERS), agencies=by_name(AGENCIES))


def test_people_and_units_are_typed_by_name_or_key_one_a_line() -> None:
    form = typed(was_there="ines m.\nsam\nCedar Fire: Engine 4\nines", investigates="cedar")
    assert form.is_valid(), form.errors
    assert form.row() == IncidentRow(
        *("2026-014", THE_DAY, date(2027, 2, 1), ("ines", "sam"), ()),
        *((PostRow("cedar", "Engine 4"),), (PostRow("cedar"),)),
    )


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"key": "Officer Smith"}, "key", "small letters, digits and dashes"),
        ({"delete_on": "2026-02-01"}, "delete_on", "a day after it happened, at most three years later"),
        ({"delete_on": "2030-02-01"}, "delete_on", "a day after it happened, at most three years later"),
        ({"happened_on": ""}, "happened_on", "write the day as"),
        ({"was_there": "Gus T."}, "was_there", "is nobody on this roster, and no agency of it"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(said: dict[str, str], field: str, words: str) -> None:
    assert words in " ".join(map(str, typed(**said).errors[field]))


def test_what_stands_there_reads_back_as_the_same_people_also_where_two_share_a_name() -> None:
    kept = IncidentRow("2026-014", THE_DAY, date(2027, 2, 1), ("sam-2", "ines"), (), (PostRow("cedar", "E4"),))
    filled = IncidentForm.filled_with(kept, helpers=HELPERS, agencies=AGENCIES)
    assert filled["was_there"] == "sam-2\nInes M.\nCedar Fire: E4"
    form = typed(**filled)
    assert form.is_valid(), form.errors
    assert form.row() == kept


def test_the_word_of_one_that_is_there_stays_and_one_that_is_not_there_is_nobody(team: None) -> None:
    deed(keep_incident, CRASH, who=WHO)
    maria = somebody()
    maria.sends("/team/incidents/2026-014", {"key": "other", "happened_on": "2026-02-02", "delete_on": "2027-02-01"})
    assert [(row.key, row.happened_on) for row in incidents_kept()] == [("2026-014", date(2026, 2, 2))]
    assert maria.sends("/team/incidents/2026-099", {}).status == 404
    assert maria.sends("/team/incidents/2026-099", {"what": "delete"}).status == 404
    maria.sends("/team/incidents/2026-014", {"what": "delete"})
    assert incidents_kept() == ()
