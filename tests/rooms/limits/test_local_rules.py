"""The team's own rules stand beside the law; the law stays as it was, and a mistake is told in words."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from stepitup.ground.team import Team
from stepitup.ground.vocabulary import Kind
from stepitup.limits.errors import LocalRulesWrong
from stepitup.limits.local_rules import local_rules, promises_too_much
from stepitup.limits.questions import Situation, disclosure_guide, mistakes_in_local_rules, notice_for
from stepitup.limits.rows import law_file
from tests.rooms.limits.facts import said, somebody_under

GOOD = """
[[rule]]
kind = "peer"
state = "US-TX"
wording = "Our chief has agreed in writing never to ask."
signed_by = "A. Counsel, for the association"
dated = 2026-10-01
"""
ROSA = somebody_under("US-TX")


@pytest.fixture
def written(settings: LazySettings) -> Path:
    path: Path = settings.TEAM.data / "local_rules.toml"
    return path


def test_without_a_file_there_is_no_rule_and_no_mistake(tmp_path: Path) -> None:
    assert local_rules(tmp_path) == ()
    assert mistakes_in_local_rules() == ()
    assert said(notice_for(ROSA, Kind.PEER), "local_rule") == ""


def test_a_rule_is_shown_with_who_signed_and_when_and_the_law_beside_it_stays_word_for_word(written: Path) -> None:
    before = notice_for(ROSA, Kind.PEER)
    written.write_text(GOOD, encoding="utf-8")
    after = notice_for(ROSA, Kind.PEER)
    assert said(after, "local_rule") == (
        "Our chief has agreed in writing never to ask. Signed by A. Counsel, for the association on 2026-10-01."
        " This rule stands beside the law. It does not change what is said above."
    )
    assert tuple(part for part in after.sections if part.key != "local_rule") == before.sections
    assert after.law == before.law
    keys = [part.key for part in after.sections]
    assert keys.index("local_rule") > keys.index("your_law")


def test_a_rule_is_for_its_state_and_its_kind_of_helper_only(written: Path) -> None:
    written.write_text(GOOD, encoding="utf-8")
    assert said(notice_for(ROSA, Kind.CHAPLAIN), "local_rule") == ""
    assert said(notice_for(somebody_under("US-AZ"), Kind.PEER), "local_rule") == ""
    written.write_text(GOOD.replace('state = "US-TX"\n', ""), encoding="utf-8")
    assert "never to ask" in said(notice_for(somebody_under("US-AZ"), Kind.PEER), "local_rule")
    assert "never to ask" in said(notice_for(Situation(), Kind.PEER), "local_rule")


def test_a_helper_meets_the_same_rule_in_the_guide(written: Path) -> None:
    written.write_text(GOOD, encoding="utf-8")
    texts = [line for part in disclosure_guide(ROSA, Kind.PEER) for line in part.paragraphs]
    assert "Our chief has agreed in writing never to ask." in texts


def test_a_rule_that_changes_is_read_again(written: Path) -> None:
    written.write_text(GOOD, encoding="utf-8")
    notice_for(ROSA, Kind.PEER)
    written.write_text(GOOD.replace("never to ask", "to ask nobody, ever"), encoding="utf-8")
    assert "to ask nobody, ever" in said(notice_for(ROSA, Kind.PEER), "local_rule")


def test_a_file_we_cannot_read_is_told_and_the_law_is_shown_all_the_same(written: Path) -> None:
    before = notice_for(ROSA, Kind.PEER)
    written.write_text("rule = nothing like it", encoding="utf-8")
    after = notice_for(ROSA, Kind.PEER)
    assert "we cannot read it now. Ask your team." in said(after, "local_rule")
    assert tuple(part for part in after.sections if part.key != "local_rule") == before.sections
    assert len(mistakes_in_local_rules()) == 1


@pytest.mark.parametrize(
    ("wrong", "right", "words"),
    [
        ('kind = "peer"', 'kind = "friend"', "kind: 'friend' is not one of peer, chaplain, clinician, coordinator"),
        ('kind = "peer"\n', "", "kind: missing"),
        ('state = "US-TX"', 'state = "Texas"', "state: 'Texas' is not a state such as US-TX"),
        ("dated = 2026-10-01", "dated = 2026-10-01T10:00:00", "dated: a date such as 2026-10-01 is wanted here"),
        ("dated = 2026-10-01", 'dated = "October"', "dated: a date such as 2026-10-01 is wanted here"),
        ("dated = 2026-10-01\n", "", "dated: missing"),
        ('signed_by = "A. Counsel, for the association"', 'signed_by = " "', "signed_by: there is nothing in it"),
        ("dated =", "loud = true\ndated =", "loud: not a word of this file"),
        ("Our chief", "x" * 1_501 + " Our chief", "wording: longer than 1500 characters"),
        ("Our chief", "It is completely\\nConfidential. Our chief", "'completely confidential' promises more"),
        ("Our chief", "You are anonymous by law. Our chief", "'anonymous by law' promises more"),
        ('state = "US-TX"\nwording = "Our', 'wording = "All is privileged. Our', "needs a law behind it"),
        ('state = "US-TX"\nwording = "Our', 'state = "US-ID"\nwording = "All is privileged.', "needs a law behind it"),
        ("[[rule]]", "[rule]", "write each rule under [[rule]]"),
        ("[[rule]]", "a_word = 1\n[[rule]]", "a_word: only [[rule]] tables are known here"),
    ],
)
def test_a_mistake_is_told_in_words_and_nothing_of_the_file_is_shown(
    written: Path, wrong: str, right: str, words: str
) -> None:
    assert wrong in GOOD
    written.write_text(GOOD.replace(wrong, right), encoding="utf-8")
    assert [mistake for mistake in mistakes_in_local_rules() if words in mistake]
    assert "never to ask" not in notice_for(ROSA, Kind.PEER).text


@pytest.mark.parametrize("rule", ["All is completely confidential.", "You are Anonymous by law.", "It is privileged."])
def test_a_team_rule_that_promises_too_much_is_told_and_not_shown(rule: str, settings: LazySettings) -> None:
    settings.TEAM = Team(team_rule=rule, data=settings.TEAM.data)
    assert [mistake for mistake in mistakes_in_local_rules() if mistake.startswith("team_rule: ")]
    assert rule not in notice_for(somebody_under("US-AL"), Kind.PEER).text


def test_privileged_may_be_written_where_a_law_stands_behind_it(written: Path) -> None:
    written.write_text(GOOD.replace("Our chief", "It is privileged. Our chief"), encoding="utf-8")
    assert mistakes_in_local_rules() == ()


def test_all_mistakes_come_at_once_with_the_number_of_the_rule(written: Path) -> None:
    first, second = GOOD.replace('"peer"', '"friend"'), GOOD.replace("dated = 2026-10-01\n", "")
    written.write_text(first + second, encoding="utf-8")
    with pytest.raises(LocalRulesWrong) as told:
        local_rules(written.parent)
    assert [mistake.split(",")[0] for mistake in told.value.mistakes] == ["rule 1", "rule 2"]


def test_a_file_that_is_no_text_is_told_too(written: Path) -> None:
    written.write_bytes(b"\xff\xfe\x00")
    assert len(mistakes_in_local_rules()) == 1


def test_a_folder_in_its_place_is_told_too(written: Path) -> None:
    written.mkdir()
    assert len(mistakes_in_local_rules()) == 1


def test_privileged_is_a_word_of_states_whose_law_we_show() -> None:
    confirmed = {state for state, row in law_file().rows.items() if row.is_confirmed}
    unconfirmed = set(law_file().rows) - confirmed
    assert "US-TX" in confirmed
    assert unconfirmed
    assert promises_too_much("What you say is PRIVILEGED here.", state="US-TX") == []
    for nowhere in (*unconfirmed, "", "US-XX"):
        [said] = promises_too_much("What you say is\nPrivileged here.", state=nowhere)
        assert "needs a law behind it" in said


@pytest.mark.parametrize("words", ["Completely  confidential.", "You are anonymous by\nlaw."])
def test_no_law_anywhere_makes_these_words_true(words: str) -> None:
    for state in law_file().rows:
        assert promises_too_much(words, state=state)
