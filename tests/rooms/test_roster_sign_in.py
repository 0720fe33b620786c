"""Invitations, accounts and sessions in the room itself: what is Sam's opens, renews and ends nothing of Ines's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps

from stepitup.ground import log_book
from stepitup.ground.log_book import What
from stepitup.roster import actions as roster
from stepitup.roster.models import Account, Helper
from stepitup.roster.sign_in import actions, questions
from stepitup.roster.sign_in.errors import InvitationOver, NameNotGood, NameTaken, NobodyToInvite
from stepitup.roster.sign_in.facts import Guest, Me, Role
from stepitup.roster.sign_in.may_invite import may_invite
from stepitup.roster.sign_in.models import Invitation, SignedIn
from tests.rooms.roster_builders import NIGHT, file_with, helper_in_file
from tests.rooms.team_door import has_account

pytestmark = pytest.mark.only_on("sqlite")

MARIA = log_book.account(1)
LARKSPUR = '\n[[agency]]\nkey = "larkspur"\nname = "Larkspur Fire"\ntime_zone = "America/Denver"\n'
THE_TEAM = Me(1, "maria", roles=frozenset({Role.COORDINATOR}))


def team() -> dict[str, int]:
    """Sam and Ines of Cedar Mesa, Tess of Larkspur."""
    file = file_with(helper_in_file("sam"), helper_in_file("ines"), helper_in_file("tess", 'agency = "larkspur"'))
    report = roster.import_roster(NIGHT, file + LARKSPUR)
    assert report.is_good, [str(mistake) for mistake in report.mistakes]
    return dict(Helper.objects.values_list("key", "pk"))


def invited(helper: int, now: datetime = NIGHT) -> str:
    return actions.invite(now, Guest(helper=helper), by=MARIA)


def signed_in_as(name: str, until: datetime = NIGHT + timedelta(hours=9)) -> str:
    account = Account.objects.get(name=name)
    made = SignedIn.objects.create(
        mark=f"{name}-{SignedIn.objects.count()}", account=account, sealed=b"", ends_at=until
    )
    return made.mark


def written() -> list[tuple[str, str]]:
    return [(line.what, line.about) for line in log_book.entries(2026)][1:]


@pytest.mark.django_db
def test_each_link_makes_its_own_helpers_account_once() -> None:
    people = team()
    to_sam, to_ines = invited(people["sam"]), invited(people["ines"])
    seen = [questions.invitation(NIGHT, link) for link in (to_ines, to_sam)]
    assert [one and one.helper for one in seen] == ["Ines", "Sam"]
    ines = actions.accept(NIGHT, to_ines, " INES ")
    assert (ines.name, ines.helper_id) == ("ines", people["ines"])
    for used in (to_ines, "nonsense"):
        with pytest.raises(InvitationOver):
            actions.accept(NIGHT, used, "somebody")
        assert questions.invitation(NIGHT, used) is None
    assert actions.accept(NIGHT, to_sam, "sam").helper_id == people["sam"]


@pytest.mark.django_db
def test_a_link_dies_after_seven_days_to_the_second() -> None:
    people = team()
    link, week = invited(people["sam"]), NIGHT + timedelta(days=7)
    assert questions.invitation(week - timedelta(seconds=1), link) is not None
    assert questions.invitation(week, link) is None
    with pytest.raises(InvitationOver):
        actions.accept(week, link, "sam")


@pytest.mark.django_db
def test_a_second_invitation_ends_the_first_and_nobody_elses() -> None:
    people = team()
    for_roles = actions.invite(NIGHT, Guest(roles=frozenset({Role.OPERATOR})), by=MARIA)
    first, to_ines, second = (invited(people[name]) for name in ("sam", "ines", "sam"))
    more_roles = actions.invite(NIGHT, Guest(roles=frozenset({Role.COORDINATOR})), by=MARIA)
    assert questions.invitation(NIGHT, first) is None
    assert all(questions.invitation(NIGHT, link) for link in (for_roles, to_ines, second, more_roles))


@pytest.mark.django_db
def test_new_ways_for_sam_clear_his_old_ones_and_sign_him_out_and_leave_ines_in_peace() -> None:
    people = team()
    sam, ines = has_account(helper="sam"), has_account(helper="ines")
    keys = apps.get_model("mfa", "Authenticator")
    for account in (sam, ines):
        keys.objects.create(user=account, type="webauthn", data={})
    sams, hers = signed_in_as("sam"), signed_in_as("ines")
    seen = questions.invitation(NIGHT, link := invited(people["sam"]))
    assert seen is not None
    assert (seen.account, seen.is_for_new_ways) == ("sam", True)
    assert actions.accept(NIGHT, link).pk == sam.pk
    assert list(keys.objects.values_list("user", flat=True)) == [ines.pk]
    assert not SignedIn.objects.filter(mark=sams).exists()
    assert SignedIn.objects.filter(mark=hers).exists()
    assert not Account.objects.get(pk=sam.pk).has_usable_password()


@pytest.mark.django_db
def test_nobody_is_invited_who_was_taken_off_the_roster() -> None:
    people = team()
    Helper.objects.filter(key="sam").update(removed_at=NIGHT)
    with pytest.raises(NobodyToInvite):
        invited(people["sam"])
    assert questions.helper_with("sam") is None
    assert questions.helper_with(" ines ") == Helper.objects.get(key="ines")


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "trouble"), [(" Maria ", NameTaken), ("m", NameNotGood), ("two words", NameNotGood)])
def test_a_name_is_one_word_that_nobody_has(name: str, trouble: type[Exception]) -> None:
    people = team()
    maria = has_account(name="maria", role=Role.COORDINATOR)
    link = invited(people["sam"])
    with pytest.raises(trouble):
        actions.accept(NIGHT, link, name)
    assert questions.invitation(NIGHT, link) is not None  # it may be tried again
    assert questions.account_with(" MARIA ") == maria.pk
    assert questions.account_with("sam") is None


@pytest.mark.django_db
def test_who_was_invited_and_whose_link_was_taken_back_stands_in_the_log_book() -> None:
    people = team()
    link, to_ines = invited(people["sam"]), invited(people["ines"])
    lead = has_account(name="lead", role=Role.CLINICAL_LEAD)
    actions.invite(NIGHT, Guest(account=lead.pk), by=MARIA)
    actions.invite(NIGHT, Guest(roles=frozenset({Role.OPERATOR})), by=MARIA)
    seen = questions.invitation(NIGHT, link)
    assert seen is not None
    actions.take_back(NIGHT, seen.id, by=MARIA)
    assert questions.invitation(NIGHT, link) is None
    assert questions.invitation(NIGHT, to_ines) is not None
    assert written() == [
        (What.INVITED, log_book.helper(people["sam"])),
        (What.INVITED, log_book.helper(people["ines"])),
        (What.INVITED, log_book.account(lead.pk)),
        (What.INVITED, "roles"),
        (What.TOOK_BACK_INVITATION, log_book.helper(people["sam"])),
    ]


@pytest.mark.django_db
def test_a_coordinator_of_one_agency_sees_the_open_invitations_of_its_people_alone() -> None:
    people = team()
    invited(people["ines"], NIGHT - timedelta(days=7))
    for name in ("tess", "sam"):
        invited(people[name])
    actions.invite(NIGHT, Guest(roles=frozenset({Role.COORDINATOR})), by=MARIA)
    cedar = Me(2, "tom", roles=frozenset({Role.COORDINATOR}), agency=Helper.objects.get(key="sam").agency_id)
    assert [one.helper for one in questions.open_invitations(NIGHT, me=cedar)] == ["Sam"]
    seen = questions.open_invitations(NIGHT, me=THE_TEAM)
    assert [one.helper for one in seen] == ["Tess", "Sam", ""]
    assert [one.roles for one in seen] == [(), (), (Role.COORDINATOR,)]


@pytest.mark.django_db
def test_what_somebody_may_do_already_is_known_before_they_are_invited() -> None:
    people = team()
    sam = has_account(helper="sam", role=Role.CLINICAL_LEAD)
    has_account(name="olga", role=Role.OPERATOR)
    assert questions.roles_held(Guest(helper=people["sam"])) == {Role.CLINICAL_LEAD}
    assert questions.roles_held(Guest(account=sam.pk)) == {Role.CLINICAL_LEAD}
    assert questions.roles_held(Guest(helper=people["ines"])) == frozenset()
    assert questions.roles_held(Guest(roles=frozenset({Role.OPERATOR}))) == frozenset()
    assert questions.agency_of(Guest(helper=people["tess"])) == Helper.objects.get(key="tess").agency_id
    assert questions.agency_of(Guest(account=sam.pk)) is None


@pytest.mark.django_db
def test_whoever_was_taken_off_the_roster_helps_no_more_and_keeps_what_else_they_may_do() -> None:
    people = team()
    sam, ines = has_account(helper="sam", role=Role.COORDINATOR), has_account(helper="ines")
    assert questions.who_is(sam).roles == {Role.HELPER, Role.COORDINATOR}
    assert questions.who_is(sam).helper == people["sam"]
    Helper.objects.all().update(removed_at=NIGHT)
    assert questions.who_is(sam).roles == {Role.COORDINATOR}
    assert questions.who_is(sam).helper is None
    assert questions.who_is(ines).roles == frozenset()


@pytest.mark.django_db
def test_signing_out_everywhere_is_of_one_account_and_only_what_has_ended_is_forgotten() -> None:
    people = team()
    has_account(helper="sam")
    has_account(helper="ines")
    for name in ("sam", "sam", "ines"):
        signed_in_as(name)
    assert actions.sign_out_everywhere(NIGHT, Account.objects.get(name="sam").pk) == 2
    signed_in_as("sam", until=NIGHT)
    invited(people["sam"], NIGHT - timedelta(days=7))
    invited(people["ines"])
    assert actions.forget(NIGHT) == 2
    assert [one.account_id for one in SignedIn.objects.all()] == [Account.objects.get(name="ines").pk]
    assert [one.helper_id for one in Invitation.objects.all()] == [people["ines"]]


COORDINATOR, OPERATOR = frozenset({Role.COORDINATOR}), frozenset({Role.OPERATOR})
NOBODY = frozenset[Role]()


@pytest.mark.parametrize(
    ("me", "agency", "may"),
    [
        (Me(1, "maria", roles=COORDINATOR), None, True),
        (Me(1, "maria", roles=COORDINATOR), 7, True),
        (Me(1, "tom", roles=COORDINATOR, agency=7), 7, True),
        (Me(1, "tom", roles=COORDINATOR, agency=7), 8, False),
        (Me(1, "tom", roles=COORDINATOR, agency=7), None, False),
        (Me(1, "olga", roles=OPERATOR), 7, False),
        (Me(1, "sam", helper=4, roles=frozenset({Role.HELPER}), agency=7), 7, False),
    ],
)
def test_whom_a_coordinator_looks_after(me: Me, agency: int | None, may: bool) -> None:
    assert me.looks_after(agency) is may
    assert may_invite(me, Guest(helper=4), agency=agency, holds=NOBODY) is may


@pytest.mark.parametrize(
    ("guest", "agency", "holds"),
    [
        (Guest(account=9), None, NOBODY),
        (Guest(roles=COORDINATOR), None, NOBODY),
        (Guest(helper=4, roles=COORDINATOR), 7, NOBODY),
        (Guest(helper=4), 7, COORDINATOR),
        (Guest(roles=OPERATOR), 7, NOBODY),
    ],
)
def test_a_coordinator_of_one_agency_gives_no_role_and_renews_nobody_who_holds_one(
    guest: Guest, agency: int | None, holds: frozenset[Role]
) -> None:
    assert not may_invite(Me(1, "tom", roles=COORDINATOR, agency=7), guest, agency=agency, holds=holds)
    assert may_invite(THE_TEAM, guest, agency=agency, holds=holds) is (Role.OPERATOR not in guest.roles)
    assert not may_invite(THE_TEAM, guest, agency=agency, holds=OPERATOR)


def test_a_week_is_a_week() -> None:
    assert (NIGHT + actions.INVITATIONS_LAST).astimezone(UTC) == datetime(2026, 3, 11, 10, 4, tzinfo=UTC)
