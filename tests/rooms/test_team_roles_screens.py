"""The clinical lead's and the operator's own screens: what their part needs tonight, and nothing of a call."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from unittest.mock import Mock, patch

import pytest
from django.test import Client, override_settings

from stepitup.calls import actions as calls
from stepitup.calls.actions import Press
from stepitup.calls.told import Told
from stepitup.door.team.care.views import looked_at as care_looked_at
from stepitup.door.team.machine.views import Looked, Said, checks
from stepitup.door.team.machine.views import looked_at as machine_looked_at
from stepitup.door.team.set_up.views import open_questions
from stepitup.drills.a_drill import begin_by_hand
from stepitup.ground import clock, log_book, root_key
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.log_book import What
from stepitup.ground.models import LogBookEntry
from stepitup.ground.team import RehearsalSettings, team
from stepitup.roster.models import Credential, Helper, Way
from stepitup.roster.sign_in.facts import Role
from tests.rooms.door_night import demo_night
from tests.rooms.team_door import signed_in

pytestmark = pytest.mark.only_on("sqlite")
ROOT, _FILE = root_key.make("kettle gravel orchid", cost=2)


@pytest.fixture(autouse=True)
def night(db: None) -> Iterator[HandClock]:
    with demo_night() as hand:
        yield hand


def somebody(role: Role) -> Client:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    signed_in(client, role=role)
    return client


def screen(client: Client, address: str) -> str:
    return client.get(address, secure=True).text


# The clinical lead


def test_the_lead_arrives_at_what_lapses_and_at_what_is_theirs_to_settle() -> None:
    today = clock.now().date()
    soon = Credential.objects.exclude(checked_how="").exclude(role="training").first()
    assert soon is not None
    Credential.objects.filter(pk=soon.pk).update(expires=today + timedelta(days=5))
    arrives = screen(somebody(Role.CLINICAL_LEAD), "/team/")
    assert f'href="/team/care/people/{soon.helper_id}"' in arrives
    for theirs in ("policy", "clinical-lead"):
        assert f'href="/team/set-up/{theirs}"' in arrives
    assert 'href="/team/set-up/who-runs"' not in arrives, "that is the operator's"


def test_each_credential_stands_there_with_what_shows_that_it_holds() -> None:
    one = Credential.objects.exclude(checked_how="").first()
    assert one is not None
    known = {"evidence": "Board’s page of 3 May", "issuer": "The Board", "checked_by": "Ana"}
    Credential.objects.filter(pk=one.pk).update(**known, checked_on=clock.now().date())
    sheet = screen(somebody(Role.CLINICAL_LEAD), f"/team/care/people/{one.helper_id}")
    for shown in ("Board’s page of 3 May", "The Board", "Ana"):
        assert shown in sheet


def test_the_lead_suspends_at_once_and_lifts_it_and_the_log_book_says_who() -> None:
    lead, sam = somebody(Role.CLINICAL_LEAD), Helper.objects.get(key="sam")
    address = f"/team/care/people/{sam.pk}/suspend"
    assert "Suspend Sam" in screen(lead, address)
    assert Helper.objects.get(pk=sam.pk).suspended_at is None, "looking suspends nobody"
    lead.post(address, secure=True)
    assert Helper.objects.get(pk=sam.pk).suspended_at is not None
    lead.post(address, {"lift": "yes"}, secure=True)
    assert Helper.objects.get(pk=sam.pk).suspended_at is None
    noted = LogBookEntry.objects.filter(what__in=[What.SUSPENDED, What.LIFTED_SUSPENSION])
    assert {entry.who.partition(" ")[0] for entry in noted} == {"account"}


def test_the_lead_sees_who_is_suspended_whom_nothing_reaches_and_whom_helpers_and_complaints_go_to() -> None:
    sam, lead = Helper.objects.get(key="sam"), somebody(Role.CLINICAL_LEAD)
    before = care_looked_at(clock.now())
    assert (before.suspended, before.drill) == ((), None)
    Helper.objects.filter(pk=sam.pk).update(suspended_at=clock.now())
    Way.objects.filter(helper__key="ines").delete()
    deed(begin_by_hand, who=log_book.OPERATOR)
    with override_settings(TEAM=replace(team(), on_call_clinician="Dr. Lee, 555 0100", complaint_to="The board")):
        care, read = care_looked_at(clock.now()), screen(lead, "/team/care")
    assert care.suspended == ((sam.pk, sam.display_name),)
    assert care.unreachable == before.unreachable + 1
    for said in ("Dr. Lee, 555 0100", "The board", "people have no way that works", "Drill of", sam.display_name):
        assert said in read or (said == "people have no way that works" and "person has no way" in read), said


def test_a_word_narrows_the_leads_list() -> None:
    lead, sam = somebody(Role.CLINICAL_LEAD), Helper.objects.get(key="sam")
    ines = Helper.objects.get(key="ines")
    narrowed = screen(lead, f"/team/care/people?named={sam.display_name.split()[0]}")
    assert f"/team/care/people/{sam.pk}" in narrowed
    assert f"/team/care/people/{ines.pk}" not in narrowed
    assert f"/team/care/people/{ines.pk}" in screen(lead, "/team/care/people")


def test_whoever_the_lead_suspends_in_the_middle_of_a_call_is_let_go_and_the_search_goes_on() -> None:
    sam, released = Helper.objects.get(key="sam"), Mock()
    with patch("stepitup.door.team.people.deeds.calls.release", released):
        somebody(Role.CLINICAL_LEAD).post(f"/team/care/people/{sam.pk}/suspend", secure=True)
    assert released.call_args.args[1] == sam.pk


# The operator


def test_the_operator_sees_each_way_its_trouble_rehearsals_devices_and_what_is_to_settle() -> None:
    plain = machine_looked_at(clock.now())
    assert plain.carriers == ("pager",)
    assert (plain.rehearses, plain.rehearsed_at, plain.without_device) == (False, None, 0)
    assert plain.to_settle == len(open_questions()) > 0
    well = Mock(went_well_at=clock.now())
    with (
        override_settings(TEAM=replace(team(), root_key=ROOT.public, rehearsal=RehearsalSettings())),
        patch("stepitup.door.team.machine.views.how_it_went", return_value=well),
        patch("stepitup.paging.questions.carriers_in_trouble", return_value=["pager"]),
    ):
        machine, read = machine_looked_at(clock.now()), screen(somebody(Role.OPERATOR), "/team/machine")
    assert (machine.in_trouble, machine.rehearses, machine.rehearsed_at) == (("pager",), True, clock.now())
    assert machine.without_device == Helper.objects.count()
    for said in ("Pages come back", "and it went well", "have no enrolled device", "before the first night"):
        assert said in read


def test_the_operator_arrives_at_the_machine_and_sees_no_helper() -> None:
    with override_settings(TEAM=replace(team(), root_key=ROOT.public)):
        arrives = screen(somebody(Role.OPERATOR), "/team/")
    assert root_key.fingerprint_of(ROOT.public) in arrives
    assert "Drills" in arrives
    for name in Helper.objects.values_list("display_name", flat=True):
        assert name not in arrives


def test_a_machine_whose_watch_is_dead_says_so_first() -> None:
    assert "No watch is alive" in screen(somebody(Role.OPERATOR), "/team/")


def test_what_check_says_stands_on_the_screen_the_missing_first() -> None:
    client = somebody(Role.OPERATOR)
    said = screen(client, "/team/machine/checks")
    assert "There is no safe copy." in said
    assert said.index("missing</h2>") < said.index("To think about")


def test_where_nothing_is_missing_it_says_what_to_try() -> None:
    client = somebody(Role.OPERATOR)
    request = client.get("/team/machine", secure=True).wsgi_request
    look = checks(lambda now: Looked([Said(is_missing=False, what="The disk fills.", to_do="Make room.")], now))
    said = look(request).content.decode()
    assert "Nothing is missing." in said
    assert "None is known of." not in said, "when the newest safe copy was made"
    assert "The disk fills." in said


# Neither


@pytest.mark.parametrize(
    ("role", "addresses"),
    [
        (Role.CLINICAL_LEAD, ("/team/", "/team/care", "/team/care/people")),
        (Role.OPERATOR, ("/team/", "/team/machine", "/team/drills")),
    ],
)
def test_neither_sees_that_somebody_called(role: Role, addresses: tuple[str, ...]) -> None:
    client = somebody(role)
    before = [screen(client, address) for address in addresses]
    deed(calls.call_for_backup, press=Press(), told=Told())
    assert [screen(client, address) for address in addresses] == before
