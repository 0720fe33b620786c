"""Only the fit are paged (promise P8), asked of the real roster on the real database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stepitup.ground.deeds import deed
from stepitup.ground.vocabulary import Kind
from stepitup.roster import actions, questions
from stepitup.roster.errors import NoSuchHelper, NoSuchWay
from stepitup.roster.models import Agency, Helper, Way
from stepitup.roster.stops import Stop, Stopped
from tests.rooms.roster_builders import NIGHT, file_with, helper_in_file

pytestmark = pytest.mark.django_db


def team_of(*helpers: str) -> None:
    report = actions.import_roster(NIGHT, file_with(*helpers))
    assert report.is_good, [str(mistake) for mistake in report.mistakes]


def number_of(key: str) -> int:
    return Helper.objects.get(key=key).pk


def fit(now: datetime = NIGHT) -> set[str]:
    keys = dict(Helper.objects.values_list("pk", "key"))
    return {keys[one.id] for one in questions.fit_now(now)}


def why(key: str, now: datetime = NIGHT) -> str | None:
    """Why not; and never another answer than that of the engine."""
    reason = questions.why_not_fit(now, number_of(key))
    assert (reason is None) == (key in fit(now))
    return reason.in_words() if reason else None


def test_somebody_certified_reachable_and_on_duty_may_be_paged() -> None:
    team_of(helper_in_file("sam"), helper_in_file("maria", kinds='["peer", "coordinator"]'))
    assert fit() == {"sam", "maria"}
    assert why("sam") is None
    assert {one.kinds for one in questions.fit_now(NIGHT, [number_of("maria")])} == {
        frozenset({Kind.PEER, Kind.COORDINATOR})
    }
    assert questions.is_anyone_fit(NIGHT)


def test_an_empty_roster_has_nobody_fit() -> None:
    assert questions.fit_now(NIGHT) == []
    assert not questions.is_anyone_fit(NIGHT)


def test_a_certificate_ends_with_the_day_where_the_helper_works_not_in_greenwich() -> None:
    team_of(helper_in_file("sam", "certified_until = 2026-03-04"))
    late_in_denver = datetime(2026, 3, 5, 6, 59, tzinfo=UTC)
    assert why("sam", late_in_denver) is None
    assert why("sam", late_in_denver + timedelta(minutes=1)) == "Has a credential that lapsed after 2026-03-04."


def test_a_certificate_from_tomorrow_does_not_count_tonight() -> None:
    team_of(helper_in_file("sam", "certified_since = 2026-03-05"))
    assert why("sam") == "Has a credential that holds only from 2026-03-05."


def test_a_helper_without_a_dated_certificate_is_not_paged() -> None:
    team_of(helper_in_file("sam", "certified_until = nothing"))
    assert why("sam") == "Has no credential that was checked, with the days from and until which it holds."


def test_a_suspension_acts_at_once_and_can_be_lifted() -> None:
    team_of(helper_in_file("sam"))
    deed(actions.suspend, number_of("sam"))
    assert why("sam") == "Is suspended."
    deed(actions.suspend, number_of("sam"))
    deed(actions.lift_suspension, number_of("sam"))
    assert why("sam") is None


def test_a_helper_who_rests_is_not_paged_until_then() -> None:
    team_of(helper_in_file("sam"))
    actions.rest_until(NIGHT, number_of("sam"), NIGHT + timedelta(hours=8))
    assert why("sam") == "Is off until 2026-03-04, 11:04."
    assert why("sam", NIGHT + timedelta(hours=8)) is None
    actions.rest_until(NIGHT, number_of("sam"), None)
    assert why("sam") is None


def test_off_duty_by_the_clock_of_the_agency() -> None:
    team_of(
        helper_in_file("sam", 'duty = ["Mon-Fri 08:00-16:00"]'), helper_in_file("ines", 'duty = ["Tue 22:00-06:00"]')
    )
    assert why("sam") == "Is not on duty at this hour."
    assert why("ines") is None
    assert fit(NIGHT + timedelta(hours=6)) == {"sam"}


def test_an_independent_helper_keeps_the_hours_of_their_own_zone() -> None:
    team_of(
        helper_in_file(
            "nora",
            "agency = nothing",
            "independent = true",
            'time_zone = "America/New_York"',
            'duty = ["Wed 05:00-05:30"]',
        )
    )
    assert why("nora") is None  # 03:04 in Denver is 05:04 in New York


def test_somebody_whose_every_way_is_out_of_order_cannot_be_paged() -> None:
    team_of(helper_in_file("sam"))
    way = Way.objects.get()
    deed(actions.mark_unreachable, way.pk)
    assert why("sam") == "Cannot be reached: no way of reaching them has been tried and works."
    assert questions.ways_of([way.helper_id]) == {way.helper_id: ()}
    deed(actions.mark_reachable, way.pk)
    assert why("sam") is None
    assert Way.objects.get().confirmed_on is not None


def test_somebody_taken_off_the_roster_is_not_paged() -> None:
    team_of(helper_in_file("sam"), helper_in_file("ines"))
    actions.import_roster(NIGHT, file_with(helper_in_file("ines")), remove_missing=True)
    assert fit() == {"ines"}
    assert why("sam") == "Is no longer on the roster."


def test_the_check_names_everybody_who_cannot_be_paged() -> None:
    team_of(helper_in_file("sam"), helper_in_file("earl", "certified_until = 2025-01-01"))
    assert questions.who_is_not_fit(NIGHT) == {"earl": "Has a credential that lapsed after 2025-01-01."}


def test_ways_come_in_the_helpers_own_order_with_their_address_opened() -> None:
    mail_first = (
        'carrier = "mail"\naddress = "Sam@Example.ORG"\n[[helper.way]]\ncarrier = "pager"\naddress = "pager:sam"'
    )
    team_of(helper_in_file("sam", way=mail_first))
    first, second = questions.ways_of([number_of("sam")])[number_of("sam")]
    assert (first.carrier, first.address, second.carrier) == ("mail", "Sam@example.org", "pager")


def test_addresses_and_full_names_lie_sealed_in_the_database() -> None:
    team_of(
        helper_in_file(
            "sam", 'full_name = "Samuel Karstadt"', 'team_number = "303 555 0101"', 'related_to = ["Eva Karstadt"]'
        )
    )
    kept = ""
    for table in ("roster_helper", "roster_way", "roster_related"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            kept += repr(
                [bytes(one) if isinstance(one, memoryview) else one for row in cursor.fetchall() for one in row]
            )
    assert "Karstadt" not in kept
    assert "555" not in kept
    assert "pager:sam-1" not in kept
    assert "Sam" in kept


def test_a_caller_sees_what_the_helper_lets_them_see() -> None:
    shares = 'shares = { shown = ["lost_a_partner"], for_matching = ["drinking"] }'
    team_of(
        helper_in_file("sam", shares, "sworn = true", 'team_number = "(303) 555-0101"', kinds='["peer", "coordinator"]')
    )
    shown = questions.shown_to_caller(number_of("sam"), agency="cedar mesa pd")
    assert (shown.role, shown.display_name, shown.same_agency, shown.sworn) == (Kind.PEER, "Sam", True, True)
    assert shown.shares == ("Losing a partner or a crew member",)
    assert shown.team_number == "+13035550101"
    assert shown.certified_since is not None
    assert questions.shown_to_caller(number_of("sam"), agency=None, role=Kind.COORDINATOR).role is Kind.COORDINATOR


@pytest.mark.parametrize(
    ("typed", "same"), [("CMPD", True), ("Larkspur Fire", False), ("Cedar", None), ("my agency", None), (None, None)]
)
def test_same_agency_is_claimed_only_when_it_is_sure(typed: str | None, same: bool | None) -> None:
    team_of(helper_in_file("sam"))
    assert questions.shown_to_caller(number_of("sam"), agency=typed).same_agency is same


def test_matching_gets_every_name_of_an_agency_and_the_words_of_every_name() -> None:
    team_of(
        helper_in_file(
            "sam",
            'full_name = "Samuel Karstadt"',
            'related_to = ["Eva Ruiz"]',
            'supervises = [{ agency = "cedar", unit = "Traffic" }]',
            'never_for = [{ agency = "cedar" }]',
        )
    )
    (sam,) = questions.all_helpers()
    assert {"sam", "samuel", "karstadt"} <= sam.name_tokens
    assert "ruiz" in sam.related_tokens
    assert ("CMPD", "Traffic") in sam.supervises
    assert ("Cedar Mesa PD", "*") in sam.never_for
    assert sam == questions.helper(sam.id) == questions.all_helpers([sam.id])[0]
    assert questions.kinds_of(sam.id) == {Kind.PEER}


def test_the_day_of_a_talk_is_kept_two_weeks_and_never_the_hour() -> None:
    team_of(helper_in_file("sam"))
    actions.note_talk(NIGHT, number_of("sam"))
    assert questions.fit_now(NIGHT)[0].rested_since == datetime(2026, 3, 4, tzinfo=UTC)
    actions.forget(NIGHT + timedelta(days=14))
    assert questions.fit_now(NIGHT)[0].rested_since is not None
    actions.forget(NIGHT + timedelta(days=15))
    assert questions.fit_now(NIGHT)[0].rested_since is None


def test_somebody_taken_off_is_deleted_with_all_that_is_known_of_them_after_30_days() -> None:
    team_of(
        helper_in_file("sam", 'related_to = ["Eva"]', 'supervises = [{ agency = "cedar" }]'), helper_in_file("ines")
    )
    actions.import_roster(NIGHT, file_with(helper_in_file("ines")), remove_missing=True)
    actions.forget(NIGHT + timedelta(days=30))
    assert Helper.objects.count() == 2
    actions.forget(NIGHT + timedelta(days=30, seconds=1))
    assert [row.key for row in Helper.objects.all()] == ["ines"]
    assert Way.objects.count() == 1
    assert Agency.objects.filter(key="cedar").exists(), "Ines belongs to it"


def test_an_agency_goes_with_the_only_helper_it_had() -> None:
    team_of(helper_in_file("sam"))
    Helper.objects.update(removed_at=NIGHT)
    actions.forget(NIGHT + timedelta(days=30, seconds=1))
    assert not Agency.objects.filter(key="cedar").exists()


def test_what_is_asked_of_somebody_who_is_not_there_is_said_plainly() -> None:
    for ask in (questions.helper, questions.kinds_of, lambda one: questions.why_not_fit(NIGHT, one)):
        with pytest.raises(NoSuchHelper):
            ask(404)
    with pytest.raises(NoSuchHelper):
        questions.shown_to_caller(404, agency=None)
    for do in (actions.suspend, actions.lift_suspension, actions.note_talk):
        with pytest.raises(NoSuchHelper):
            do(NIGHT, 404)
    with pytest.raises(NoSuchWay):
        actions.mark_reachable(NIGHT, 404)


def test_a_way_that_was_taken_off_meanwhile_stops_nobody_from_recording_what_became_of_a_page() -> None:
    actions.mark_unreachable(NIGHT, 404)


def test_a_large_team_costs_no_more_queries_than_a_small_one() -> None:
    team_of(*(helper_in_file(f"h{number}") for number in range(40)))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        questions.fit_now(NIGHT)
        questions.all_helpers()
        questions.ways_of([one.id for one in questions.fit_now(NIGHT)])
    assert len(asked) <= 11


@pytest.mark.parametrize("stop", Stop)
def test_each_stop_has_words_for_who_coordinates_and_for_the_helper(stop: Stop) -> None:
    stopped = Stopped(stop, "2026-03-04", "06:00")
    assert "you" in stopped.told_to_them().lower().split() or "your" in stopped.told_to_them().lower().split()
    assert "%(" not in stopped.in_words() + stopped.told_to_them()


def test_a_way_that_this_house_does_not_send_is_no_way() -> None:
    team_of(helper_in_file("sam"))
    assert questions.why_not_fit(NIGHT, number_of("sam"), by=["pager"]) is None
    assert questions.why_not_fit(NIGHT, number_of("sam"), by=["mail"]) == Stopped(Stop.NO_WAY)
