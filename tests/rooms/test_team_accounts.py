"""Who may sign in: roles given and taken, accounts closed and opened, and never nobody left who coordinates."""

from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from stepitup.ground import clock, log_book
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.log_book import What
from stepitup.ground.models import LogBookEntry
from stepitup.roster import actions as roster
from stepitup.roster.models import Account, Device, Helper, Invitation
from stepitup.roster.own_hands.leaving import leave
from stepitup.roster.sign_in import actions, keeping, questions
from stepitup.roster.sign_in.errors import NobodyLeft, RolesChanged
from stepitup.roster.sign_in.facts import AccountSeen, Guest, Me, Role
from stepitup.roster.sign_in.may_invite import looks_after_account, may_close, may_give_roles
from tests.rooms.door_night import NIGHT
from tests.rooms.roster_builders import CEDAR_IN_FILE, helper_in_file
from tests.rooms.team_door import has_account, signed_in

pytestmark = pytest.mark.only_on("sqlite")
BY = log_book.OPERATOR


@pytest.fixture(autouse=True)
def hand(db: None) -> Iterator[HandClock]:
    ours = HandClock(NIGHT)
    with clock.use(ours):
        deed(roster.import_roster, CEDAR_IN_FILE + helper_in_file("sam") + helper_in_file("ines"))
        yield ours


def browser() -> Client:
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


def maria() -> Client:
    """A coordinator of the whole team, with a browser."""
    client = browser()
    signed_in(client, role=Role.COORDINATOR, name="maria")
    return client


def seen(account: Account) -> AccountSeen:
    found = questions.account(account.pk)
    assert found is not None
    return found


def noted() -> list[str]:
    return list(LogBookEntry.objects.order_by("pk").values_list("what", flat=True))


def sheet(account: Account, rest: str = "") -> str:
    return f"/team/accounts/{account.pk}{rest}"


# Roles


def test_ines_is_made_clinical_lead_at_once_and_the_log_book_says_so() -> None:
    hers, ines = browser(), has_account(helper="ines")
    hers.force_login(ines)
    assert hers.get("/team/log-book", secure=True).status_code == 403
    said = {"clinical_lead": "on", "bound_to": "", "seen": seen(ines).mark}
    assert maria().post(sheet(ines, "/roles"), said, secure=True)["Location"].endswith("saved=roles")
    assert hers.get("/team/log-book", secure=True).status_code == 200
    entry = LogBookEntry.objects.get(what=What.CHANGED_ROLES)
    assert (entry.about, entry.who) == (
        log_book.account(ines.pk),
        log_book.account(Account.objects.get(name="maria").pk),
    )


def test_a_coordinator_is_bound_to_one_agency_and_what_was_the_same_is_not_noted() -> None:
    ines, client = has_account(helper="ines"), maria()
    [agency] = {str(pk) for pk in Helper.objects.values_list("agency", flat=True)}
    said = {"coordinator": "on", "bound_to": agency, "seen": seen(ines).mark}
    client.post(sheet(ines, "/roles"), said, secure=True)
    assert seen(ines).bound_to == int(agency)
    same = said | {"seen": seen(ines).mark}
    assert client.post(sheet(ines, "/roles"), same, secure=True)["Location"].endswith("saved=same")
    assert noted().count(What.CHANGED_ROLES) == 1


def test_the_second_of_two_who_change_roles_is_told_and_changes_nothing() -> None:
    ines, client = has_account(helper="ines"), maria()
    old = seen(ines).mark
    deed(keeping.change_roles, ines.pk, {Role.CLINICAL_LEAD}, bound_to=None, seen=old, by=BY)
    answer = client.post(sheet(ines, "/roles"), {"coordinator": "on", "bound_to": "", "seen": old}, secure=True)
    assert "Somebody else changed this meanwhile" in answer.text
    assert seen(ines).roles == {Role.CLINICAL_LEAD}
    with pytest.raises(RolesChanged):
        deed(keeping.change_roles, ines.pk, set(), bound_to=None, seen=old, by=BY)


def test_nobody_signed_in_makes_an_operator_or_takes_one_away() -> None:
    olga, client = has_account(role=Role.OPERATOR, name="olga"), maria()
    client.post(sheet(olga, "/roles"), {"bound_to": "", "operator": "", "seen": seen(olga).mark}, secure=True)
    assert seen(olga).roles == {Role.OPERATOR}
    ines = has_account(helper="ines")
    client.post(sheet(ines, "/roles"), {"bound_to": "", "operator": "on", "seen": seen(ines).mark}, secure=True)
    assert seen(ines).roles == frozenset()


# Closing


def test_a_closed_account_is_out_everywhere_at_once_and_can_be_opened_again_for_a_month(hand: HandClock) -> None:
    sams, sam, client = browser(), has_account(helper="sam"), maria()
    sams.force_login(sam)
    link = deed(actions.invite, Guest(helper=sam.helper_id), by=BY)
    assert "Pages still reach them" in client.get(sheet(sam, "/close"), secure=True).text
    assert seen(sam).is_open, "looking closes nothing"
    client.post(sheet(sam, "/close"), secure=True)
    assert sams.get("/team/", secure=True).status_code == 303
    assert not Invitation.objects.exists(), f"{link} would have opened it again"
    client.post(sheet(sam, "/open"), secure=True)
    assert seen(sam).is_open
    assert sams.get("/team/", secure=True).status_code == 303, "what was signed in then does not come to life again"
    assert [what for what in noted() if "account" in what] == [What.CLOSED_ACCOUNT, What.OPENED_ACCOUNT]
    client.post(sheet(sam, "/close"), secure=True)
    hand.wind(hours=24 * 30)
    deed(roster.forget)
    assert not Account.objects.filter(pk=sam.pk).exists()
    assert Helper.objects.filter(key="sam").exists()


def test_whoever_signs_in_with_a_closed_account_reads_that_it_is_closed() -> None:
    sam = has_account(helper="sam")
    sam.set_password("kettle gravel orchid tuesday")
    sam.save()
    TOTP.activate(sam, generate_totp_secret())
    deed(keeping.close, sam.pk, by=BY)
    said = {"login": "sam", "password": "kettle gravel orchid tuesday"}
    answer = browser().post("/team/sign-in", said, secure=True, follow=True)
    assert "This account is closed" in answer.text


def test_an_invitation_opens_a_closed_account_again() -> None:
    sam = has_account(helper="sam")
    has_account(role=Role.COORDINATOR)
    deed(keeping.close, sam.pk, by=BY)
    secret = deed(actions.invite, Guest(helper=sam.helper_id), by=BY)
    deed(actions.accept, secret)
    assert seen(sam).is_open


def test_the_last_coordinator_of_the_whole_team_is_neither_closed_nor_made_less() -> None:
    only = has_account(role=Role.COORDINATOR, name="maria")
    bound = has_account(role=Role.COORDINATOR, agency="cedar", name="lee")
    for undo in (
        lambda: deed(keeping.close, only.pk, by=BY),
        lambda: deed(keeping.change_roles, only.pk, set(), bound_to=None, seen=seen(only).mark, by=BY),
        lambda: deed(
            keeping.change_roles,
            only.pk,
            {Role.COORDINATOR},
            bound_to=bound.agency_id,
            seen=seen(only).mark,
            by=BY,
        ),
    ):
        with pytest.raises(NobodyLeft):
            undo()
    assert not {What.CLOSED_ACCOUNT, What.CHANGED_ROLES} & set(noted())
    has_account(role=Role.COORDINATOR, name="ana")
    deed(keeping.close, only.pk, by=BY)
    assert not seen(only).is_open


def test_nobody_closes_their_own_account_or_gives_themselves_a_role() -> None:
    client = maria()
    own = Account.objects.get(name="maria")
    has_account(role=Role.COORDINATOR, name="ana")
    client.post(sheet(own, "/close"), secure=True)
    client.post(sheet(own, "/roles"), {"bound_to": "", "seen": seen(own).mark}, secure=True)
    assert (seen(own).is_open, seen(own).roles) == (True, frozenset({Role.COORDINATOR}))
    assert "Another coordinator changes its roles" in client.get(sheet(own), secure=True).text


def test_a_phone_left_somewhere_is_signed_out_by_a_coordinator() -> None:
    sams, sam = browser(), has_account(helper="sam")
    sams.force_login(sam)
    maria().post(sheet(sam, "/sign-out"), secure=True)
    assert sams.get("/team/", secure=True).status_code == 303
    assert noted()[-1] == What.SIGNED_OUT_EVERYWHERE


@pytest.mark.parametrize("press", ["/close", "/open", "/sign-out", "/roles"])
def test_a_coordinator_of_one_agency_touches_nobody_who_holds_a_role(press: str) -> None:
    leads = has_account(helper="ines")
    Account.objects.filter(pk=leads.pk).update(is_clinical_lead=True)
    lees = browser()
    signed_in(lees, role=Role.COORDINATOR, agency="cedar", name="lee")
    assert lees.post(sheet(leads, press), {"seen": seen(leads).mark}, secure=True).status_code in {403, 404}
    assert "<strong>ines</strong>" not in lees.get("/team/accounts", secure=True).text


CEDAR, LARKSPUR, ME, OTHER = 1, 2, 7, 8


@pytest.mark.parametrize(
    ("mine", "account", "agency", "roles", "sees", "closes", "gives"),
    [
        (None, OTHER, CEDAR, frozenset(), True, True, True),
        (None, OTHER, None, frozenset({Role.OPERATOR}), True, True, True),
        (None, ME, None, frozenset({Role.COORDINATOR}), True, False, False),
        (CEDAR, OTHER, CEDAR, frozenset(), True, True, False),
        (CEDAR, OTHER, CEDAR, frozenset({Role.CLINICAL_LEAD}), False, False, False),
        (CEDAR, OTHER, LARKSPUR, frozenset(), False, False, False),
    ],
)
def test_who_looks_after_whose_account(
    mine: int | None,
    account: int,
    agency: int | None,
    roles: frozenset[Role],
    sees: bool,
    closes: bool,
    gives: bool,
) -> None:
    one = AccountSeen(account, "x", 3 if agency else None, "x", "X", agency, roles, None, "", True, True, None)
    me = Me(ME, "maria", roles=frozenset({Role.COORDINATOR}), agency=mine)
    assert (looks_after_account(me, one), may_close(me, one), may_give_roles(me, one)) == (sees, closes, gives)
    lead = Me(ME, "lead", roles=frozenset({Role.CLINICAL_LEAD, Role.OPERATOR, Role.HELPER}))
    assert not any(may(lead, one) for may in (looks_after_account, may_close, may_give_roles))


# Going


def test_a_coordinator_who_stops_helping_keeps_their_sign_in_and_loses_their_devices(hand: HandClock) -> None:
    for how in ("leaves", "is taken off"):
        both = has_account(helper="sam" if how == "leaves" else "ines", name=how)
        Account.objects.filter(pk=both.pk).update(is_coordinator=True)
        Device.objects.create(account=both, name="phone", key=how)
        helper = Helper.objects.get(account=both)
        if how == "leaves":
            deed(leave, helper.pk)
        else:
            Helper.objects.filter(pk=helper.pk).update(removed_at=clock.now())
            hand.wind(hours=24 * 31)
            deed(roster.forget)
        assert (seen(both).helper, seen(both).roles) == (None, frozenset({Role.COORDINATOR}))
        assert not Device.objects.filter(account=both).exists()
