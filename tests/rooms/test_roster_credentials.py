"""Certificates, appointments, licences: which of them let somebody be paged, and for what."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.vocabulary import Kind
from stepitup.roster import actions, questions
from stepitup.roster.credentials.kinds import KINDS, facts, read_kinds
from stepitup.roster.credentials.npi import is_npi, written_plainly
from stepitup.roster.credentials.record import CredentialRow, Held, counts, counts_until, kinds_held
from stepitup.roster.errors import CredentialFactsWrong
from stepitup.roster.facts import Wishes
from stepitup.roster.file.forms import Form, read_in, write_in
from stepitup.roster.file.reader import read_roster
from stepitup.roster.matching import put_in_order
from stepitup.roster.models import AtIncident, Helper, Incident, Way
from tests.rooms.roster_builders import NIGHT, file_with, helper_in_file
from tests.rooms.roster_builders import facts as one_helper

TODAY = NIGHT.date()
HERE = Path(__file__).parents[2]


def held(role: str = "", *, days: int = 30) -> Held:
    return Held(role, date(2024, 1, 1), TODAY + timedelta(days=days))


# For which roles ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held_now", "roles"),
    [
        ((held(),), {Kind.PEER, Kind.CHAPLAIN, Kind.COORDINATOR}),
        ((held("peer"),), {Kind.PEER, Kind.COORDINATOR}),
        ((held("peer", days=-1), held("chaplain")), {Kind.CHAPLAIN, Kind.COORDINATOR}),
        ((held("peer", days=0),), {Kind.PEER, Kind.COORDINATOR}),
        ((held("clinician"),), {Kind.COORDINATOR}),
        ((held("training"),), set()),
        ((), set()),
    ],
)
def test_each_role_needs_a_credential_of_its_own_or_one_for_all(held_now: tuple[Held, ...], roles: set[Kind]) -> None:
    helps_as = frozenset({Kind.PEER, Kind.CHAPLAIN, Kind.COORDINATOR})
    assert kinds_held(helps_as, held_now, TODAY) == roles


def test_the_first_of_the_credentials_that_hold_is_the_one_to_look_after() -> None:
    rows = [
        CredentialRow("a", granted=TODAY, expires=TODAY + timedelta(days=ahead), checked_how=how)
        for ahead, how in ((-1, "seen"), (3, ""), (9, "seen"), (40, "seen"))
    ]
    assert counts_until(rows, TODAY) == TODAY + timedelta(days=9)
    assert counts_until(rows[:2], TODAY) is None


WHOLE = CredentialRow("a", granted=date(2024, 1, 1), expires=TODAY, checked_how="seen")


def test_a_credential_counts_when_it_was_checked_and_says_from_when_until_when_through_that_day() -> None:
    assert counts(WHOLE)
    for missing in ({"checked_how": ""}, {"granted": None}, {"expires": None}, {"role": "training"}):
        lacking = replace(WHOLE, **missing)
        assert not counts(lacking)
        assert counts_until([lacking], TODAY) is None
    assert counts_until([WHOLE], TODAY) == TODAY


CHECKED = "granted = 2024-01-01\nexpires = 2028-12-31\nchecked_how = 'seen'"


def with_credentials(key: str, *credentials: str, kinds: str = '["peer"]', more: tuple[str, ...] = ()) -> str:
    """One helper with full credentials instead of the short one."""
    none = ("credential = nothing", "certified_since = nothing", "certified_until = nothing")
    written = helper_in_file(key, *none, *more, kinds=kinds)
    return written + "".join(f"[[helper.credential]]\n{one}\n" for one in credentials)


def team_of(*helpers: str) -> None:
    report = actions.import_roster(NIGHT, file_with(*helpers))
    assert report.is_good, [str(mistake) for mistake in report.mistakes]


def roles_now(key: str, now: datetime = NIGHT) -> set[Kind]:
    number = Helper.objects.get(key=key).pk
    return {kind for one in questions.fit_now(now, [number]) for kind in one.kinds}


@pytest.mark.django_db
def test_a_clinician_whose_licence_lapsed_still_comes_as_the_peer_they_are() -> None:
    lapsed = "name = 'LCSW'\nrole = 'clinician'\nkind = 'licence-lcsw'\n" + CHECKED.replace("2028-12-31", "2026-03-03")
    peer = f"name = 'Peer course'\nrole = 'peer'\n{CHECKED}"
    team_of(with_credentials("nora", lapsed, peer, kinds='["peer", "clinician"]'))
    assert roles_now("nora") == {Kind.PEER}
    assert roles_now("nora", NIGHT - timedelta(days=1)) == {Kind.PEER, Kind.CLINICIAN}


@pytest.mark.django_db
def test_a_credential_that_nobody_checked_lets_nobody_be_paged() -> None:
    team_of(with_credentials("sam", "name = 'Course'\ngranted = 2024-01-01\nexpires = 2028-12-31"))
    assert roles_now("sam") == set()
    assert "no credential that was checked" in questions.who_is_not_fit(NIGHT)["sam"]


@pytest.mark.django_db
def test_a_credential_for_another_role_is_told() -> None:
    team_of(with_credentials("sam", f"name = 'Endorsement'\nrole = 'chaplain'\n{CHECKED}"))
    assert questions.who_is_not_fit(NIGHT) == {"sam": "Has a credential, but none for a role in which they help."}


@pytest.mark.django_db
def test_two_credentials_make_one_helper_who_is_asked_once() -> None:
    both = (f"name = 'A'\n{CHECKED}", f"name = 'B'\nrole = 'peer'\n{CHECKED}")
    team_of(with_credentials("sam", *both), helper_in_file("ines"))
    assert len(questions.fit_now(NIGHT)) == 2


@pytest.mark.django_db
def test_a_course_is_never_shown_as_a_licence_and_of_two_licences_the_longer_one_is() -> None:
    course = f"name = 'Trauma course'\nrole = 'clinician'\n{CHECKED}"
    old = "name = 'LPC'\nrole = 'clinician'\nkind = 'licence-lpc'\n" + CHECKED.replace("2028-12-31", "2026-03-31")
    new = f"name = 'LCSW'\nrole = 'clinician'\nkind = 'licence-lcsw'\n{CHECKED}"
    clinician = '["clinician"]'
    team_of(with_credentials("nora", course, kinds=clinician), with_credentials("ulla", old, new, kinds=clinician))
    shown = [questions.shown_to_caller(one.pk, agency=None).licence for one in Helper.objects.order_by("key")]
    assert [one and one.name for one in shown] == [None, "LCSW"]


@pytest.mark.django_db
def test_a_licence_that_has_lapsed_is_not_shown_though_another_credential_keeps_them_fit() -> None:
    course = f"name = 'Trauma course'\nrole = 'clinician'\n{CHECKED}"
    lapsed = "name = 'LCSW'\nrole = 'clinician'\nkind = 'licence-lcsw'\n" + CHECKED.replace("2028-12-31", "2025-12-31")
    team_of(with_credentials("nora", course, lapsed, kinds='["clinician"]'))
    with clock.use(HandClock(NIGHT)):
        shown = questions.shown_to_caller(Helper.objects.get().pk, agency=None)
    assert (shown.licence, shown.certified_since) == (None, date(2024, 1, 1))


@pytest.mark.django_db
def test_a_caller_sees_which_licence_it_is_and_when_and_by_whom_it_was_checked() -> None:
    licence = "name = 'LCSW'\nrole = 'clinician'\nkind = 'licence-lcsw'\nstate = 'US-CO'\nchecked_by = 'Maria V.'\n"
    team_of(with_credentials("nora", licence + CHECKED + "\nchecked_on = 2026-02-01", kinds='["clinician"]'))
    shown = questions.shown_to_caller(Helper.objects.get().pk, agency=None)
    assert shown.certified_since == date(2024, 1, 1)
    assert shown.licence is not None
    assert (shown.licence.name, shown.licence.state, shown.licence.checked_by) == ("LCSW", "US-CO", "Maria V.")


# In the file ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_short_words_and_the_table_are_the_same_record() -> None:
    team_of(
        helper_in_file("sam"),
        with_credentials("ines", f"name = 'Peer support certificate'\n{CHECKED}".replace("seen", "file")),
    )
    ines, sam = questions.roster_rows().helpers
    assert sam.credentials == ines.credentials
    assert "[[helper.credential]]" not in questions.export_roster()


@pytest.mark.django_db
def test_what_was_exported_and_comes_back_changes_nothing_not_even_what_is_known_of_reminders() -> None:
    full = f"name = 'LCSW'\nrole = 'clinician'\nnpi = '1234567893'\nnumber = '77'\n{CHECKED}"
    sam = helper_in_file(
        "sam", 'quiet = ["daily 22:00-06:00"]', "pages_in_a_row = 3", "shares.for_matching = ['years', 'drinking']"
    )
    team_of(with_credentials("nora", full, kinds='["clinician"]'), sam)
    first = questions.export_roster()
    before = set(Helper.objects.values_list("credentials", flat=True))
    report = actions.import_roster(NIGHT, first.replace("years = 5", "years = 6"))
    assert (report.changed, questions.export_roster()) == ((), first)
    assert set(Helper.objects.values_list("credentials", flat=True)) == before


@pytest.mark.parametrize(
    ("credential", "said"),
    [
        ("role = 'peer'", "name: is missing"),
        ("name = 'x'\nrole = 'boss'", "choose from: peer, chaplain, clinician, training"),
        ("name = 'x'\nnpi = '1234567898'", "is not an NPI: ten digits"),
        ("name = 'x'\ngranted = 2026-01-02\nexpires = 2026-01-01", "expires: lies before granted"),
        ("name = 'x'\nchecked_how = 'phone'", "choose from: seen, issuer, register, file"),
    ],
)
def test_a_wrong_word_about_a_credential_is_told(credential: str, said: str) -> None:
    (mistake,) = read_roster(file_with(with_credentials("sam", credential)))[1]
    assert said in str(mistake)


@pytest.mark.parametrize("done", ["checked_on", "designated_on", "npi_looked_up_on"])
@pytest.mark.parametrize("form", Form)
def test_what_was_done_was_not_done_tomorrow(done: str, form: Form) -> None:
    text = file_with(with_credentials("sam", f"name = 'x'\n{CHECKED}", f"name = 'y'\n{CHECKED}\n{done} = 2026-03-05"))
    written = text if form is Form.TOML else write_in(form, read_roster(text)[0])
    (mistake,) = read_in(form, written, now=NIGHT)[1]
    words = f"helper 1, credential 2, {done}: 2026-03-05 is still to come; write the day on which it was done"
    assert str(mistake).partition(": ")[2] == words
    if form is not Form.CSV:  # there a helper stands on one line
        assert "2026-03-05" in written.splitlines()[mistake.line - 1]
    assert read_in(form, written, now=NIGHT + timedelta(days=1))[1] == ()


@pytest.mark.parametrize("form", Form)
def test_no_way_was_tried_tomorrow(form: Form) -> None:
    text = file_with(helper_in_file("sam")).replace("confirmed = 2024-01-01", "confirmed = 2026-03-05")
    written = text if form is Form.TOML else write_in(form, read_roster(text)[0])
    (mistake,) = read_in(form, written, now=NIGHT)[1]
    words = "helper 1, way 1, confirmed: 2026-03-05 is still to come; write the day on which it was done"
    assert str(mistake).partition(": ")[2] == words
    assert read_in(form, written, now=NIGHT + timedelta(days=1))[1] == ()


@pytest.mark.parametrize(
    ("zone", "refused"),
    [((), True), (('time_zone = "Pacific/Auckland"',), False), (('time_zone = "Mars/Olympus"',), False)],
)
def test_whether_a_day_is_still_to_come_is_told_by_the_clocks_where_the_helper_works(
    zone: tuple[str, ...], refused: bool
) -> None:
    evening = NIGHT.replace(hour=4)  # the 3rd in Denver, still
    text = file_with(with_credentials("sam", f"name = 'x'\n{CHECKED}\nchecked_on = 2026-03-04", more=zone))
    assert any("still to come" in one.words for one in read_roster(text, evening)[1]) is refused


def test_who_works_for_no_agency_goes_by_the_teams_clocks() -> None:
    nobodys = 'agency = ""', "independent = true"
    text = file_with(with_credentials("sam", f"name = 'x'\n{CHECKED}\nchecked_on = 2026-03-05", more=nobodys))
    (mistake,) = read_roster(text, NIGHT)[1]
    assert "still to come" in mistake.words


def test_the_days_of_the_short_words_do_not_stand_beside_a_table() -> None:
    written = with_credentials("sam", f"name = 'x'\n{CHECKED}").replace(
        "kinds =", "certified_since = 2024-01-01\nkinds ="
    )
    assert "in [[helper.credential]] write granted and expires" in str(read_roster(file_with(written))[1][0])


# What is known of each ------------------------------------------------------------------------------------------------


def test_the_facts_are_the_ones_that_were_gathered() -> None:
    assert {"icisf-aic", "ccism", "endorsement", "icpc-basic", "licence-lcsw", "suicide-skills", "other"} <= set(KINDS)
    listed = [*facts()["peer_supporters"], *facts()["chaplains"], *facts()["clinicians"]["trainings"]]
    for raw in listed:
        if raw["id"] in KINDS:
            kind = KINDS[raw["id"]]
            assert (kind.name, kind.shows, kind.how_to_check) == (
                raw["name"],
                raw["what_it_shows"],
                raw["how_to_check"],
            )
            assert kind.is_confirmed == (raw["evidence"] != "recalled")
    assert (KINDS["ccism"].renewal_months, KINDS["ca-8669"].state) == (60, "US-CA")
    assert not KINDS["licence-lcsw"].is_confirmed
    assert {kind.id for kind in KINDS.values() if kind.role == "training" and kind.sources} <= {
        "trauma-methods", "culture", "private-certs", "fop-vetted", "abpp-ppsp",
    }  # fmt: skip
    assert (KINDS["icisf-aic"].role, KINDS["endorsement"].role) == ("peer", "chaplain")


def test_a_word_of_the_facts_that_nobody_knows_stops_the_house() -> None:
    unknown = json.loads(json.dumps(facts()))
    unknown["chaplains"][0]["evidence"] = "heard"
    with pytest.raises(CredentialFactsWrong, match="heard"):
        read_kinds(unknown)
    twice = json.loads(json.dumps(facts()))
    twice["chaplains"].append(twice["peer_supporters"][0])
    with pytest.raises(CredentialFactsWrong, match="twice"):
        read_kinds(twice)
    unsourced = json.loads(json.dumps(facts()))
    unsourced["chaplains"][0]["sources"] = []
    with pytest.raises(CredentialFactsWrong, match="without a source"):
        read_kinds(unsourced)


def test_an_npi_is_checked_by_its_tenth_digit() -> None:
    vectors = facts()["clinicians"]["npi"]["check_digit"]["test_vectors"]
    assert [is_npi(one["npi"]) for one in vectors] == [one["valid"] for one in vectors]
    assert not any(map(is_npi, ("", "123456789", "3234567893", "12345678930", "1234567a93", "١234567893")))
    assert written_plainly(" 123-456-7893 ") == "1234567893"
    # Every slip of one digit is caught.
    assert not any(is_npi(f"1234{digit}67893") for digit in "012346789")


# Ways, quiet hours, what is told --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_way_counts_only_after_a_test_page_on_it_was_answered() -> None:
    team_of(helper_in_file("sam"))
    Way.objects.update(confirmed_on=None)
    assert questions.who_is_not_fit(NIGHT) == {
        "sam": "Cannot be reached: no way of reaching them has been tried and works."
    }
    assert questions.ways_of([Helper.objects.get().pk]) == {Helper.objects.get().pk: ()}
    actions.mark_reachable(NIGHT, Way.objects.get().pk)
    assert questions.is_anyone_fit(NIGHT)
    assert Way.objects.get().confirmed_on == TODAY


@pytest.mark.django_db
def test_an_older_file_does_not_make_a_way_that_was_tried_untried() -> None:
    sam = helper_in_file("sam", way='carrier = "pager"\naddress = "pager:sam"')
    team_of(sam)
    actions.import_roster(NIGHT, file_with(sam.replace("confirmed = 2024-01-01\n", ""), helper_in_file("ines")))
    assert set(Way.objects.values_list("confirmed_on", flat=True)) == {date(2024, 1, 1)}


@pytest.mark.django_db
def test_quiet_hours_go_by_the_clock_where_the_helper_works() -> None:
    team_of(
        helper_in_file("sam", 'quiet = ["daily 22:00-03:30"]'), helper_in_file("ines", 'quiet = ["Thu 00:00-24:00"]')
    )
    assert questions.who_is_not_fit(NIGHT) == {"sam": "Has quiet hours now."}  # 03:04 in Denver, on a Wednesday
    assert questions.who_is_not_fit(NIGHT + timedelta(minutes=30)) == {}


@pytest.mark.django_db
def test_what_a_helper_keeps_for_matching_only_is_no_reason_and_what_they_keep_back_is_not_used() -> None:
    told = "years = 9", 'rank_band = "line"'
    team_of(
        helper_in_file("sam", *told),
        helper_in_file("ines", *told, "shares.for_matching = ['years']"),
        helper_in_file("theo", *told, "shares.not_at_all = ['years']"),
    )
    wishes = Wishes(mine_years=9, mine_rank_band="line", matters={"years": "a lot"})
    people = questions.all_helpers()
    why = put_in_order(people, wishes, seed=1).why
    said = {one.display_name: why[one.id] for one in people}
    assert said["Sam"] == "You have about as many years on the job."
    assert said["Ines"] == said["Theo"] == "Free and rested."
    assert put_in_order(people, wishes, seed=1).order[-1] == next(
        one.id for one in people if one.display_name == "Theo"
    )


# Incidents ------------------------------------------------------------------------------------------------------------

FIRE = """
[[incident]]
key = "2026-014"
happened_on = 2026-02-01
delete_on = 2026-06-01
was_there = ["sam"]
investigated_by = ["wells"]
units = [{ agency = "cedar", unit = "Patrol North" }]
"""


@pytest.mark.django_db
def test_nobody_who_was_there_or_investigates_comes_to_a_caller_who_names_the_day() -> None:
    cast = (
        helper_in_file("sam", 'unit = "Traffic"'),
        helper_in_file("ines", 'unit = "Patrol North"'),
        helper_in_file("wells", 'unit = "Records"'),
        helper_in_file("theo", 'unit = "Dispatch"'),
    )
    assert actions.import_roster(NIGHT, file_with(*cast) + FIRE).is_good
    people = questions.all_helpers()

    def left(wishes: Wishes) -> set[str]:
        matched = put_in_order(people, wishes, seed=1)
        return {one.display_name for one in people if one.id in matched.order}

    assert left(Wishes(incident_on=date(2026, 2, 1))) == {"Theo"}
    assert left(Wishes(incident_on=date(2026, 2, 2))) == {"Theo"}  # a night has two days
    assert left(Wishes(incident_on=date(2026, 2, 9))) == {"Sam", "Ines", "Wells", "Theo"}
    assert left(Wishes(matters={"under_investigation": "matters"})) == {"Sam", "Ines", "Theo"}
    assert FIRE.strip() in questions.export_roster()


def test_a_rule_about_an_incident_that_cannot_be_decided_says_so() -> None:
    near = one_helper(1)
    unsure = put_in_order([near], Wishes(matters={"under_investigation": "matters"}), seed=1).unsure
    assert unsure == ()
    probes = replace(near, investigates=frozenset({date(2026, 2, 1)}))
    matched = put_in_order([probes], Wishes(matters={"under_investigation": "matters"}), seed=1)
    assert matched.unsure == ("We do not know which investigation it is, so nobody who is known to lead one is asked.",)
    matched = put_in_order([probes], Wishes(incident_on=date(2026, 2, 2)), seed=1)
    assert matched.unsure == (
        "We are not sure which incident you mean. Everybody who may have been there is left out.",
    )


@pytest.mark.django_db
def test_an_incident_is_deleted_on_the_day_that_was_set() -> None:
    assert actions.import_roster(NIGHT, file_with(helper_in_file("sam"), helper_in_file("wells")) + FIRE).is_good
    actions.forget(datetime(2026, 5, 31, 12, tzinfo=NIGHT.tzinfo))
    assert Incident.objects.exists()
    actions.forget(datetime(2026, 6, 1, 12, tzinfo=NIGHT.tzinfo))
    assert not Incident.objects.exists()
    assert not AtIncident.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("2026-014", "Officer Ruiz"), "names nobody, such as 2026-014"),
        (("delete_on = 2026-06-01", "delete_on = 2026-01-01"), "lies after happened_on, by at most 1098 days"),
        (("delete_on = 2026-06-01", ""), "delete_on: is missing: a date such as"),
        (('["sam"]', '["sma"]'), "“sma” is not the key of a [[helper]] in this file"),
        (('"cedar"', '"ceder"'), "“ceder” is not the key of an [[agency]] in this file"),
    ],
)
def test_a_wrong_word_about_an_incident_is_told(change: tuple[str, str], said: str) -> None:
    written = file_with(helper_in_file("sam"), helper_in_file("wells")) + FIRE.replace(*change)
    (mistake,) = read_roster(written)[1]
    assert said in str(mistake)
