"""What a helper keeps in their own hands: ways, words, hours, leaving; and the letters about what ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from stepitup.ground import log_book
from stepitup.ground.log_book import account
from stepitup.roster import actions, questions
from stepitup.roster.credentials import keeping
from stepitup.roster.credentials.record import CredentialRow
from stepitup.roster.credentials.registry import Answer, read_answer
from stepitup.roster.credentials.reminders import claim_reminders, give_back, step_for
from stepitup.roster.credentials.words import how_it_stands, what_to_do
from stepitup.roster.errors import NoSuchCredential, NoSuchHelper, NoSuchWay, WayRefused
from stepitup.roster.models import Credential, Helper, Way
from stepitup.roster.own_hands import leaving, ways
from stepitup.roster.own_hands.words import change_shares, shares_of
from tests.rooms.roster_builders import NIGHT, file_with, helper_in_file

NOON = datetime(2026, 3, 4, 19, tzinfo=UTC)
TODAY = NOON.date()


def sam(*more: str, way: str = "") -> int:
    report = actions.import_roster(NIGHT, file_with(helper_in_file("sam", *more, way=way)))
    assert report.is_good, [str(mistake) for mistake in report.mistakes]
    return Helper.objects.get(key="sam").pk


# Ways ----------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_new_way_stands_at_the_end_and_does_not_count_yet() -> None:
    helper = sam()
    ways.add_way(NIGHT, helper, "text", "(303) 555-0111", employer_owned=False)
    first, new = ways.own_ways(helper)
    assert (first.confirmed_on, new.address, new.confirmed_on) == (date(2024, 1, 1), "+13035550111", None)
    assert [way.carrier for way in questions.ways_of([helper])[helper]] == ["pager"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("carrier", "address", "said"),
    [
        ("mail", "sam@cedarmesapd.example", "belongs to Cedar Mesa Police Department"),
        ("mail", "sam at home", "We cannot read this"),
        ("pager", "pager:sam-1", "on your list already"),
    ],
)
def test_a_way_that_cannot_be_taken_is_refused_in_words(carrier: str, address: str, said: str) -> None:
    helper = sam()
    with pytest.raises(WayRefused, match=said):
        ways.add_way(NIGHT, helper, carrier, address, employer_owned=False)
    assert Way.objects.count() == 1


@pytest.mark.django_db
def test_a_way_of_the_employer_is_taken_when_it_is_declared() -> None:
    helper = sam()
    ways.add_way(NIGHT, helper, "mail", "sam@cedarmesapd.example", employer_owned=True)
    assert ways.own_ways(helper)[1].employer_owned


@pytest.mark.django_db
def test_the_order_is_the_helpers_own() -> None:
    helper = sam()
    for number in ("303 555 0111", "303 555 0112"):
        ways.add_way(NIGHT, helper, "text", number, employer_owned=False)
    third = ways.own_ways(helper)[2].id
    for _ in range(3):  # the first stays the first
        ways.move_way_up(NIGHT, helper, third)
    assert [way.address for way in ways.own_ways(helper)] == ["+13035550112", "pager:sam-1", "+13035550111"]
    ways.take_off_way(NIGHT, helper, third)
    assert len(ways.own_ways(helper)) == 2
    with pytest.raises(NoSuchWay):
        ways.take_off_way(NIGHT, helper + 1, ways.own_ways(helper)[0].id)


# Words, leaving ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_shared_is_said_of_each_thing() -> None:
    helper = sam("shares.shown = ['shift']")
    change_shares(NIGHT, helper, {"drinking": "matching", "shift": "no", "years": "matching", "unit": "no"})
    said = shares_of(helper)
    assert {said[what] for what in ("drinking", "years")} == {"matching"}
    assert {said[what] for what in ("shift", "unit", "faith")} == {"no"}
    assert said["rank_band"] == "shown"
    assert 'shares.not_at_all = ["unit"]' in questions.export_roster()


@pytest.mark.django_db
def test_whoever_leaves_is_deleted_at_once_but_for_a_bare_row_and_that_on_the_day_said() -> None:
    helper = sam('full_name = "Samuel Karstadt"', "shares.shown = ['shift']", 'unit = "Patrol North"')
    gone_on = leaving.leave(NIGHT, helper)
    row = Helper.objects.get(pk=helper)
    assert (row.full_name_sealed, row.shares, row.unit, row.ways.count()) == (None, [], "", 0)
    assert not Credential.objects.exists()
    assert questions.fit_now(NIGHT) == []
    with pytest.raises(NoSuchHelper):
        leaving.leave(NIGHT, helper)
    actions.forget(datetime.combine(gone_on, NIGHT.time(), UTC))
    assert leaving.is_gone(helper)


# Credentials ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_credential_is_written_down_changed_and_withdrawn_and_counts_at_once() -> None:
    helper = sam("credential = nothing", "certified_since = nothing", "certified_until = nothing")
    row = CredentialRow("LCSW", role="peer", granted=TODAY, expires=TODAY, checked_how="seen", checked_by="Maria V.")
    number = keeping.keep_credential(NIGHT, helper, None, row, who=account(1))
    assert questions.is_anyone_fit(NIGHT)
    assert keeping.credentials_of(helper) == [(number, row)]
    keeping.withdraw_credential(NIGHT, helper, number, who=account(1))
    assert not questions.is_anyone_fit(NIGHT)
    with pytest.raises(NoSuchCredential):
        keeping.credential(helper, number)


def lines_of_the_log_book(helper: int) -> list[str]:
    [year] = log_book.books()
    return [line.what for line in log_book.entries(year) if line.about == log_book.helper(helper)]


@pytest.mark.django_db
def test_each_deed_with_a_credential_stands_in_the_log_book() -> None:
    helper, row = sam("credential = nothing", "certified_since = nothing", "certified_until = nothing"), CredentialRow
    number = keeping.keep_credential(NIGHT, helper, None, row("LCSW", checked_how="seen"), who=account(1))
    keeping.keep_credential(NIGHT, helper, number, row("LCSW"), who=account(1))
    keeping.withdraw_credential(NIGHT, helper, number, who=account(1))
    said = [log_book.What.CHECKED_CREDENTIAL, log_book.What.CHANGED_CREDENTIAL, log_book.What.WITHDREW_CREDENTIAL]
    assert lines_of_the_log_book(helper) == said


@pytest.mark.django_db
def test_of_two_credentials_the_one_that_is_meant_is_withdrawn_and_nobody_elses() -> None:
    helper = sam()
    actions.import_roster(NIGHT, file_with(helper_in_file("sam"), helper_in_file("ines")))
    ines = Helper.objects.get(key="ines").pk
    second = keeping.keep_credential(NIGHT, helper, None, CredentialRow("LCSW"), who=account(1))
    [(first, _), (_, new)] = keeping.credentials_of(helper)
    assert keeping.credential(helper, second) == new == CredentialRow("LCSW")
    with pytest.raises(NoSuchCredential):
        keeping.credential(ines, second)
    keeping.withdraw_credential(NIGHT, helper, second, who=account(1))
    assert [number for number, _row in keeping.credentials_of(helper)] == [first]


@pytest.mark.django_db
def test_whoever_left_gets_no_new_credential() -> None:
    helper = sam()
    leaving.leave(NIGHT, helper)
    with pytest.raises(NoSuchHelper):
        keeping.keep_credential(NIGHT, helper, None, CredentialRow("LCSW"), who=account(1))


@pytest.mark.django_db
def test_a_renewed_credential_is_reminded_of_anew_and_a_mended_word_is_not() -> None:
    helper = sam("certified_until = 2026-04-01", way=MAIL)
    assert len(claim_reminders(NOON)) == 1
    [(number, row)] = keeping.credentials_of(helper)
    keeping.keep_credential(NOON, helper, number, replace(row, issuer="The state"), who=account(1))
    assert claim_reminders(NOON) == []
    keeping.keep_credential(NOON, helper, number, replace(row, expires=date(2026, 4, 2)), who=account(1))
    assert len(claim_reminders(NOON)) == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (CredentialRow("x"), "Nobody has checked it yet"),
        (CredentialRow("x", role="training"), "Pages do not depend on it"),
        (CredentialRow("x", checked_how="seen"), "is missing, so no page goes"),
        (
            CredentialRow("x", checked_how="seen", granted=date(2027, 1, 1), expires=date(2028, 1, 1)),
            "from 2027-01-01 on",
        ),
        (CredentialRow("x", checked_how="seen", granted=date(2020, 1, 1), expires=date(2026, 3, 3)), "It ended after"),
        (CredentialRow("x", checked_how="seen", granted=date(2020, 1, 1), expires=date(2026, 3, 5)), "1 day more"),
    ],
)
def test_a_helper_reads_whether_a_credential_counts_and_why_not(row: CredentialRow, said: str) -> None:
    assert said in how_it_stands(row, TODAY)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (CredentialRow("x"), "Ask your coordinator."),
        (CredentialRow("x", role="training"), ""),
        (CredentialRow("x", checked_how="seen", granted=date(2020, 1, 1), expires=date(2026, 3, 3)), "Send the new"),
        (CredentialRow("x", checked_how="seen", granted=date(2020, 1, 1), expires=date(2027, 3, 5)), ""),
    ],
)
def test_a_helper_reads_what_to_do_and_a_coordinator_is_not_sent_to_their_coordinator(
    row: CredentialRow, said: str
) -> None:
    assert what_to_do(row, TODAY).startswith(said)
    assert bool(what_to_do(row, TODAY)) == bool(said)
    assert "coordinator" not in how_it_stands(row, TODAY)


def test_a_reminder_comes_90_30_and_7_days_ahead_and_when_it_has_lapsed() -> None:
    assert [step_for(left) for left in (91, 90, 31, 30, 8, 7, 0, -1)] == [None, 90, 90, 30, 30, 7, 7, 0]


MAIL = 'carrier = "mail"\naddress = "sam@example.org"'


@pytest.mark.django_db
def test_each_reminder_is_written_once_by_day_and_again_if_it_could_not_be_sent() -> None:
    sam("certified_until = 2026-04-01", way=MAIL)
    assert claim_reminders(NOON.replace(hour=4)) == []
    [one] = claim_reminders(NOON)
    assert (one.address, one.days_ahead, one.has_lapsed) == ("sam@example.org", 30, False)
    assert claim_reminders(NOON) == []
    give_back(NOON, one)
    assert len(claim_reminders(NOON)) == 1
    later = [claim_reminders(NOON + timedelta(days=days)) for days in (10, 21, 22, 29, 30)]
    assert [[one.days_ahead for one in some] for some in later] == [[], [7], [], [0], []]


@pytest.mark.django_db
@pytest.mark.parametrize("way", [MAIL + "\nemployer_owned = true", 'carrier = "text"\naddress = "303 555 0111"'])
def test_nobody_is_reminded_where_the_employer_reads_along(way: str) -> None:
    sam("certified_until = 2026-03-10", way=way)
    assert claim_reminders(NOON) == []


# The registry --------------------------------------------------------------------------------------------------------

RECORD = {
    "number": "1234567893",
    "basic": {"first_name": "Nora", "last_name": "Lund", "status": "A"},
    "taxonomies": [{"desc": "Social Worker, Clinical", "state": "CO", "license": "77"}, "?"],
}


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"results": [RECORD]}, Answer.FOUND),
        ({"results": [RECORD | {"basic": {"status": "D"}}]}, Answer.NOT_ACTIVE),
        ({"results": [RECORD | {"basic": None, "taxonomies": 5}]}, Answer.NOT_ACTIVE),
        ({"result_count": 0, "results": []}, Answer.NOT_FOUND),
        ({"results": [{"number": "9"}]}, Answer.UNREADABLE),
        ({"results": ["1234567893", RECORD]}, Answer.FOUND),
        ({"Errors": [{"description": "no"}]}, Answer.UNREADABLE),
        ([], Answer.UNREADABLE),
        (None, Answer.UNREADABLE),
    ],
)
def test_whatever_the_registry_says_is_one_of_five_answers(said: object, answer: Answer) -> None:
    assert read_answer(said, "1234567893").answer is answer


def test_what_a_clinician_wrote_of_themselves_is_told_as_that() -> None:
    found = read_answer({"results": [RECORD]}, "1234567893")
    assert found.name == "Nora Lund"
    assert [(one.work, one.state, one.licence) for one in found.reported] == [("Social Worker, Clinical", "CO", "77")]


def test_an_organisation_is_told_by_its_own_name() -> None:
    clinic = RECORD | {"basic": {"organization_name": "Harbor Counseling", "status": "A"}}
    assert read_answer({"results": [clinic]}, "1234567893").name == "Harbor Counseling"
