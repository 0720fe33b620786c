"""Devices and the root key: enrolled by a helper, signed elsewhere, taken off at once; and what a seat keeps closed."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from stepitup.calls.models import Seat, WayIn
from stepitup.calls.told import Number, Told
from stepitup.door.answer_a_page.sitting import SEAT
from stepitup.ground import log_book, root_key
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.ground.errors import RootKeyClosed
from stepitup.ground.keys import fingerprint
from stepitup.ground.team import team
from stepitup.paging import carriers
from stepitup.roster.devices import actions, questions
from stepitup.roster.devices.models import Device
from stepitup.roster.devices.proof import holds, words_of_enrolling, words_of_seat
from stepitup.roster.models import Account, Helper, Way
from stepitup.roster.sign_in import actions as sign_in
from stepitup.roster.sign_in.errors import NotThatDevice
from stepitup.roster.sign_in.facts import Guest, Role
from stepitup.site.console import main
from tests.rooms.door_night import Rosa, demo_night
from tests.rooms.paging_house import FakeCarrier
from tests.rooms.team_door import has_account, signed_in

ROOT, _FILE = root_key.make("kettle gravel orchid", cost=2)
PASSPHRASE = "kettle gravel orchid tuesday"


class OwnDevice:
    """A phone with a key of its own, as WebCrypto makes and uses it."""

    def __init__(self) -> None:
        self._hidden = generate_private_key(SECP256R1())
        point = self._hidden.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.key = root_key.text(point)

    def signs(self, words: str) -> str:
        r, s = decode_dss_signature(self._hidden.sign(words.encode(), ECDSA(SHA256())))
        return root_key.text(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


@pytest.fixture
def night(db: None) -> Iterator[HandClock]:
    with demo_night() as hand, override_settings(TEAM=replace(team(), root_key=ROOT.public)):
        yield hand


def browser() -> Client:
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


def enrolled(account: int, name: str, *, signed: bool = True) -> OwnDevice:
    phone = OwnDevice()
    deed(actions.enrol, account, name="My phone", key=phone.key, proof=phone.signs(words_of_enrolling(name)))
    if signed:
        signature = ROOT.sign(name=name, key=phone.key)
        deed(actions.bring_signatures, {phone.key: signature}, root=ROOT.public, by=log_book.OPERATOR)
    return phone


# The root key


def test_a_root_key_opens_with_its_passphrase_and_with_no_other() -> None:
    root, file = root_key.make(PASSPHRASE, cost=2)
    assert root_key.open_file(file, PASSPHRASE).public == root.public
    for bytes_, passphrase in ((file, "another"), (b"{}", PASSPHRASE), (b"\xff", PASSPHRASE)):
        with pytest.raises(RootKeyClosed):
            root_key.open_file(bytes_, passphrase)


def test_a_signature_holds_for_this_name_this_key_and_this_root_alone() -> None:
    other, _file = root_key.make(PASSPHRASE, cost=2)
    signature = ROOT.sign(name="sam", key="K")
    assert root_key.is_signed(root=ROOT.public, name="sam", key="K", signature=signature)
    for changed in ({"name": "eve"}, {"key": "L"}, {"root": other.public}, {"signature": "no signature"}):
        said = {"root": ROOT.public, "name": "sam", "key": "K", "signature": signature, **changed}
        assert not root_key.is_signed(**said)


def test_make_and_sign_on_a_machine_without_a_house(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    key, asked, to, card = (tmp_path / name for name in ("root.key", "requests.json", "signatures.json", "card.svg"))
    monkeypatch.setattr("getpass.getpass", lambda _question: PASSPHRASE)
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": staticmethod(lambda: True)})())
    monkeypatch.setattr("stepitup.ground.root_key._COST", 2)
    monkeypatch.setattr(root_key.make, "__kwdefaults__", {"cost": 2})
    assert main(["root-key", "make", str(key), "--card", str(card)]) == 0
    said = capsys.readouterr().out
    public = said.partition('root_key = "')[2].partition('"')[0]
    assert root_key.fingerprint_of(public) in said
    assert key.stat().st_mode & 0o777 == 0o600
    assert card.read_text(encoding="utf-8").startswith("<?xml")
    phone = OwnDevice()
    devices = [{"name": "sam", "device": "My phone", "key": phone.key}, {"name": "eve", "device": "?", "key": "K"}]
    asked.write_text(json.dumps({"what": "stepitup device requests 1", "devices": devices}), encoding="utf-8")
    answers = iter(["yes", "no"])
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    assert main(["root-key", "sign", str(asked), "--key", str(key), "--to", str(to)]) == 0
    [one] = json.loads(to.read_text(encoding="utf-8"))["signatures"]
    assert root_key.is_signed(root=public, name="sam", **one)
    assert main(["root-key", "make", str(key)]) == 1, "never written over"
    assert main(["root-key", "sign", str(key), "--key", str(key)]) == 1
    assert "no file of waiting devices" in capsys.readouterr().err


# Enrolling


def test_a_device_that_does_not_hold_its_key_is_not_enrolled(night: HandClock) -> None:
    account, phone, other = has_account(helper="sam", name="sam"), OwnDevice(), OwnDevice()
    with pytest.raises(NotThatDevice):
        deed(actions.enrol, account.pk, name="x", key=phone.key, proof=other.signs(words_of_enrolling("sam")))
    for nonsense in ("", "AAAA", "\u00fc", "A" * 87):
        assert not holds(key=nonsense, words="w", proof=nonsense)


def test_sam_enrols_maria_takes_the_file_and_brings_the_signatures_in(night: HandClock) -> None:
    sams, marias, phone = browser(), browser(), OwnDevice()
    signed_in(sams, helper="sam", name="sam")
    signed_in(marias, role=Role.COORDINATOR)
    said = {"name": "My phone", "key": phone.key, "proof": phone.signs(words_of_enrolling("sam"))}
    assert sams.post("/team/devices", said, secure=True).status_code == 303
    assert "Waiting for the team’s root key." in sams.get("/team/devices", secure=True).text
    [asked] = json.loads(marias.get("/team/devices/requests.json", secure=True).content)["devices"]
    signature = ROOT.sign(name=asked["name"], key=asked["key"])
    told = {"what": "stepitup device signatures 1", "signatures": [{"key": asked["key"], "signature": signature}]}
    file = SimpleUploadedFile("signatures.json", json.dumps(told).encode())
    assert marias.post("/team/devices/team", {"signatures": file}, secure=True).status_code == 303
    assert "Enrolled: it opens" in sams.get("/team/devices", secure=True).text
    nonsense = marias.post("/team/devices/team", {"signatures": SimpleUploadedFile("x", b"\xff")}, secure=True)
    assert "That is no file of signatures" in nonsense.text


def test_a_signature_of_another_root_key_brings_nothing_in(night: HandClock) -> None:
    account = has_account(helper="sam", name="sam")
    phone, (other, _file) = enrolled(account.pk, "sam", signed=False), root_key.make("x", cost=2)
    signed = {phone.key: other.sign(name="sam", key=phone.key)}
    assert deed(actions.bring_signatures, signed, root=ROOT.public, by=log_book.OPERATOR) == (0, 1)


def test_a_lost_device_is_taken_off_by_its_owner_and_by_the_coordinator_but_by_nobody_elsewhere(
    night: HandClock,
) -> None:
    account = has_account(helper="sam", name="sam")
    enrolled(account.pk, "sam")
    marias, others = browser(), browser()
    signed_in(others, helper="ines")
    others.post("/team/devices", {"take_off": Device.objects.get().pk}, secure=True)
    assert Device.objects.exists()
    signed_in(marias, role=Role.COORDINATOR)
    marias.post("/team/devices/team", {"take_off": Device.objects.get().pk}, secure=True)
    assert not Device.objects.exists()
    enrolled(account.pk, "sam")
    sams = browser()
    signed_in(sams, helper="sam", name="sam")
    sams.post("/team/devices", {"take_off": Device.objects.get().pk}, secure=True)
    assert not Device.objects.exists()


def opens(account: Account, phone: OwnDevice) -> bool:
    """Whether this phone opens a seat of theirs now, and one that it opened before."""
    assert account.helper_id is not None
    proof, mark = phone.signs(words_of_seat("a seat")), {"seat_mark": "a seat", "root": ROOT.public}
    by_proof = questions.opens_seat(account.helper_id, key=phone.key, proof=proof, **mark)
    device = Device.objects.get(key=phone.key).pk
    again = questions.is_still_enrolled(device, helper=account.helper_id, root=ROOT.public)
    assert (by_proof == device) is again
    return again


def by_an_invitation(phone: Client, account: Account) -> None:
    secret = deed(sign_in.invite, Guest(account=account.pk), by=log_book.OPERATOR)
    phone.post(f"/team/invitation/{secret}", secure=True)


def by_a_recovery_code(phone: Client, account: Account) -> None:
    [code, *_more] = RecoveryCodes.activate(account).generate_codes()
    phone.post("/team/sign-in/recovery", {"name": account.name, "code": code}, secure=True)


def has_a_code_app(account: Account) -> str:
    account.set_password(PASSPHRASE)
    account.save()
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    return str(secret)


def by_passphrase_and(code: str, phone: Client, account: Account) -> str:
    phone.post("/team/sign-in", {"login": account.name, "password": PASSPHRASE}, secure=True)
    return str(phone.post("/team/sign-in/code", {"code": code}, secure=True)["Location"])


def by_a_recovery_code_after_the_passphrase(phone: Client, account: Account) -> None:
    has_a_code_app(account)
    [code, *_more] = RecoveryCodes.activate(account).generate_codes()
    assert by_passphrase_and(code, phone, account) == "/team/security"
    assert "You are signed in as sam" in phone.get("/team/", secure=True).text


def by_a_recovery_code_when_asked_again(phone: Client, account: Account) -> None:
    has_a_code_app(account)
    [code, *_more] = RecoveryCodes.activate(account).generate_codes()
    phone.force_login(account)
    assert phone.post("/team/security/again/code", {"code": code}, secure=True).status_code == 302


BACK_IN = [
    by_an_invitation,
    by_a_recovery_code,
    by_a_recovery_code_after_the_passphrase,
    by_a_recovery_code_when_asked_again,
]


@pytest.mark.parametrize("back_in", BACK_IN)
def test_after_a_lost_way_to_sign_in_no_device_opens_anything_until_its_owner_says_they_still_have_it(
    night: HandClock, back_in: Callable[[Client, Account], None]
) -> None:
    sam, ines = has_account(helper="sam", name="sam"), has_account(helper="ines", name="ines")
    old, other, hers = enrolled(sam.pk, "sam"), enrolled(sam.pk, "sam"), enrolled(ines.pk, "ines")
    assert all((opens(sam, old), opens(sam, other), opens(ines, hers)))
    sams = browser()
    back_in(sams, sam)
    assert [opens(sam, old), opens(sam, other), opens(ines, hers)] == [False, False, True]
    assert "sam" in questions.helpers_without_device(root=ROOT.public)
    marias = browser()
    signed_in(marias, role=Role.COORDINATOR)
    assert marias.get("/team/devices/team", secure=True).text.count("until they say that they still have it") == 2
    assert old.key not in marias.get("/team/devices/requests.json", secure=True).text, "the root key is not needed anew"
    signed_in(sams, helper="sam", name="sam")
    Authenticator.objects.create(user=sam, type=Authenticator.Type.WEBAUTHN, data={"name": "New", "credential": {}})
    assert "Say which of them you still have" in sams.get("/team/security", secure=True).text
    [has, lost] = [Device.objects.get(key=phone.key).pk for phone in (other, old)]
    read = sams.get("/team/devices", secure=True).text
    assert f'name="have_it" value="{has}"' in read
    sams.post("/team/devices", {"have_it": has}, secure=True)
    sams.post("/team/devices", {"take_off": lost}, secure=True)
    assert opens(sam, other)
    assert "Say which of them" not in sams.get("/team/security", secure=True).text
    assert "have_it" not in sams.get("/team/devices", secure=True).text


def test_the_code_of_the_code_app_puts_no_device_in_doubt(night: HandClock) -> None:
    sam, phone = has_account(helper="sam", name="sam"), browser()
    old, secret = enrolled(sam.pk, "sam"), has_a_code_app(sam)
    now = int(time.time()) // 30
    first, second = (str(format_hotp_value(hotp_value(secret, now + step))) for step in (0, 1))
    assert by_passphrase_and(first, phone, sam) == "/team/"
    assert phone.post("/team/security/again/code", {"code": second}, secure=True).status_code == 302
    assert opens(sam, old)


def test_nobody_says_of_anothers_device_that_they_have_it(night: HandClock) -> None:
    sam = has_account(helper="sam", name="sam")
    phone = enrolled(sam.pk, "sam")
    deed(actions.doubt_all, sam.pk)
    other = browser()
    signed_in(other, helper="ines")
    other.post("/team/devices", {"have_it": Device.objects.get().pk}, secure=True)
    assert not opens(sam, phone)


# The seat


class AtTheSeat:
    """Whoever took Rosa's call, with a phone in hand. She left a number, a place, and something to see."""

    def __init__(self, *, team_number: bool = True) -> None:
        rosa = Rosa(Told(shown=(SHOWN,), number=Number(NUMBER)))
        rosa.says_where(PLACE)
        self.phone = browser()
        self.phone.post(f"/p/{rosa.keys[0]}/acknowledge", {"press": "p" * 22}, secure=True)
        rosa.reads_the_limits()
        self.secret = self.phone.cookies[SEAT].value
        self.helper = Seat.objects.get().helper
        if not team_number:
            Helper.objects.update(team_number_sealed=None)
        self.rosa = rosa

    def sees(self, **press: str) -> str:
        return (self.phone.post("/seat", press, secure=True) if press else self.phone.get("/seat", secure=True)).text

    def proves(self, device: OwnDevice) -> int:
        said = {"key": device.key, "proof": device.signs(words_of_seat(fingerprint(self.secret)))}
        return self.phone.post("/seat/this-device", said, secure=True).status_code


NUMBER, AS_WRITTEN, PLACE, SHOWN = "+19705550173", "555‑0173", "Mile marker 41", "Cedar Mesa PD"


def test_on_a_phone_that_is_not_enrolled_what_a_caller_left_stays_closed_and_the_seat_does_not(
    night: HandClock,
) -> None:
    sits = AtTheSeat()
    screen = sits.sees()
    assert not any(left in screen for left in (NUMBER, AS_WRITTEN, PLACE, SHOWN))
    assert "We cannot see that it is enrolled with your team" in screen
    assert "They gave a number. This phone does not show it" in screen
    for still in ("I’m with them", "I can’t after all", "Suggest a chaplain"):
        assert still in screen
    assert sits.phone.post("/seat/joined", secure=True).status_code == 303
    assert "You are with them" in sits.sees()


def test_it_opens_on_their_own_device_and_closes_at_once_when_that_is_taken_off(night: HandClock) -> None:
    sits = AtTheSeat()
    account = has_account(helper=sits.helper.key, name="sam")
    assert sits.proves(enrolled(account.pk, "sam")) == 204
    screen = sits.sees()
    assert all(left in screen for left in (NUMBER, PLACE, SHOWN))
    deed(actions.remove, Device.objects.get().pk, by=log_book.OPERATOR)
    assert PLACE not in sits.sees()


def test_the_device_of_a_closed_account_proves_nothing(night: HandClock) -> None:
    sits = AtTheSeat()
    account = has_account(helper=sits.helper.key, name="sam")
    phone = enrolled(account.pk, "sam")
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert sits.proves(phone) == 403, "a yes would have its screen look again for ever"


def test_it_opens_on_no_device_of_another_helper_on_none_that_waits_and_for_no_borrowed_proof(night: HandClock) -> None:
    sits = AtTheSeat()
    other = Helper.objects.exclude(pk=sits.helper.pk).first()
    assert other is not None
    theirs = enrolled(has_account(helper=other.key, name="eve").pk, "eve")
    assert sits.proves(theirs) == 403
    mine = has_account(helper=sits.helper.key, name="sam")
    assert sits.proves(enrolled(mine.pk, "sam", signed=False)) == 403
    borrowed = {"key": theirs.key, "proof": theirs.signs(words_of_seat(fingerprint("another seat")))}
    assert sits.phone.post("/seat/this-device", borrowed, secure=True).status_code == 403
    sits.phone.cookies["__Host-device"] = f"{Device.objects.first().pk}.guessed"  # type: ignore[union-attr]
    assert PLACE not in sits.sees()


def test_where_nothing_else_brings_the_two_together_the_number_is_shown(night: HandClock) -> None:
    screen = AtTheSeat(team_number=False).sees()
    assert NUMBER in screen
    assert PLACE not in screen


def test_where_the_house_can_ring_both_the_ring_is_offered_and_the_number_stays_closed(night: HandClock) -> None:
    sits = AtTheSeat(team_number=False)
    with carriers.use(FakeCarrier("voice")):
        Way.objects.filter(helper=sits.helper).update(carrier="voice", unreachable_since=None)
        screen = sits.sees()
    assert "Ring us both, without our numbers" in screen
    assert NUMBER not in screen


def test_if_they_do_not_answer_the_screen_says_that_the_number_is_closed_not_that_there_is_none(
    night: HandClock,
) -> None:
    screen = AtTheSeat().phone.get("/seat/gone", secure=True).text
    assert "They gave a number. This phone does not show it" in screen
    assert "They gave no number" not in screen


def test_the_seat_is_carried_to_the_enrolled_phone_once_and_stays_on_this_one(night: HandClock) -> None:
    sits, own = AtTheSeat(), browser()
    account = has_account(helper=sits.helper.key, name="sam")
    shown = sits.phone.post("/seat/elsewhere", secure=True).text
    [link] = set(re.findall(r"/s/[\w-]+", shown))
    own.get(link, secure=True)
    own.post(link, {"press": "q" * 22}, secure=True)
    assert PLACE not in own.get("/seat", secure=True).text
    own_device = enrolled(account.pk, "sam")
    said = {"key": own_device.key, "proof": own_device.signs(words_of_seat(fingerprint(sits.secret)))}
    assert own.post("/seat/this-device", said, secure=True).status_code == 204
    assert PLACE in own.get("/seat", secure=True).text
    assert PLACE not in sits.sees()
    assert "opens nothing any more" in browser().post(link, {"press": "r" * 22}, secure=True).text


def test_nobody_without_a_seat_and_no_other_site_is_given_such_a_link(night: HandClock) -> None:
    sits = AtTheSeat()
    assert browser().post("/seat/elsewhere", secure=True).status_code == 404
    elsewhere = sits.phone.post("/seat/elsewhere", secure=True, headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 403
    assert not WayIn.objects.exists()


def test_a_browser_without_cookies_is_told_why_it_stays_closed_and_how_to_go_on(night: HandClock) -> None:
    sits = AtTheSeat()
    screen = browser().post("/seat", {"seat": sits.secret}, secure=True).text
    assert "This browser keeps no cookies." in screen
    assert "Go on at my enrolled phone" in screen
    shown = browser().post("/seat/elsewhere", {"seat": sits.secret}, secure=True).text
    assert "Open your seat on your other phone" in shown
    assert 'name="seat"' in shown, "the way back brings the secret too"


def test_a_device_without_a_key_or_enrolled_twice_is_told_so(night: HandClock) -> None:
    sams, phone = browser(), OwnDevice()
    signed_in(sams, helper="sam", name="sam")
    said = {"name": "My phone", "key": phone.key, "proof": phone.signs(words_of_enrolling("sam"))}
    sams.post("/team/devices", said, secure=True)
    assert "enrolled already. It stands in the list" in sams.post("/team/devices", said, secure=True).text
    assert "runs no script here" in sams.post("/team/devices", {"name": "x"}, secure=True).text


def test_where_a_life_is_in_danger_one_press_shows_where_they_are(night: HandClock) -> None:
    sits = AtTheSeat()
    assert "A life is in danger: show me where they are" in sits.sees()
    screen = sits.sees(in_danger="yes")
    assert PLACE in screen
    assert SHOWN not in screen


def test_a_program_is_no_enrolled_device(night: HandClock) -> None:
    sits = AtTheSeat()
    told = Client().get(f"/api/v1/seats/{sits.secret}").json()
    assert (told["number"], told["place"], told["shown"]) == (None, "", [])


def test_without_a_root_key_the_rule_is_not_on(night: HandClock) -> None:
    with override_settings(TEAM=replace(team(), root_key="")):
        screen = AtTheSeat().sees()
    assert all(left in screen for left in (NUMBER, PLACE, SHOWN))
    assert "enrolled with your team" not in screen


def test_who_has_no_signed_device_is_known(night: HandClock) -> None:
    [first, *others] = Helper.objects.values_list("key", flat=True)
    enrolled(has_account(helper=first, name="sam").pk, "sam")
    assert questions.helpers_without_device(root=ROOT.public) == sorted(others)
