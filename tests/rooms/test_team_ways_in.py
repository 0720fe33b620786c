"""Ways to sign in, in their owner's hands: what opens, what may go, and when somebody is asked again who they are."""

import base64
import time
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.cache import cache
from django.test import Client

from stepitup.door.team.adapters import AccountsHere, WaysHere
from stepitup.door.team.forms import InviteForm, PassphraseForm
from stepitup.door.team.sessions import SessionStore
from stepitup.door.team.tries import Tries
from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.errors import SealBroken
from stepitup.ground.keys import fingerprint
from stepitup.ground.seal import seal
from stepitup.roster import actions as roster
from stepitup.roster.models import Account, SignedIn, Tried
from stepitup.roster.sign_in.facts import Me, Role
from tests.rooms.door_night import NIGHT
from tests.rooms.roster_builders import CEDAR_IN_FILE, helper_in_file
from tests.rooms.team_door import has_account, signed_in

pytestmark = pytest.mark.only_on("sqlite")

WORDS = "kettle gravel orchid tuesday"
HERE = "/team/security"
METHODS, WHOSE = "account_authentication_methods", "account_authentication_methods_user"


@pytest.fixture(autouse=True)
def hand(db: None) -> Iterator[HandClock]:
    cache.clear()
    ours = HandClock(NIGHT)
    with clock.use(ours):
        deed(roster.import_roster, CEDAR_IN_FILE + helper_in_file("sam") + helper_in_file("ines"))
        yield ours


def browser() -> Client:
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


def passkey(account: Account, name: str) -> int:
    """A passkey that was set up on some phone."""
    kept = {"name": name, "credential": {}}
    return int(Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data=kept).pk)


def code_app(account: Account, *, passphrase: bool = True) -> None:
    TOTP.activate(account, generate_totp_secret())
    if passphrase:
        account.set_password(WORDS)
        account.save()


def sam() -> tuple[Account, Client]:
    phone = browser()
    return signed_in(phone, helper="sam"), phone


def said_who_they_are(phone: Client, account: Account, *, minutes_ago: float | None) -> None:
    session = phone.session
    session[METHODS] = [] if minutes_ago is None else [{"method": "mfa", "at": time.time() - minutes_ago * 60}]
    session[WHOSE] = str(account.pk)
    session.save()


def at(phone: Client, address: str) -> str:
    """What a screen says, or where it sends somebody."""
    answer = phone.get(address, secure=True)
    return answer.headers.get("Location", "") or answer.text


def press(phone: Client, address: str, **said: str) -> str:
    answer = phone.post(address, said, secure=True)
    return answer.headers.get("Location", "") or answer.text


# Taking one off


def test_the_only_passkey_stays_and_of_two_one_goes() -> None:
    account, phone = sam()
    one = passkey(account, "Sam’s phone")
    said_who_they_are(phone, account, minutes_ago=1)
    assert "This is your only way in" in press(phone, f"{HERE}/passkey/{one}/remove")
    other = passkey(account, "Key ring")
    assert "Take off “Key ring”?" in at(phone, f"{HERE}/passkey/{other}/remove")
    assert press(phone, f"{HERE}/passkey/{other}/remove") == HERE
    assert list(Authenticator.objects.values_list("pk", flat=True)) == [one]


def test_the_only_passkey_may_go_where_a_passphrase_and_its_code_app_stand_beside_it() -> None:
    account, phone = sam()
    one = passkey(account, "Sam’s phone")
    code_app(account, passphrase=False)
    said_who_they_are(phone, account, minutes_ago=1)
    assert "only way in" in press(phone, f"{HERE}/passkey/{one}/remove"), "a code app alone opens nothing"
    account.set_password(WORDS)
    account.save()
    phone.force_login(account)
    said_who_they_are(phone, account, minutes_ago=1)
    press(phone, f"{HERE}/passkey/{one}/remove")
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()


def test_the_passkey_of_somebody_else_is_not_there() -> None:
    account, phone = sam()
    passkey(account, "One")
    passkey(account, "Two")
    theirs = passkey(has_account(helper="ines"), "Ines")
    said_who_they_are(phone, account, minutes_ago=1)
    assert press(phone, f"{HERE}/passkey/{theirs}/remove") == HERE
    assert Authenticator.objects.filter(pk=theirs).exists()


def test_with_the_code_app_goes_the_passphrase_that_opens_nothing_without_it() -> None:
    account, phone = sam()
    passkey(account, "Sam’s phone")
    code_app(account)
    phone.force_login(account)
    said_who_they_are(phone, account, minutes_ago=1)
    assert press(phone, f"{HERE}/code-app/remove") == HERE
    assert not Account.objects.get(pk=account.pk).has_usable_password()
    assert "How you sign in" in at(phone, HERE), "and he is still signed in"


# Setting one up


def newcomer(account: Account) -> Client:
    """Just come by an invitation."""
    phone = browser()
    phone.force_login(account)
    session = phone.session
    session["setting up"] = True
    session.save()
    return phone


def test_a_code_app_alone_is_no_way_in_and_the_passphrase_is_asked_for_next() -> None:
    account = has_account(helper="sam")
    phone = newcomer(account)
    assert at(phone, f"{HERE}/passphrase") == f"{HERE}/code-app", "a passphrase comes second"
    code_app(account, passphrase=False)
    assert "It needs a passphrase beside it" in at(phone, HERE)
    assert at(phone, "/team/") == HERE, "nothing is whole yet"
    assert "Choose a passphrase" in at(phone, f"{HERE}/passphrase")
    press(phone, f"{HERE}/passphrase", passphrase=WORDS)
    at(phone, HERE)
    assert "You are signed in as sam" in at(phone, "/team/")


def test_after_the_code_app_comes_the_passphrase() -> None:
    with patch("allauth.mfa.totp.internal.auth.validate_totp_code", return_value=True):
        phone = newcomer(has_account(helper="sam"))
        at(phone, f"{HERE}/code-app")
        assert press(phone, f"{HERE}/code-app", code="123456") == f"{HERE}/passphrase"


@pytest.mark.parametrize("words", ["too short", "1q2w3e4r5t6y7u8i9o0p"])
def test_a_passphrase_that_is_short_or_everybodys_is_asked_for_again(words: str) -> None:
    account, phone = sam()
    code_app(account)
    phone.force_login(account)
    said_who_they_are(phone, account, minutes_ago=1)
    answer = phone.post(f"{HERE}/passphrase", {"passphrase": words}, secure=True)
    assert answer.status_code == 422
    assert Account.objects.get(pk=account.pk).check_password(WORDS)


def test_a_passphrase_is_kept_as_it_was_typed() -> None:
    form = PassphraseForm({"passphrase": f" {WORDS} "})
    assert form.is_valid()
    assert form.cleaned_data["passphrase"] == f" {WORDS} "


def test_nobody_makes_an_account_without_an_invitation_and_a_code_app_shows_a_word_that_says_nothing() -> None:
    assert not AccountsHere().is_open_for_signup(browser().get("/team/sign-in", secure=True).wsgi_request)
    assert WaysHere().get_totp_issuer() == "Team"


# Who are you? once more

CHANGES = (f"{HERE}/passphrase", f"{HERE}/code-app/remove", f"{HERE}/passkey/1/remove", f"{HERE}/recovery-codes/new")


@pytest.mark.parametrize("address", CHANGES)
@pytest.mark.parametrize("minutes_ago", [6, None])
def test_before_a_way_is_changed_whoever_did_not_just_say_who_they_are_is_asked(
    address: str, minutes_ago: float | None
) -> None:
    account, phone = sam()
    code_app(account)
    phone.force_login(account)
    said_who_they_are(phone, account, minutes_ago=minutes_ago)
    assert at(phone, address).startswith(f"{HERE}/again/code")
    passkey(account, "Sam’s phone")
    assert at(phone, address).startswith(f"{HERE}/again/passkey"), "a passkey is asked for first"


@pytest.mark.parametrize("address", CHANGES)
def test_within_five_minutes_nobody_is_asked_again(address: str) -> None:
    account, phone = sam()
    code_app(account)
    phone.force_login(account)
    said_who_they_are(phone, account, minutes_ago=4)
    assert f"{HERE}/again" not in at(phone, address)


def test_a_newcomer_is_not_asked_for_a_way_that_is_half_set_up() -> None:
    account = has_account(helper="sam")
    code_app(account, passphrase=False)
    phone = newcomer(account)
    said_who_they_are(phone, account, minutes_ago=60)
    assert "Choose a passphrase" in at(phone, f"{HERE}/passphrase")


def test_whoever_has_no_way_that_could_be_asked_for_is_not_asked() -> None:
    account, phone = sam()
    said_who_they_are(phone, account, minutes_ago=60)
    assert "passkey" in at(phone, f"{HERE}/passkey")
    for again in ("code", "passkey"):
        assert at(phone, f"{HERE}/again/{again}") == HERE


def test_a_recovery_code_says_who_somebody_is_for_the_minutes_in_which_they_set_up_a_new_way() -> None:
    account = has_account(helper="sam")
    code_app(account)
    [code, *_more] = RecoveryCodes.activate(account).generate_codes()
    phone = browser()
    assert press(phone, "/team/sign-in/recovery", name="sam", code=code) == HERE
    assert "Choose a passphrase" in at(phone, f"{HERE}/passphrase"), "not asked for the app that was lost"


# Words at the door


def test_a_recovery_code_opens_no_account_that_was_closed() -> None:
    account = has_account(helper="sam")
    [code, *_more] = RecoveryCodes.activate(account).generate_codes()
    Account.objects.filter(pk=account.pk).update(is_active=False)
    answer = browser().post("/team/sign-in/recovery", {"name": "sam", "code": code}, secure=True)
    assert answer.status_code == 422
    assert "do not go together" in answer.text


def test_a_closed_account_is_out_in_each_browser_where_it_was_signed_in() -> None:
    account, phone = sam()
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert at(phone, "/team/") == "/team/sign-in?next=/team/"


def test_the_screens_for_a_bad_moment_say_so_to_a_program_too() -> None:
    closed = browser().get("/team/sign-in/closed", secure=True)
    assert (closed.status_code, "This account is closed" in closed.text) == (403, True)
    unknown = browser().post("/team/sign-in/passkey", {"credential": "{}"}, secure=True)
    assert (unknown.status_code, "That passkey did not open your account" in unknown.text) == (422, True)
    wrong = browser().post("/team/sign-in", {"login": "sam", "password": "no"}, secure=True)
    assert wrong.status_code == 422


def test_a_press_by_a_stranger_is_not_repeated_after_signing_in() -> None:
    assert press(browser(), "/team/people/new", display_name="Eve") == "/team/sign-in"


def invites(me: Me, **said: str) -> dict[str, list[str]]:
    return {field: [str(word) for word in words] for field, words in InviteForm(said, me=me).errors.items()}


def test_whoever_invites_nobody_we_know_hears_in_words_what_did_not_fit() -> None:
    maria = Me(1, "maria", roles=frozenset({Role.COORDINATOR}))
    assert invites(maria) == {"__all__": ["Say whom you invite: a helper, or a role for somebody new."]}
    assert invites(maria, helper="nobody") == {"helper": ["Nobody on the roster has this short word."]}
    assert invites(maria, account="nobody") == {"account": ["Nobody signs in with this name."]}
    assert invites(maria, helper="sam") == {}


def test_whoever_looks_after_one_agency_is_offered_no_role_and_no_account_to_invite() -> None:
    assert set(InviteForm(me=Me(1, "maria", roles=frozenset({Role.COORDINATOR}), agency=1)).fields) == {"helper"}


# Sessions and tries


def test_a_sign_in_ends_half_a_day_after_it_began_however_busy_it_was(hand: HandClock) -> None:
    account, phone = sam()
    for _hour in range(11):
        hand.wind(hours=1)
        said_who_they_are(phone, account, minutes_ago=0)
    hand.wind(hours=1)
    assert at(phone, "/team/") == "/team/sign-in?next=/team/"


def test_a_stranger_has_a_quarter_of_an_hour_for_signing_in(hand: HandClock) -> None:
    phone = browser()
    phone.get("/team/sign-in/passkey", secure=True)
    [row] = SignedIn.objects.all()
    assert row.account is None
    assert (row.ends_at - hand.now()).total_seconds() == 15 * 60


@pytest.mark.parametrize("kept", [b"of another key", None])
def test_a_session_that_cannot_be_opened_is_none(kept: bytes | None) -> None:
    _account, phone = sam()
    SignedIn.objects.update(sealed=kept or seal("signed in", ["no", "session"]))
    assert at(phone, "/team/") == "/team/sign-in?next=/team/"
    store = SessionStore(phone.cookies[settings.SESSION_COOKIE_NAME].value)
    assert store.load() == {}
    assert store.session_key is None, "and its secret is not used for another"


def test_signed_out_elsewhere_while_a_screen_was_being_drawn() -> None:
    _account, phone = sam()
    with patch("django.contrib.sessions.middleware.SessionMiddleware.process_response", side_effect=SessionInterrupted):
        assert at(phone, HERE) == "/team/sign-in"


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_nothing_that_could_change_anything_comes_from_another_site(method: str) -> None:
    answer = getattr(browser(), method)("/team/sign-out", secure=True, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_tries_that_have_passed_are_gone_with_the_next_and_a_name_is_no_mark_without_the_site_key(
    hand: HandClock,
) -> None:
    tries = Tries("", {})
    tries.set("wrong tries of sam", [1.5], timeout=300)
    marks = list(Tried.objects.values_list("mark", flat=True))
    assert fingerprint(tries.make_key("wrong tries of sam")) not in marks
    assert fingerprint("wrong tries of sam") not in marks
    hand.wind(minutes=6)
    tries.add("another", value=True, timeout=10)
    assert Tried.objects.count() == 1


def test_tries_under_another_site_key_count_for_nothing() -> None:
    tries = Tries("", {})
    tries.set("wrong tries of sam", [1.5], timeout=300)
    with patch("stepitup.door.team.tries.unseal", side_effect=SealBroken):
        assert tries.get("wrong tries of sam", "none") == "none"


def test_the_secret_of_a_code_app_is_sealed() -> None:
    sealed = WaysHere().encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY" not in base64.b64decode(sealed).decode("latin-1")
    assert WaysHere().decrypt(sealed) == "JBSWY3DPEHPK3PXP"
