"""Signing in by hand: invitations that die, passphrase and code, recovery codes, limits by name, a clock hours off."""

import hashlib
import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from stepitup.door.answer_a_page.sitting import SEAT
from stepitup.door.team.tries import Tries
from stepitup.ground import clock, log_book
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.roster import actions as roster
from stepitup.roster.models import Account, Helper, Invitation, SignedIn, Tried
from stepitup.roster.sign_in import actions, keeping, questions
from stepitup.roster.sign_in.errors import InvitationOver
from stepitup.roster.sign_in.facts import Guest, Me, Role
from stepitup.roster.sign_in.may_invite import may_invite
from tests.rooms.door_night import NIGHT
from tests.rooms.roster_builders import file_with, helper_in_file
from tests.rooms.side_by_side import side_by_side
from tests.rooms.team_door import has_account, signed_in
from tests.stories.the_disk import every_row

WORDS = "kettle gravel orchid tuesday"


@pytest.fixture(autouse=True)
def hand(db: None) -> Iterator[HandClock]:
    cache.clear()
    ours = HandClock(NIGHT)
    with clock.use(ours):
        deed(roster.import_roster, file_with(helper_in_file("sam"), helper_in_file("ines")))
        yield ours


def browser() -> Client:
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


def invited(guest: Guest | None = None) -> str:
    sam = Helper.objects.get(key="sam").pk
    return f"/team/invitation/{deed(actions.invite, guest or Guest(helper=sam), by=log_book.OPERATOR)}"


def secret_on(screen: str) -> str:
    found = re.search(r'class="receipt">([A-Z2-7]{32})<', screen)
    assert found is not None
    return found.group(1)


def code_for(secret: str, *, hours: float = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time() + hours * 3600) // 30)))


def with_passphrase(name: str) -> tuple[Account, str]:
    account, secret = has_account(helper=name), generate_totp_secret()
    account.set_password(WORDS)
    account.save()
    TOTP.activate(account, secret)
    return account, secret


def says_passphrase(client: Client, name: str = "sam", words: str = WORDS) -> str:
    answer = client.post("/team/sign-in", {"login": name, "password": words}, secure=True)
    return answer.headers.get("Location", "") or answer.text


# Invitations


def test_sam_comes_by_an_invitation_and_sets_up_a_code_app_and_a_passphrase() -> None:
    link, phone = invited(), browser()
    assert "This invitation is for Sam" in phone.get(link, secure=True).text
    assert phone.post(link, {"name": "Sam.K"}, secure=True)["Location"] == "/team/security"
    assert phone.get("/team/", secure=True)["Location"] == "/team/security", "first a way to sign in"
    secret = secret_on(phone.get("/team/security/code-app", secure=True).text)
    phone.post("/team/security/code-app", {"code": code_for(secret)}, secure=True)
    phone.post("/team/security/passphrase", {"passphrase": WORDS}, secure=True)
    codes = phone.get("/team/security/recovery-codes", secure=True).text
    assert len(re.findall(r"<li>\d{4} \d{4} \d{4}</li>", codes)) == 10
    assert "Set up. Both are asked for together." in phone.get("/team/security", secure=True).text
    assert "You are signed in as sam.k" in phone.get("/team/", secure=True).text
    assert "shown once already" in phone.get("/team/security/recovery-codes", secure=True).text


def test_a_link_works_once_and_looking_uses_nothing_up() -> None:
    link = invited()
    browser().get(link, secure=True)
    browser().post(link, {"name": "sam"}, secure=True)
    again = browser().post(link, {"name": "eve"}, secure=True)
    assert again.status_code == 404
    assert "This invitation is over" in again.text
    assert Account.objects.count() == 1


def test_a_link_dies_on_its_day_and_only_a_fingerprint_was_kept(hand: HandClock) -> None:
    link = invited()
    assert link.rpartition("/")[2] not in str(every_row())
    hand.wind(hours=24 * 7)
    assert browser().get(link, secure=True).status_code == 404
    deed(roster.forget)
    assert not Invitation.objects.exists()


def test_two_presses_at_once_make_one_account() -> None:
    secret = invited().rpartition("/")[2]
    deed(actions.accept, secret, "sam")
    with pytest.raises(InvitationOver):
        deed(actions.accept, secret, "sam2")


def test_a_new_invitation_ends_the_one_before() -> None:
    first = invited()
    invited()
    assert browser().get(first, secure=True).status_code == 404


@pytest.mark.parametrize("name", ["", "x", "sam and ines", "a" * 41, "<b>"])
def test_a_name_that_cannot_be_used_is_asked_for_again_and_the_link_lives(name: str) -> None:
    link = invited()
    answer = browser().post(link, {"name": name}, secure=True)
    assert answer.status_code == 422
    assert browser().get(link, secure=True).status_code == 200


def test_a_name_that_somebody_has_is_asked_for_again_in_any_case() -> None:
    has_account(helper="ines", name="ines")
    assert "signs in with this name already" in browser().post(invited(), {"name": "INES"}, secure=True).text


def test_a_lost_passkey_a_new_invitation_ends_the_old_ways_and_every_session() -> None:
    account, _secret = with_passphrase("sam")
    old = browser()
    signed_in(old, helper="sam")
    link = invited()
    assert "Set up new ways to sign in" in browser().get(link, secure=True).text
    browser().post(link, secure=True)
    assert not Authenticator.objects.exists()
    assert not Account.objects.get(pk=account.pk).has_usable_password()
    assert old.get("/team/", secure=True).status_code == 303


ANY_AGENCY, CEDAR, LARKSPUR = None, 1, 2


@pytest.mark.parametrize(
    ("mine", "guest", "agency", "holds", "may"),
    [
        (ANY_AGENCY, Guest(helper=7), CEDAR, frozenset(), True),
        (ANY_AGENCY, Guest(roles=frozenset({Role.COORDINATOR})), None, frozenset(), True),
        (ANY_AGENCY, Guest(roles=frozenset({Role.OPERATOR})), None, frozenset(), False),
        (ANY_AGENCY, Guest(account=3), None, frozenset({Role.OPERATOR}), False),
        (CEDAR, Guest(helper=7), CEDAR, frozenset(), True),
        (CEDAR, Guest(helper=7), LARKSPUR, frozenset(), False),
        (CEDAR, Guest(helper=7), CEDAR, frozenset({Role.COORDINATOR}), False),
        (CEDAR, Guest(helper=7, roles=frozenset({Role.COORDINATOR})), CEDAR, frozenset(), False),
        (CEDAR, Guest(account=3), None, frozenset(), False),
    ],
)
def test_an_invitation_never_reaches_above_whoever_makes_it(
    mine: int | None, guest: Guest, agency: int | None, holds: frozenset[Role], may: bool
) -> None:
    me = Me(1, "maria", roles=frozenset({Role.COORDINATOR}), agency=mine)
    assert may_invite(me, guest, agency=agency, holds=holds) is may
    assert not may_invite(Me(1, "sam", roles=frozenset({Role.HELPER})), guest, agency=agency, holds=holds)


def test_a_coordinator_invites_is_shown_the_link_once_and_takes_it_back() -> None:
    maria = browser()
    signed_in(maria, role=Role.COORDINATOR)
    shown = maria.post("/team/invitations", {"helper": "sam"}, secure=True).text
    link = re.search(r"/team/invitation/[\w-]+", shown)
    assert link is not None
    assert link.group() not in maria.get("/team/invitations", secure=True).text
    [waiting] = questions.open_invitations(clock.now(), me=Me(1, "maria"))
    maria.post("/team/invitations", {"take_back": waiting.id}, secure=True)
    assert browser().get(link.group(), secure=True).status_code == 404


# Signing in


def test_a_passphrase_alone_opens_nothing_and_with_the_code_it_does() -> None:
    _account, secret = with_passphrase("sam")
    phone = browser()
    assert says_passphrase(phone) == "/team/sign-in/code"
    assert phone.get("/team/", secure=True).status_code == 303
    phone.post("/team/sign-in/code", {"code": code_for(secret)}, secure=True)
    assert "You are signed in as sam" in phone.get("/team/", secure=True).text


def test_a_passphrase_whose_code_app_is_gone_opens_nothing() -> None:
    account, _secret = with_passphrase("sam")
    Authenticator.objects.filter(user=account).delete()
    phone = browser()
    assert says_passphrase(phone) == "/team/sign-in/recovery"
    assert phone.get("/team/", secure=True).status_code == 303


def test_an_unknown_name_and_a_wrong_passphrase_get_the_same_words() -> None:
    with_passphrase("sam")
    wrong, unknown = says_passphrase(browser(), words="no"), says_passphrase(browser(), name="nobody")
    same = "This name and this passphrase do not go together."
    assert same in wrong
    assert same in unknown


def test_the_sixth_try_for_one_name_waits_another_name_does_not_and_a_page_never() -> None:
    with_passphrase("sam")
    for _ in range(5):
        says_passphrase(browser(), words="wrong words entirely")
    assert "Answering a page needs no sign-in" in says_passphrase(browser())
    assert "tried too often" not in says_passphrase(browser(), name="ines", words="wrong")
    assert browser().get("/p/no-such-page", secure=True).status_code == 404
    assert SEAT not in browser().cookies


def test_a_code_of_a_clock_an_hour_off_is_refused_and_our_clock_is_told_and_a_recovery_code_needs_none() -> None:
    account, secret = with_passphrase("sam")
    codes = RecoveryCodes.activate(account).generate_codes()
    phone = browser()
    says_passphrase(phone)
    refused = phone.post("/team/sign-in/code", {"code": code_for(secret, hours=1)}, secure=True).text
    assert "Our machine’s clock says 10:04 UTC" in refused
    assert "recovery code, which need no clock" in refused
    phone.post("/team/sign-in/code", {"code": codes[0]}, secure=True)
    assert phone.get("/team/", secure=True).status_code == 200


def test_a_code_half_a_minute_late_still_fits() -> None:
    _account, secret = with_passphrase("sam")
    phone = browser()
    says_passphrase(phone)
    phone.post("/team/sign-in/code", {"code": code_for(secret, hours=-30 / 3600)}, secure=True)
    assert phone.get("/team/", secure=True).status_code == 200


def test_a_recovery_code_signs_in_once_and_leads_to_new_ways() -> None:
    account = has_account(helper="sam")
    [code, *_more] = RecoveryCodes.activate(account).generate_codes()
    phone = browser()
    said = {"name": "Sam ", "code": f"{code[:4]} {code[4:8]} {code[8:]}"}
    assert phone.post("/team/sign-in/recovery", said, secure=True)["Location"] == "/team/security"
    assert phone.get("/team/security/passkey", secure=True).status_code == 200
    assert "was used before" in browser().post("/team/sign-in/recovery", said, secure=True).text


def test_recovery_codes_are_counted_by_name_and_say_the_same_of_nobody() -> None:
    for _ in range(5):
        browser().post("/team/sign-in/recovery", {"name": "nobody", "code": "1"}, secure=True)
    assert (
        "tried too often" in browser().post("/team/sign-in/recovery", {"name": "nobody", "code": "1"}, secure=True).text
    )


def test_every_process_counts_the_same_also_after_a_start_and_the_minutes_pass(hand: HandClock) -> None:
    one, other = Tries("", {}), Tries("", {})
    assert one.add("a lock", value=True, timeout=10)
    assert not other.add("a lock", value=True, timeout=10)
    one.set("wrong tries of sam", [3.5, 1.5], timeout=300)
    assert other.get("wrong tries of sam") == [3.5, 1.5]
    assert "sam" not in str(Tried.objects.values_list())
    hand.wind(minutes=5)
    assert other.get("wrong tries of sam", "none") == "none"
    deed(roster.forget)
    assert not Tried.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_close_each_other_at_once_and_one_is_left() -> None:
    ana, lee = (has_account(role=Role.COORDINATOR, name=name).pk for name in ("ana", "lee"))
    side_by_side(*[lambda pk=pk: deed(keeping.close, pk, by=log_book.OPERATOR) for pk in (ana, lee)])
    assert Account.objects.filter(is_active=True, is_coordinator=True).count() == 1


# In one's own hands


def test_the_secrets_of_code_apps_and_recovery_codes_are_sealed_and_no_use_is_dated() -> None:
    account, secret = with_passphrase("sam")
    RecoveryCodes.activate(account)
    phone = browser()
    says_passphrase(phone)
    phone.post("/team/sign-in/code", {"code": code_for(secret)}, secure=True)
    assert secret not in str(every_row())
    assert not Authenticator.objects.exclude(last_used_at=None).exists()


def test_before_a_way_is_changed_who_they_are_is_asked_again() -> None:
    with_passphrase("sam")
    phone = browser()
    signed_in(phone, helper="sam")
    session = phone.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - 3600}]
    session["account_authentication_methods_user"] = str(Account.objects.get(name="sam").pk)
    session.save()
    asked = phone.get("/team/security/code-app/remove", secure=True)
    assert asked["Location"].startswith("/team/security/again/code")


def test_the_only_way_in_cannot_be_taken_off() -> None:
    account, secret = with_passphrase("sam")
    phone = browser()
    says_passphrase(phone)
    phone.post("/team/sign-in/code", {"code": code_for(secret)}, secure=True)
    assert "This is your only way in" in phone.post("/team/security/code-app/remove", secure=True).text
    assert Authenticator.objects.filter(user=account).exists()


def test_sign_out_everywhere_is_a_press_away() -> None:
    here, there = browser(), browser()
    signed_in(here, helper="sam")
    signed_in(there, helper="sam")
    here.post("/team/security/sign-out-everywhere", secure=True)
    assert not SignedIn.objects.exclude(account=None).exists()
    assert there.get("/team/", secure=True).status_code == 303


def test_no_name_is_kept_as_a_mark_that_can_be_guessed() -> None:
    assert hashlib.sha256(b"sam").hexdigest() not in str(every_row())
