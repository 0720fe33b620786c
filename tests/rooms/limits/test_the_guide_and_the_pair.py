"""What Sam reads on the seat, and when the talk meets a limit."""

import re
from dataclasses import replace

import pytest

from stepitup.ground.vocabulary import SERVICES, STATES, UNKNOWN, Kind
from stepitup.limits import questions
from stepitup.limits.notice import as_text
from stepitup.limits.questions import Section, Situation, disclosure_guide, for_this_pair, notice_for
from stepitup.limits.rows import law_file
from tests.rooms.limits.facts import LAWS, NO_LAWS, ROWS, grade, somebody_under

UNIVERSAL = notice_for(Situation(), Kind.PEER).universal_warning
# Beside the house's own tables: what a helper must read for each value, and only for that one.
THRESHOLD = {
    "thoughts": r"Thoughts of suicide or self-harm are enough under this law",
    "any_threat": r"A threat or a sign of danger is enough under this law",
    "explicit_threat": r"only if they say outright that they will kill themself",
    "intent_with_plan_or_means": r"mean to die and have a plan or the means\. Thoughts alone stay private",
    "none_listed": r"does not list danger to themself\. That does not mean that you must stay silent",
    "unknown": r"We do not know what this law says about suicide\. It may let or order you to tell",
}
TELLING = {
    "may": r"It lets you tell\. It does not order it\. Agency policy or your license may order it",
    "mixed": r"It lets you tell\. We found no order in it to tell about suicide",
    "must": r"It orders you to tell",
    "unknown": r"We do not know if it only lets you tell, or orders it",
}
WHOM = {
    "US-ME": "must go to an agency of the government or of law enforcement",
    "US-NY": "only someone who can prevent or lessen the harm",
    "US-VA": "may be told to the employer",
}


def part(guide: tuple[Section, ...], key: str) -> str:
    return " ".join(line for section in guide if section.key == key for line in section.paragraphs)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("state", [*STATES, UNKNOWN])
def test_the_guide_begins_with_what_to_do_now_and_with_telling_them_first(state: str, kind: Kind) -> None:
    for service in (*SERVICES, UNKNOWN):
        guide = disclosure_guide(Situation(state, service, "local"), kind)
        assert [section.key for section in guide[:2]] == ["now", "tell_first"]
        now = part(guide, "now")
        assert "911" in now
        assert "988" in now
        assert "You cannot trace this caller. Ask where they are. Stay. Get a second person to ring." in now
        assert "Tell them first where it is safe." in now
        assert "This page sends nothing to anybody." in part(guide, "tell_first")
        assert UNIVERSAL in as_text(guide)
        assert len({section.key for section in guide}) == len(guide)


@pytest.mark.parametrize("code", LAWS)
def test_the_guide_says_of_suicide_neither_more_nor_less_than_the_row(code: str) -> None:
    row, text = ROWS[code], part(disclosure_guide(somebody_under(code), Kind.PEER), "threat_to_self")
    assert {value for value, words in THRESHOLD.items() if re.search(words, text)} == {row["self_harm_opens_at"]}
    opens = row["self_harm_opens_at"] not in ("none_listed", "unknown")
    assert {value for value, words in TELLING.items() if re.search(words, text)} == (
        {row["disclosure"]} if opens else set()
    )
    assert row["self_harm_note"] in text
    assert ("We did not read the law's own words." in text) == (row["self_harm_evidence"] == "secondary")


@pytest.mark.parametrize("code", LAWS)
def test_the_guide_names_whom_to_tell_only_where_the_row_does(code: str) -> None:
    guide = disclosure_guide(somebody_under(code), Kind.PEER)
    text = as_text(guide)
    assert {state for state, words in WHOM.items() if words in text} == ({code} & set(WHOM))
    opens = ROWS[code]["self_harm_opens_at"] not in ("none_listed", "unknown")
    not_named = "What we read does not say whom you may tell." in part(guide, "threat_to_self")
    assert not_named == (opens and code not in WHOM)


def test_whom_to_tell_goes_with_the_words_it_rests_on(monkeypatch: pytest.MonkeyPatch) -> None:
    virginia = replace(law_file().rows["US-VA"], self_harm_note="Threats.", other_note="Something else.")
    facts = replace(law_file(), rows={**law_file().rows, "US-VA": virginia})
    monkeypatch.setattr(questions, "law_file", lambda: facts)
    assert WHOM["US-VA"] not in as_text(disclosure_guide(somebody_under("US-VA"), Kind.PEER))


@pytest.mark.parametrize("code", LAWS)
def test_the_guide_goes_through_each_limit_of_the_row_and_no_likely_one(code: str) -> None:
    row, guide = ROWS[code], disclosure_guide(somebody_under(code), Kind.PEER)
    frame = {"now", "tell_first", "which_limit", "for_you", "sources"}
    assert {section.key for section in guide} - frame == {*row["exceptions"], "threat_to_self"}
    assert ("This list is partial" in part(guide, "which_limit")) == (not row["exceptions_complete"])
    assert set(row["citations"]) <= set(part(guide, "sources") and guide[-1].paragraphs)


@pytest.mark.parametrize("code", NO_LAWS)
def test_without_a_law_the_guide_says_that_we_do_not_know_whom_you_may_tell(code: str) -> None:
    text = part(disclosure_guide(somebody_under(code), Kind.PEER), "no_law")
    assert "We could not confirm a law here" in text
    assert "We do not know whom you may tell. Ask before you act." in text


@pytest.mark.parametrize("kind", [Kind.CHAPLAIN, Kind.CLINICIAN])
def test_chaplains_and_clinicians_are_sent_to_the_rules_of_their_own(kind: Kind) -> None:
    guide = disclosure_guide(somebody_under("US-ME"), kind)
    assert "Your license or your calling has rules of its own." in part(guide, "own_rules")
    assert "orders you" not in as_text(guide)


def test_the_guide_reads_at_grade_eight_or_below() -> None:
    for code in ROWS:
        for section in disclosure_guide(somebody_under(code), Kind.PEER):
            own = [line for line in section.paragraphs if not line.startswith("Our note")]
            if section.key not in ("sources", "other") and own:
                assert grade(" ".join(own)) <= 8, (code, section.key, own)


def pair(same_agency: bool | None, sworn: bool | None, kind: Kind = Kind.PEER) -> str:
    return for_this_pair(somebody_under("US-AZ"), kind, same_agency=same_agency, sworn=sworn).text


def test_the_helper_is_told_first_that_we_want_to_hear_it_and_that_nobody_can_be_traced() -> None:
    for same in (True, False, None):
        text = pair(same, None)
        assert text.startswith("They may say they want to die. Tell them you want to hear it.\n\n")
        assert "You cannot trace this caller. Ask where they are. Stay. Get a second person to ring." in text


@pytest.mark.parametrize(
    ("same", "words"),
    [
        (True, "You work for the same agency."),
        (False, "The caller's law may not cover a peer from another agency."),
        (None, "We do not know if you work for the same agency."),
    ],
)
def test_the_helper_reads_whether_the_two_share_an_agency(same: bool | None, words: str) -> None:
    others = {pair(other, True) for other in (True, False, None) if other is not same}
    assert words in pair(same, True)
    assert not [text for text in others if words in text]


@pytest.mark.parametrize(
    ("sworn", "words"),
    [(True, "You are sworn."), (False, "You are not sworn."), (None, "We do not know if you are sworn.")],
)
def test_the_helper_reads_whether_they_are_sworn_and_what_officers_must_do(sworn: bool | None, words: str) -> None:
    text = pair(None, sworn)
    assert words in text
    assert ("Officers may have to act on what they hear." in text) == (sworn is not False)


@pytest.mark.parametrize("kind", list(Kind))
def test_the_helper_then_reads_word_for_word_what_the_caller_reads(kind: Kind) -> None:
    for code in ROWS:
        caller = notice_for(somebody_under(code), kind)
        seat = for_this_pair(somebody_under(code), kind, same_agency=True, sworn=True)
        assert seat.sections[3:] == caller.sections
        assert [section.key for section in seat.sections[:3]] == ["for_you", "pair", "caller_read"]
        assert (seat.law, seat.universal_warning) == (caller.law, caller.universal_warning)


def test_the_helpers_own_words_read_at_grade_eight_or_below() -> None:
    for same in (True, False, None):
        for sworn in (True, False, None):
            seat = for_this_pair(Situation(), Kind.PEER, same_agency=same, sworn=sworn)
            for section in seat.sections[:3]:
                assert grade(" ".join(section.paragraphs)) <= 8, section
