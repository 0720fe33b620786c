"""Devices in the room itself: what Sam enrolled, signed and took off is Sam's, and opens no seat but his own."""

import pytest

from stepitup.ground import log_book
from stepitup.ground.log_book import What
from stepitup.roster import actions as roster
from stepitup.roster.devices import actions, questions
from stepitup.roster.devices.models import Device
from stepitup.roster.devices.proof import words_of_enrolling, words_of_seat
from stepitup.roster.models import Account, Helper
from stepitup.roster.sign_in.errors import NotThatDevice
from stepitup.roster.sign_in.facts import Me, Role
from tests.rooms.roster_builders import NIGHT, file_with, helper_in_file
from tests.rooms.team_door import has_account
from tests.rooms.test_team_devices import ROOT, OwnDevice

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

MARIA = log_book.account(1)
LARKSPUR = '\n[[agency]]\nkey = "larkspur"\nname = "Larkspur Fire"\ntime_zone = "America/Denver"\n'


def sam_and_tess() -> tuple[Account, Account]:
    """Sam of Cedar Mesa and Tess of Larkspur, each with an account."""
    file = file_with(helper_in_file("sam"), helper_in_file("tess", 'agency = "larkspur"'), helper_in_file("earl"))
    assert roster.import_roster(NIGHT, file + LARKSPUR).is_good
    return has_account(helper="sam"), has_account(helper="tess")


def enrols(account: Account, phone: OwnDevice | None = None, *, name: str = "My phone") -> OwnDevice:
    phone = phone or OwnDevice()
    actions.enrol(NIGHT, account.pk, name=name, key=phone.key, proof=phone.signs(words_of_enrolling(account.name)))
    return phone


def signs(*devices: tuple[Account, OwnDevice]) -> tuple[int, int]:
    said = {phone.key: ROOT.sign(name=account.name, key=phone.key) for account, phone in devices}
    return actions.bring_signatures(NIGHT, said, root=ROOT.public, by=MARIA)


def number_of(phone: OwnDevice) -> int:
    return Device.objects.get(key=phone.key).pk


def written() -> list[str]:
    return [line.what for line in log_book.entries(2026)][1:]


def test_one_key_is_one_device_whoever_brings_it() -> None:
    sam, tess = sam_and_tess()
    phone = enrols(sam)
    for owner in (sam, tess):
        with pytest.raises(NotThatDevice):
            enrols(owner, phone)


def test_each_helper_has_ten_devices_at_most() -> None:
    sam, tess = sam_and_tess()
    for _phone in range(10):
        enrols(sam)
    with pytest.raises(NotThatDevice):
        enrols(sam)
    enrols(tess)
    assert Device.objects.count() == 11


@pytest.mark.parametrize(("typed", "kept"), [("  My phone ", "My phone"), ("  ", "device"), ("x" * 99, "x" * 40)])
def test_a_device_is_called_what_its_owner_calls_it(typed: str, kept: str) -> None:
    sam, _tess = sam_and_tess()
    enrols(sam, name=typed)
    assert Device.objects.get().name == kept


def test_what_was_signed_is_brought_in_once_and_stands_in_the_log_book() -> None:
    sam, tess = sam_and_tess()
    his, hers, stranger = enrols(sam), enrols(tess), OwnDevice()
    assert signs((sam, his), (sam, stranger)) == (1, 1)
    assert [one.is_signed for one in questions.devices_of(sam.pk, root=ROOT.public)] == [True]
    assert [one.is_signed for one in questions.devices_of(tess.pk, root=ROOT.public)] == [False]
    assert signs((sam, his)) == (0, 1)
    assert actions.bring_signatures(NIGHT, {hers.key: "nonsense"}, root=ROOT.public, by=MARIA) == (0, 1)
    assert written() == [What.SIGNED_DEVICES]


def test_sam_takes_off_the_device_he_means_and_no_other() -> None:
    sam, tess = sam_and_tess()
    lost, kept, hers = enrols(sam), enrols(sam), enrols(tess)
    actions.remove_own(NIGHT, sam.pk, number_of(lost))
    actions.remove_own(NIGHT, sam.pk, number_of(hers))
    assert set(Device.objects.values_list("key", flat=True)) == {kept.key, hers.key}


def test_a_coordinator_takes_one_device_off_and_it_is_written_down() -> None:
    sam, tess = sam_and_tess()
    lost, hers = enrols(sam), enrols(tess)
    actions.remove(NIGHT, number_of(lost), by=MARIA)
    assert list(Device.objects.values_list("key", flat=True)) == [hers.key]
    assert [(one.what, one.about) for one in log_book.entries(2026)][1:] == [
        (What.REMOVED_DEVICE, log_book.account(sam.pk))
    ]


def test_a_seat_opens_on_a_signed_device_of_its_helper_with_a_proof_for_this_very_seat() -> None:
    sam, tess = sam_and_tess()
    his, new, hers = enrols(sam), enrols(sam), enrols(tess)
    signs((sam, his), (tess, hers))

    def opens(phone: OwnDevice, proof_by: OwnDevice, proof_for: str = "mark") -> int | None:
        proof = proof_by.signs(words_of_seat(proof_for))
        return questions.opens_seat(sam.helper_id or 0, root=ROOT.public, key=phone.key, seat_mark="mark", proof=proof)

    assert opens(his, his) == number_of(his)
    assert opens(his, his, "another seat") is None
    assert opens(his, new) is None
    assert opens(new, new) is None  # nobody signed it yet
    assert opens(hers, hers) is None


def test_a_device_stays_enrolled_for_its_own_helper_while_it_is_signed_and_the_account_is_open() -> None:
    sam, tess = sam_and_tess()
    his, new = enrols(sam), enrols(sam)
    signs((sam, his))
    sams, hers = sam.helper_id or 0, tess.helper_id or 0

    def stands(phone: OwnDevice, helper: int = sams, root: str = ROOT.public) -> bool:
        return questions.is_still_enrolled(number_of(phone), helper=helper, root=root)

    assert stands(his)
    assert [stands(new), stands(his, hers), stands(his, root=new.key)] == [False, False, False]
    Account.objects.filter(pk=sam.pk).update(is_active=False)
    assert not stands(his)


def test_whoever_has_no_signed_device_is_named_and_nobody_who_was_taken_off() -> None:
    sam, tess = sam_and_tess()
    has_account(name="maria", role=Role.COORDINATOR)
    enrols(Account.objects.get(name="maria"))
    enrols(tess)
    signs((sam, enrols(sam)))
    assert questions.helpers_without_device(root=ROOT.public) == ["earl", "tess"]
    Helper.objects.filter(key="earl").update(removed_at=NIGHT)
    assert questions.helpers_without_device(root=ROOT.public) == ["tess"]


def test_a_coordinator_of_one_agency_sees_the_devices_of_its_people_alone() -> None:
    sam, tess = sam_and_tess()
    maria = has_account(name="maria", role=Role.COORDINATOR)
    for account in (sam, tess, maria):
        enrols(account)
    everybody = Me(maria.pk, "maria", roles=frozenset({Role.COORDINATOR}))
    cedar = Me(9, "tom", roles=frozenset({Role.COORDINATOR}), agency=Helper.objects.get(key="sam").agency_id)
    assert {one.whose for one in questions.devices_looked_after(everybody, root="")} == {"sam", "tess", "maria"}
    assert {one.whose for one in questions.devices_looked_after(cedar, root="")} == {"sam"}


def test_whoever_has_no_signed_device_of_an_open_account_is_named_for_the_operator() -> None:
    sam, tess = sam_and_tess()
    signs((sam, enrols(sam)), (tess, enrols(tess)))
    assert questions.helpers_without_device(root=ROOT.public) == ["earl"]
    Account.objects.filter(pk=tess.pk).update(is_active=False)
    assert questions.helpers_without_device(root=ROOT.public) == ["earl", "tess"], "a closed account opens nothing"
    Device.objects.update(in_doubt=True)
    assert questions.helpers_without_device(root=ROOT.public) == ["earl", "sam", "tess"]
