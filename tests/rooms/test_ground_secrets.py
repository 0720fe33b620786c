"""Keys, seals and the receipt: what the database holds opens nothing, and a slip of the pen is told from a thief."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from stepitup.ground import keys, receipt
from stepitup.ground.errors import MistypedReceipt, SealBroken, SiteKeyMissing
from stepitup.ground.keys import fingerprint, make_site_key, new_id, number_mark, secret_for
from stepitup.ground.receipt import mark_of, nearest, words_for
from stepitup.ground.seal import Json, seal, unseal
from stepitup.ground.unkind_words import UNKIND

pytestmark = pytest.mark.only_on("sqlite")

CALL = UUID("11111111-2222-4333-8444-555555555555")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda within: st.lists(within, max_size=4) | st.dictionaries(st.text(), within, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def known_key(tmp_path: Path) -> Iterator[Path]:
    """A house whose key is the same in every run, so that what is counted is counted alike."""
    file = tmp_path / "site-key"
    file.write_text("ab" * 32, encoding="ascii")
    with override_settings(SITE_KEY_FILE=file):
        yield file


# --- keys ------------------------------------------------------------------------------------------------------------


def test_a_secret_is_the_same_each_time_and_another_for_each_purpose_and_each_call() -> None:
    assert secret_for("call", CALL) == secret_for("call", CALL)
    assert len({secret_for(purpose, about) for purpose in ("call", "seat", "page") for about in (CALL, uuid4())}) == 6
    assert secret_for("ab", "c") != secret_for("a", "bc"), "purpose and id do not run into each other"


def test_a_secret_has_256_bits_and_goes_into_a_link_as_it_is() -> None:
    secret = secret_for("page", CALL)
    assert len(secret) == 43
    assert secret.replace("-", "").replace("_", "").isalnum()
    assert len(keys.bytes_for("page", CALL)) == 32


def test_another_house_has_other_secrets(known_key: Path, tmp_path: Path) -> None:
    ours = secret_for("call", CALL), number_mark("+13035550101")
    other = tmp_path / "other" / "site-key"
    make_site_key(other)
    with override_settings(SITE_KEY_FILE=other):
        assert secret_for("call", CALL) != ours[0]
        assert number_mark("+13035550101") != ours[1]
    assert (secret_for("call", CALL), number_mark("+13035550101")) == ours


def test_what_the_database_holds_of_a_secret_does_not_open_anything() -> None:
    secret = secret_for("call", CALL)
    assert secret not in fingerprint(secret)
    assert fingerprint(fingerprint(secret)) != fingerprint(secret)


def test_a_site_key_is_made_once_for_its_owner_alone_and_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "secrets" / "site-key"
    make_site_key(file)
    made = file.read_text(encoding="ascii")
    assert len(bytes.fromhex(made)) == 32
    assert file.stat().st_mode & 0o077 == 0
    make_site_key(file)
    assert file.read_text(encoding="ascii") == made


def test_a_house_without_its_key_says_where_it_looked(tmp_path: Path) -> None:
    with override_settings(SITE_KEY_FILE=tmp_path / "gone"), pytest.raises(SiteKeyMissing, match="gone"):
        secret_for("call", CALL)


def test_ids_are_never_the_same() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000


# --- seals -----------------------------------------------------------------------------------------------------------


@given(JSON)
def test_what_was_sealed_opens_as_it_was(value: Json) -> None:
    assert unseal("place", seal("place", value)) == value


@given(st.text(min_size=8, alphabet=st.characters(codec="ascii")))
def test_nothing_of_what_was_sealed_can_be_read(said: str) -> None:
    sealed = seal("place", said)
    assert json.dumps(said).encode() not in sealed
    assert seal("place", said) != sealed, "the same twice looks different"


def test_a_seal_for_one_purpose_opens_for_no_other() -> None:
    with pytest.raises(SealBroken, match="reach"):
        unseal("reach", seal("place", "the barn behind the station"))


def test_a_seal_that_was_changed_anywhere_does_not_open() -> None:
    sealed = seal("place", "the barn")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(SealBroken):
            unseal("place", bytes(changed))


def test_a_seal_that_was_cut_short_does_not_open() -> None:
    sealed = seal("place", "the barn")
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            unseal("place", sealed[:length])


def test_a_seal_of_another_house_does_not_open(known_key: Path) -> None:
    sealed = seal("place", "the barn")
    known_key.with_name("other-key").write_text("cd" * 32, encoding="ascii")
    with override_settings(SITE_KEY_FILE=known_key.with_name("other-key")), pytest.raises(SealBroken):
        unseal("place", sealed)


def test_a_seal_opens_as_the_database_hands_it_out() -> None:
    assert unseal("place", memoryview(seal("place", "the barn"))) == "the barn"


# --- the receipt -----------------------------------------------------------------------------------------------------


@given(st.uuids())
def test_eight_words_bring_every_caller_back_to_their_own_call(call: UUID) -> None:
    words = words_for(call)
    assert len(words.split()) == 8
    assert mark_of(words) == mark_of(words_for(call))


@given(st.uuids(), st.sampled_from(["upper", "title", "commas", "lines", "numbers"]))
def test_the_words_may_be_typed_in_any_way_people_write_lists(call: UUID, how: str) -> None:
    words = words_for(call)
    typed = {
        "upper": words.upper(),
        "title": f"  {words.title()}  ",
        "commas": words.replace(" ", ", ") + ".",
        "lines": words.replace(" ", "\r\n\t"),
        "numbers": " ".join(f"{number}. {word}" for number, word in enumerate(words.split(), start=1)),
    }[how]
    assert mark_of(typed) == mark_of(words)


def test_no_receipt_holds_a_word_that_hurts_at_three_in_the_morning(known_key: Path) -> None:
    # Found by pressing: "primary mayday impotence revenge scruffy chop payback agency".
    stems = ("handgun", "gallows", "slit", "wrist", "drown", "poison", "shame", "worst", "undead", "final", "revenge")
    assert not [word for word in receipt._list() if word.startswith(stems)]
    assert not UNKIND & {word for number in range(300) for word in words_for(number).split()}


def test_without_the_unkind_words_eight_still_carry_every_bit() -> None:
    assert len(receipt._list()) ** 8 >= 2 ** (96 + 7)
    assert len(receipt._list()) + len(UNKIND) == 7776, "every unkind word is on the list, spelt as it is there"


def test_the_word_that_is_not_on_the_list_is_named_and_the_likely_one_offered() -> None:
    words = words_for(CALL).split()
    words[3] = "qzxword"
    with pytest.raises(MistypedReceipt) as wrong:
        mark_of(" ".join(words))
    assert wrong.value.words == ("qzxword",)
    assert nearest("acrobatt") == "acrobat"
    assert nearest("qzxqzx") is None


@pytest.mark.parametrize("how_many", [0, 1, 7, 9])
def test_too_few_or_too_many_words_are_no_receipt(how_many: int) -> None:
    words = (words_for(CALL).split() * 2)[:how_many]
    with pytest.raises(MistypedReceipt):
        mark_of(" ".join(words))


def test_words_in_another_order_are_almost_never_taken_for_a_receipt(known_key: Path) -> None:
    chance, taken = Random(1), 0
    for number in range(500):
        words = words_for(number).split()
        first, second = chance.sample(range(8), 2)
        words[first], words[second] = words[second], words[first]
        taken += _is_taken(words)
    assert taken <= 10


def test_one_wrong_word_is_found_in_99_of_100(known_key: Path) -> None:
    chance, tried, taken = Random(7), 0, 0
    for number in range(100):
        words = words_for(number).split()
        for place in range(8):
            for other in chance.sample(receipt._list(), 25):
                tried += 1
                taken += other != words[place] and _is_taken([*words[:place], other, *words[place + 1 :]])
    assert taken <= tried / 100
    assert taken > 0, "the rest is found because no call has these words: the mark is another one"


def _is_taken(words: list[str]) -> bool:
    try:
        mark_of(" ".join(words))
    except MistypedReceipt:
        return False
    return True
