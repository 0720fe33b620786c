"""The hash tree is that of RFC 6962: the same heads and proofs as other people's programs give."""

import base64
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as some

from stepitup.ground.log_book import card, tree

pytestmark = pytest.mark.only_on("sqlite")

# The vectors of the Certificate Transparency project's own tests (merkle tree reference, eight leaves).
ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
HEADS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [tree.leaf_hash(entry) for entry in ENTRIES]


@pytest.mark.parametrize("size", range(9))
def test_the_heads_are_those_of_the_reference(size: int) -> None:
    assert tree.head_of(LEAVES[:size]).hex() == HEADS[size]


def test_a_node_cannot_be_passed_off_as_an_entry() -> None:
    assert tree.node_hash(*LEAVES[:2]) == sha256(b"\x01" + b"".join(LEAVES[:2])).digest()
    assert tree.leaf_hash(b"".join(LEAVES[:2])) != tree.node_hash(*LEAVES[:2])


def test_the_proofs_are_those_of_the_reference() -> None:
    # RFC 6962 section 2.1.3, with seven leaves: the audit path of d0 is [b, h, l], of d6 [i, k].
    seven = LEAVES[:7]
    b, h = LEAVES[1], tree.head_of(seven[2:4])
    assert tree.inclusion_proof(seven, 0) == [b, h, tree.head_of(seven[4:])]
    assert tree.inclusion_proof(seven, 6) == [tree.head_of(seven[4:6]), tree.head_of(seven[:4])]
    # The consistency proof of 3 and 7 is [c, d, g, l], of 6 and 7 [i, j, k].
    g, last = tree.head_of(seven[:2]), tree.head_of(seven[4:])
    assert tree.consistency_proof(seven, 3) == [LEAVES[2], LEAVES[3], g, last]
    assert tree.consistency_proof(seven, 6) == [tree.head_of(seven[4:6]), LEAVES[6], tree.head_of(seven[:4])]


@given(size=some.integers(1, 70), data=some.data())
def test_each_entry_is_shown_to_be_in_the_tree_and_no_other_is(size: int, data: some.DataObject) -> None:
    leaves = [tree.leaf_hash(str(number).encode()) for number in range(size)]
    index = data.draw(some.integers(0, size - 1))
    proof, head = tree.inclusion_proof(leaves, index), tree.head_of(leaves)
    assert tree.is_included(leaves[index], index=index, size=size, proof=proof, head=head)
    assert not tree.is_included(tree.leaf_hash(b"x"), index=index, size=size, proof=proof, head=head)
    assert not tree.is_included(leaves[index], index=size, size=size, proof=proof, head=head)
    assert not tree.is_included(leaves[index], index=index, size=size, proof=[*proof, head], head=head)


@given(later=some.integers(1, 70), data=some.data())
def test_a_tree_that_only_grew_is_shown_to_have_only_grown(later: int, data: some.DataObject) -> None:
    leaves = [tree.leaf_hash(str(number).encode()) for number in range(later)]
    size = data.draw(some.integers(0, later))
    head, proof = tree.head_of(leaves[:size]), tree.consistency_proof(leaves, size)

    def only_grew(head: bytes, proof: list[bytes]) -> bool:
        return tree.only_grew(size=size, head=head, later_size=later, later_head=tree.head_of(leaves), proof=proof)

    assert only_grew(head, proof)
    if size:
        assert not only_grew(tree.leaf_hash(b"x"), proof)
    if proof:
        assert not only_grew(head, [*proof[:-1], tree.NOTHING_YET])
        assert not only_grew(head, [*proof, proof[0]])


@given(size=some.integers(0, 70))
def test_a_head_needs_only_the_whole_trees(size: int) -> None:
    leaves = [tree.leaf_hash(str(number).encode()) for number in range(size)]
    peaks = dict[int, bytes]()
    for number, leaf in enumerate(leaves, start=1):
        before = [peaks[end] for end in tree.ends_of_peaks(number - 1)]
        peaks[number] = tree.peak_ending(number, leaf, before)
    assert tree.head_of_peaks([peaks[end] for end in tree.ends_of_peaks(size)]) == tree.head_of(leaves)
    assert tree.heads_at({size, 0}, leaves)[size] == tree.head_of(leaves)


def test_the_signature_on_a_card_is_that_of_signed_notes() -> None:
    # The example of golang.org/x/mod/sumdb/note, which defines the form.
    _name, mark, raw = ["PeterNeumann", "c74f20a3", "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"]
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(raw)[1:])
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    line = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    assert card.key_mark("PeterNeumann", key).hex() == mark
    assert card.is_signed(text, line, by=key)
    assert not card.is_signed(text.replace("answer", "solution"), line, by=key)
