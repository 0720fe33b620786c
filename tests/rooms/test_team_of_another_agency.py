"""A coordinator of one agency, with the real numbers of another agency's people in hand: nothing is shown or changed.

And a helper with the numbers of another helper's things; and whoever has just come and has no way to sign in yet.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import get_resolver

from stepitup.ground import clock, log_book
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.roster import actions as roster
from stepitup.roster.duty import overriding, swapping
from stepitup.roster.duty.spans import Span
from stepitup.roster.file.reader import read_roster
from stepitup.roster.models import (
    Account,
    Agency,
    Credential,
    Device,
    DutyOverride,
    DutySwap,
    Helper,
    Invitation,
    SignedIn,
    Way,
)
from stepitup.roster.sign_in import actions as sign_in
from stepitup.roster.sign_in.facts import Guest, Role
from tests.promises.every_screen import routes
from tests.rooms.door_night import NIGHT
from tests.rooms.roster_builders import CEDAR_IN_FILE, helper_in_file
from tests.rooms.team_door import has_account, signed_in

pytestmark = pytest.mark.only_on("sqlite")

LARKSPUR = '\n[[agency]]\nkey = "larkspur"\nname = "Larkspur Bend Fire Rescue"\ntime_zone = "America/Los_Angeles"\n'
SOON = Span(NIGHT + timedelta(days=1), NIGHT + timedelta(days=1, hours=8))


@pytest.fixture(autouse=True)
def hand(db: None) -> Iterator[HandClock]:
    """Sam works for Cedar, Theo for Larkspur."""
    ours = HandClock(NIGHT)
    with clock.use(ours):
        theo = helper_in_file("theo", 'agency = "larkspur"', 'duty = ["by calendar"]')
        deed(roster.import_roster, CEDAR_IN_FILE + LARKSPUR + helper_in_file("sam") + theo)
        yield ours


def number_of(key: str) -> int:
    return Helper.objects.get(key=key).pk


def browser() -> Client:
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def lark() -> Client:
    """She looks after Larkspur’s people alone."""
    phone = browser()
    signed_in(phone, role=Role.COORDINATOR, agency="larkspur", name="lark")
    return phone


def opens(phone: Client, address: str) -> str:
    return phone.get(f"/team/{address}", secure=True).text


def presses(phone: Client, address: str, **said: object) -> int:
    return phone.post(f"/team/{address}", said, secure=True).status_code


def test_she_invites_her_own_helpers_and_nobody_else(lark: Client) -> None:
    refused = lark.post("/team/invitations", {"helper": "sam"}, secure=True)
    assert refused.status_code == 422
    assert "for a coordinator of the whole team to invite" in refused.text
    assert not Invitation.objects.exists()
    presses(lark, "invitations", helper="theo", coordinator="on", account="sam")
    [made] = Invitation.objects.all()
    assert (made.helper_id, made.is_coordinator, made.account) == (number_of("theo"), False, None)


def test_an_invitation_of_another_agency_is_neither_shown_nor_taken_back(lark: Client) -> None:
    deed(sign_in.invite, Guest(helper=number_of("sam")), by=log_book.OPERATOR)
    sams = Invitation.objects.get()
    assert "Sam" not in opens(lark, "invitations")
    for number in (sams.pk, "nonsense", ""):
        presses(lark, "invitations", take_back=number)
    assert Invitation.objects.filter(pk=sams.pk).exists()


def test_a_link_longer_than_any_of_ours_is_over() -> None:
    assert browser().get(f"/team/invitation/{'x' * 200}", secure=True).status_code == 404


def test_a_device_of_another_agency_is_neither_shown_nor_taken_off_nor_sent_to_be_signed(lark: Client) -> None:
    for name in ("sam", "theo"):
        Device.objects.create(account=has_account(helper=name), name=f"Phone of {name}", key=f"key of {name}")
    sams = Device.objects.get(account__name="sam")
    for address in ("devices/team", "devices/requests.json"):
        assert "Phone of sam" not in opens(lark, address)
        assert "Phone of theo" in opens(lark, address)
    for number in (sams.pk, "nonsense", "٣", "9" * 30):
        presses(lark, "devices/team", take_off=number)
    assert set(Device.objects.values_list("account__name", flat=True)) == {"sam", "theo"}
    presses(lark, "devices/team", take_off=Device.objects.get(account__name="theo").pk)
    assert list(Device.objects.all()) == [sams]


def test_a_credential_of_another_agency_is_not_there_under_her_own_helpers_address(lark: Client) -> None:
    sams = Credential.objects.get(helper__key="sam")
    under_theo = f"people/{number_of('theo')}/credentials/{sams.pk}"
    for address in (under_theo, f"{under_theo}/days", f"{under_theo}/check"):
        assert lark.get(f"/team/{address}", secure=True).status_code == 404
        assert presses(lark, address, what="withdraw", expires="2031-01-01") == 404
    assert Credential.objects.get(pk=sams.pk).expires == sams.expires


def test_a_change_of_another_agencys_duty_is_not_taken_back_under_her_own_helpers_address(lark: Client) -> None:
    sams = deed(overriding.override, number_of("sam"), SOON, is_on=False)
    theos = deed(overriding.override, number_of("theo"), SOON, is_on=True)
    for change in (sams, theos):
        presses(lark, f"duty/helpers/{number_of('theo')}/changes/{change}")
    assert list(DutyOverride.objects.values_list("pk", flat=True)) == [sams]


def test_everybodys_duty_names_her_own_people_alone_and_she_brings_no_shift_of_others(lark: Client) -> None:
    deed(overriding.override, number_of("theo"), Span(NIGHT, NIGHT + timedelta(hours=5)), is_on=True)
    read = opens(lark, "duty/day")
    assert "Theo" in read
    assert "Sam" not in read
    assert "Sam" not in opens(lark, "duty/day?name=sam")
    table = "helper,from,until\nsam,2026-11-28 06:00,2026-11-29 06:00\n"
    assert presses(lark, "duty/shifts", text=table, do="look") == 422


def test_a_word_narrows_no_list_beyond_her_own_people(lark: Client) -> None:
    has_account(helper="sam")
    has_account(helper="theo")
    for address in ("people?named=sam", "accounts?named=sam"):
        assert f'/{number_of("sam")}"' not in opens(lark, address)
    assert "Theo" in opens(lark, "people?named=theo")


# Screens about the whole team

WHOLE = (
    *("care", "care/people", "machine", "machine/checks", "log-book", "log-book/card", "set-up", "set-up/policy"),
    *("incidents", "incidents/new", "incidents/some", "crew", "import", "import/yes", "export", "drills/begin"),
)


@pytest.mark.parametrize("address", WHOLE)
def test_whoever_is_bound_to_one_agency_opens_no_screen_about_the_whole_team_whatever_else_they_do(
    lark: Client, address: str
) -> None:
    Account.objects.filter(name="lark").update(is_clinical_lead=True, is_operator=True)
    assert lark.get(f"/team/{address}", secure=True).status_code == 403
    assert presses(lark, address, form="csv") == 403


def test_nor_a_helper_by_the_clinical_leads_address(lark: Client) -> None:
    Account.objects.filter(name="lark").update(is_clinical_lead=True)
    for key in ("sam", "theo"):
        assert presses(lark, f"care/people/{number_of(key)}/suspend") == 403
    assert not Helper.objects.exclude(suspended_at=None).exists()


# One helper with the numbers of another's things


def test_a_way_of_another_helper_is_not_there() -> None:
    phone = browser()
    signed_in(phone, helper="sam")
    theos = Way.objects.get(helper__key="theo")
    for what in ("off", "earlier", "try"):
        assert presses(phone, f"me/ways/{theos.pk}", what=what) == 404
        presses(phone, "me/push/off", way=theos.pk)
        presses(phone, "me/push/test", way=theos.pk)
    assert Way.objects.filter(pk=theos.pk).exists()


def test_a_swap_between_two_others_is_not_theirs_to_answer() -> None:
    Helper.objects.filter(key="theo").update(agency=Agency.objects.get(key="cedar"))
    deed(overriding.override, number_of("theo"), SOON, is_on=True)
    deed(overriding.override, number_of("sam"), SOON, is_on=False)
    deed(roster.bring_in, read_roster(CEDAR_IN_FILE + helper_in_file("ines"))[0])
    theo, sam = number_of("theo"), number_of("sam")
    swap = deed(lambda now: swapping.ask_to_swap(now, asker=theo, asked=sam, duty=SOON))
    ines = browser()
    signed_in(ines, helper="ines")
    for answer in ("yes", "no", "never-mind"):
        assert presses(ines, f"duty/swaps/{swap}", answer=answer) == 409
    assert DutySwap.objects.get().state == "asked"


# Whoever has just come


def test_before_somebody_has_a_way_to_sign_in_nothing_else_opens() -> None:
    phone = browser()
    signed_in(phone, helper="sam", role=Role.COORDINATOR)
    session = phone.session
    session["setting up"] = True
    session.save()
    opened = set()
    for address in sorted(f"/{route}" for route in routes(get_resolver().url_patterns) if route.startswith("team/")):
        if "sign" in address or "invitation/" in address:
            continue
        there = phone.get(re.sub(r"<\w+:\w+>", "1", address), secure=True)
        if there.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            continue
        if there.headers.get("Location") != "/team/security":
            opened.add(address)
    assert opened == {
        "/team/security",
        "/team/security/passkey",
        "/team/security/code-app",
        "/team/security/passphrase",
        "/team/security/recovery-codes",
        "/team/security/recovery-codes/new",
    }
    assert SignedIn.objects.exists()
