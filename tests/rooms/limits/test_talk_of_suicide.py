"""The text on suicidal thoughts claims neither more nor less than its source.

The tables here were written from the law file's own vocabulary, beside the house's tables and not from them: each value
has the claims it must make, and every other claim is forbidden to it.
"""

import re
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from stepitup.ground.vocabulary import Kind
from stepitup.limits import self_harm
from stepitup.limits.questions import notice_for
from stepitup.limits.rows import Disclosure, Threshold, law_file
from tests.rooms.limits.facts import LAWS, NO_LAWS, ROWS, said, somebody_under

# Every claim a text could make about when the law opens.
THRESHOLD_CLAIMS = {
    "thoughts are enough": r"thoughts of suicide or self-harm can end privacy",
    "any threat is enough": r"a threat or a sign of danger to yourself can end privacy",
    "no plan is needed": r"no plan is needed",
    "only outright": r"only if you say outright that you will kill yourself",
    "only intent with plan or means": r"only if you say you mean to die and have a plan or the means",
    "thoughts stay private": r"thoughts alone stay private",
    "not on the list": r"does not list danger to yourself",
    "need not stay silent": r"does not mean that your helper must stay silent",
    "other ways remain": r"court's order, agency policy, other laws, or saving your life can still lead them to tell",
    "we do not know": r"we do not know what this law says about talk of suicide",
    "may let or order": r"it may let your helper tell someone\. it may order it\.",
}
CLAIMED_AT = {
    "thoughts": {"thoughts are enough"},
    "any_threat": {"any threat is enough", "no plan is needed"},
    "explicit_threat": {"only outright"},
    "intent_with_plan_or_means": {"only intent with plan or means", "thoughts stay private"},
    "none_listed": {"not on the list", "need not stay silent", "other ways remain"},
    "unknown": {"we do not know", "may let or order"},
}
TELLING_CLAIMS = {
    "lets, does not order": r"then the law lets your helper tell\. it does not order it\.",
    "lets, no order found": r"then the law lets your helper tell\. we found no order in it to tell about suicide\.",
    "other rules may order": r"other rules may",
    "orders": r"then the law orders your helper to tell",
    "let or order unknown": r"do not know if the law only lets your helper tell then, or orders it",
    "no order in the law": r"we found no order in this law to tell about suicide",
    "unknown without a limit": r"do not know if it lets or orders your helper to tell",
}
ONCE_OPEN = {
    "may": {"lets, does not order", "other rules may order"},
    "mixed": {"lets, no order found", "other rules may order"},
    "must": {"orders"},
    "unknown": {"let or order unknown"},
}
NOT_LISTED = {"may": {"no order in the law"}, "mixed": {"no order in the law"}, "unknown": {"unknown without a limit"}}

# What only these rows say, each read from the row's own note; said of any other row it would be a lie.
ONLY_OF = {
    "government or of law enforcement": {"US-ME"},
    "may tell your employer": {"US-VA"},
    "only someone who is able to help": {"US-NY"},
    "unfit for duty": {"US-UT"},
    "team debriefings only": {"US-ND"},
    "neither forbids nor orders telling anyone outside court": {"US-IA"},
    "a judge may order": {"US-NC"},
    "a criminal charge, ends what this law protects": {"US-GA"},
    "must also believe": {"US-MD"},
    "thoughts alone may be judged a risk": {"US-NJ"},
    "what you say about the threat is open too": {"US-HI", "US-IL"},
    "needed to prevent death or serious harm": {"US-CA", "US-WA"},
    "out of court": {"US-TN"},
    "breaks off": {"US-CO"},
    "two laws said to copy this one": {"US-OR"},
    "good reason to fear for someone's safety": {"US-NE"},
    "good reason to think you are a danger": {"US-ME"},
    "say or show in some way that you will harm yourself": {"US-MT"},
    "we could not read the end of its list": {"US-WY"},
    "we could not read its whole list": {"US-MN"},
    "did not read the law's list": {"US-OH"},
    "in the part we read whole": {"US-PA"},
    "a second law": {"US-LA"},
    "bill summary speaks of any threat of suicide": {"US-AK"},
    "harm that is about to happen": {"US-AL"},
    "the danger must be clear. ": {"US-AZ", "US-CT", "US-PA"},
    "the danger must be clear and right now": {"US-UT", "US-WI"},
    "it must be about to happen": {"US-MI"},
    "must be serious and about to happen": {"US-LA"},
    "must be a present one": {"US-SC"},
    "risk of serious harm is clear and close": {"US-MS"},
    "a crime or a harmful act that you intend": {"US-MS"},
    "any sign of danger to you lifts": {"US-TN"},
    "it speaks of threats. ": {"US-VA"},
    "it speaks of threats of suicide": {"US-WY"},
    "it speaks of preventing harm": {"US-MN"},
    "speaks of harm to yourself": {"US-OH"},
    "it is a rule about court": {"US-IA", "US-WA"},
}
CLEAR_OR_CLOSE = re.compile(r"clear|imminent|immediate|present threat|not any mention")
NEVER = ("nothing opens", "nobody will", "no one will", "safe to say", "will stay silent", "committed", "anonymous")


def claims_in(text: str, claims: dict[str, str]) -> set[str]:
    return {name for name, pattern in claims.items() if re.search(pattern, text.lower())}


def check(text: str, row: dict[str, Any]) -> None:
    """Fails where the text claims more, or less, than the row."""
    opens, at = row["self_harm_opens_at"], row["code"]
    assert claims_in(text, THRESHOLD_CLAIMS) == CLAIMED_AT[opens], at
    listed = opens not in ("none_listed", "unknown")
    telling = ONCE_OPEN[row["disclosure"]] if listed else NOT_LISTED[row["disclosure"]] if opens != "unknown" else set()
    assert claims_in(text, TELLING_CLAIMS) == telling, at
    low = f"{text.lower()} "
    assert ("a passing mention may not be enough" in low) == bool(CLEAR_OR_CLOSE.search(row["self_harm_note"])), at
    assert {words for words in ONLY_OF if words in low} == {words for words, rows in ONLY_OF.items() if at in rows}, at
    at_second_hand = listed and "secondary" in (row["self_harm_evidence"], row["disclosure_evidence"])
    assert ("we did not read the law's own words" in low) == at_second_hand, at
    assert not [phrase for phrase in NEVER if phrase in low], at


def what_peers_callers_read(code: str) -> str:
    return said(notice_for(somebody_under(code), Kind.PEER), "self_harm")


@pytest.mark.parametrize("code", LAWS)
def test_every_row_claims_neither_more_nor_less_than_its_source(code: str) -> None:
    check(what_peers_callers_read(code), ROWS[code])


@pytest.mark.parametrize("code", LAWS)
def test_a_coordinator_sits_as_a_peer_under_the_same_words(code: str) -> None:
    notice = notice_for(somebody_under(code), Kind.COORDINATOR)
    assert said(notice, "self_harm") == what_peers_callers_read(code)


@pytest.mark.parametrize("code", NO_LAWS)
def test_where_no_law_was_confirmed_none_is_claimed_and_nothing_sounds_safe(code: str) -> None:
    text = what_peers_callers_read(code)
    assert text == (
        "We could not confirm what the law says for you about talk of suicide."
        " It may let your helper tell someone. It may order it."
    )


@pytest.mark.parametrize("kind", [Kind.CHAPLAIN, Kind.CLINICIAN])
@pytest.mark.parametrize("code", list(ROWS))
def test_a_law_about_peers_is_never_claimed_for_chaplains_and_clinicians(code: str, kind: Kind) -> None:
    text = said(notice_for(somebody_under(code), kind), "self_harm")
    assert claims_in(text, THRESHOLD_CLAIMS) == set()
    assert claims_in(text, TELLING_CLAIMS) == set()
    assert "rules of their own" in text
    assert "They may order it" in text


def test_maine_alone_orders_it() -> None:
    orders = {code for code in LAWS if "the law orders your helper to tell." in what_peers_callers_read(code)}
    assert orders == {"US-ME"}


def test_each_value_of_the_vocabulary_is_tried_on_a_real_row() -> None:
    assert {ROWS[code]["self_harm_opens_at"] for code in LAWS} == set(CLAIMED_AT)
    assert {ROWS[code]["disclosure"] for code in LAWS} == set(ONCE_OPEN)
    assert set().union(*ONLY_OF.values()) <= set(LAWS)


# The checker is no ornament: swap two values and it must cry out.


@pytest.mark.parametrize(("true", "swapped"), list(permutations(Threshold, 2)))
def test_the_checker_sees_a_threshold_swapped_for_another(true: Threshold, swapped: Threshold) -> None:
    code = next(code for code in LAWS if ROWS[code]["self_harm_opens_at"] == true)
    wrong = replace(law_file().rows[code], self_harm_opens_at=swapped)
    with pytest.raises(AssertionError):
        check(" ".join(self_harm.on_talk_of_suicide(wrong)), ROWS[code])


@pytest.mark.parametrize(("true", "swapped"), list(permutations(Disclosure, 2)))
def test_the_checker_sees_may_swapped_for_must(true: Disclosure, swapped: Disclosure) -> None:
    code = next(
        code for code in LAWS if ROWS[code]["disclosure"] == true and ROWS[code]["self_harm_opens_at"] == "any_threat"
    )
    wrong = replace(law_file().rows[code], disclosure=swapped)
    with pytest.raises(AssertionError):
        check(" ".join(self_harm.on_talk_of_suicide(wrong)), ROWS[code])


@pytest.mark.parametrize("code", [code for code in LAWS if self_harm.NOTES[ROWS[code]["self_harm_note"]]])
def test_the_checker_sees_a_note_left_out(code: str) -> None:
    wrong = replace(law_file().rows[code], self_harm_note="")
    with pytest.raises(AssertionError):
        check(" ".join(self_harm.on_talk_of_suicide(wrong)), ROWS[code])


@pytest.mark.parametrize("shift", range(1, len(self_harm.NOTES)))
def test_the_checker_sees_the_plain_words_of_one_note_under_another(
    shift: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = list(self_harm.NOTES)
    moved = {note: self_harm.NOTES[notes[(at + shift) % len(notes)]] for at, note in enumerate(notes)}
    note_of = {code: ROWS[code]["self_harm_note"] for code in LAWS}
    changed = [code for code, note in note_of.items() if moved[note] != self_harm.NOTES[note]]
    monkeypatch.setattr(self_harm, "NOTES", moved)
    for code in changed:
        with pytest.raises(AssertionError):
            check(" ".join(self_harm.on_talk_of_suicide(law_file().rows[code])), ROWS[code])


@pytest.mark.parametrize("code", LAWS)
def test_no_other_part_of_the_screen_makes_a_claim_of_its_own_about_it(code: str) -> None:
    notice = notice_for(somebody_under(code), Kind.PEER)
    others = [part for part in notice.sections if part.key != "self_harm" and not part.folded]
    text = " ".join(line for part in others for line in part.paragraphs)
    assert claims_in(text, THRESHOLD_CLAIMS) == set()
    assert claims_in(text, TELLING_CLAIMS) == set()


def test_a_note_that_changed_is_shown_as_it_stands_until_someone_writes_plain_words() -> None:
    changed = replace(law_file().rows["US-AZ"], self_harm_note="Standard is grave danger.")
    text = " ".join(self_harm.on_talk_of_suicide(changed))
    assert "Our note on it: Standard is grave danger." in text
    assert "The danger must be clear" not in text


def test_every_note_in_the_file_has_plain_words() -> None:
    assert {row["self_harm_note"] for row in ROWS.values()} == set(self_harm.NOTES)
