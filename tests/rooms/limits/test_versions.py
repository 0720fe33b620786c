"""A version stands for the words that were read: other words, another version; the same words, the same version."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils.translation import get_language, override

from stepitup.ground.team import Team
from stepitup.ground.vocabulary import Kind
from stepitup.limits import law_words, pair, questions, sections, self_harm
from stepitup.limits.questions import Situation, for_this_pair, notice_for
from stepitup.limits.rows import Disclosure, LawFile, Row, Shield, Threshold, law_file
from tests.rooms.limits.facts import FACTS, everything, somebody_under

ROSA = somebody_under("US-AZ")


def version() -> str:
    questions._notice.cache_clear()
    return notice_for(ROSA, Kind.PEER).version


def test_two_notices_have_the_same_version_exactly_when_they_say_the_same_to_the_same_kind() -> None:
    by_version = {notice.version: (notice.kind, notice.sections, notice.law) for notice in everything().values()}
    for notice in everything().values():
        assert by_version[notice.version] == (notice.kind, notice.sections, notice.law)
    assert len(set(by_version.values())) == len(by_version)
    assert len(by_version) > 500


def test_a_version_begins_with_the_month_of_the_facts() -> None:
    assert version().startswith(f"{FACTS['as_of']}.")
    assert version() == version()


CHANGED_ROWS: dict[str, Callable[[Row], Row]] = {
    "the threshold": lambda row: replace(row, self_harm_opens_at=Threshold.THOUGHTS),
    "its note": lambda row: replace(row, self_harm_note="Something else."),
    "may or must": lambda row: replace(row, disclosure=Disclosure.MUST),
    "the shield": lambda row: replace(row, shield=Shield.BOTH),
    "its summary": lambda row: replace(row, summary="Something else."),
    "its note on the law": lambda row: replace(row, note="Something else."),
    "who may help": lambda row: replace(row, who="Somebody else."),
    "a citation": lambda row: replace(row, citations=("Another section",)),
    "a source": lambda row: replace(row, sources=("https://example.org",)),
    "one limit less": lambda row: replace(row, exceptions=row.exceptions[:-1]),
    "no longer the whole list": lambda row: replace(row, exceptions_complete=False, may_have_more=True),
    "whom it covers": lambda row: replace(row, covers=(*row.covers, "dispatch")),
}


def _facts_with(row: Row, **more: Any) -> LawFile:
    return replace(law_file(), rows={**law_file().rows, row.code: row}, **more)


@pytest.mark.parametrize("what", list(CHANGED_ROWS))
def test_a_row_that_changed_makes_a_new_version(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = version()
    facts = _facts_with(CHANGED_ROWS[what](law_file().rows["US-AZ"]))
    monkeypatch.setattr(questions, "law_file", lambda: facts)
    assert version() != before


def test_a_row_of_another_state_changes_nothing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    before = version()
    facts = _facts_with(replace(law_file().rows["US-AK"], self_harm_note="Something else.", summary="Other."))
    monkeypatch.setattr(questions, "law_file", lambda: facts)
    assert version() == before


def test_facts_of_another_month_make_a_new_version(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = replace(law_file(), as_of="2027-01")
    monkeypatch.setattr(questions, "law_file", lambda: facts)
    assert version().startswith("2027-01.")


def test_one_changed_word_of_ours_makes_a_new_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = version()
    monkeypatch.setattr(sections, "universal_warning", lambda: "Take care.")
    assert version() != before
    monkeypatch.undo()
    assert version() == before
    monkeypatch.setattr(self_harm, "THRESHOLDS", {**self_harm.THRESHOLDS, Threshold.ANY_THREAT: ("Take care.",)})
    assert version() != before
    monkeypatch.undo()
    monkeypatch.setattr(law_words, "COURT_ONLY", "Take care.")
    assert version() != before


def test_the_teams_own_rule_is_part_of_what_was_read(settings: LazySettings) -> None:
    before = version()
    settings.TEAM = Team(team_rule="we tell no chief", data=settings.TEAM.data)
    assert version() != before


def test_a_local_rule_is_part_of_what_was_read(settings: LazySettings) -> None:
    before = version()
    rule = f'[[rule]]\nkind = "peer"\nwording = "…"\nsigned_by = "Counsel"\ndated = {date(2026, 10, 1)}\n'
    (settings.TEAM.data / "local_rules.toml").write_text(rule, encoding="utf-8")
    assert version() != before


def test_another_language_is_the_same_version_of_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    in_english, same_seat = notice_for(ROSA, Kind.PEER), for_this_pair(ROSA, Kind.PEER, same_agency=None, sworn=None)
    for words in (sections, pair):
        monkeypatch.setattr(words, "gettext", lambda text: f"¡{text}!" if get_language() == "es" else text)
    with override("es"):
        in_spanish, seat = notice_for(ROSA, Kind.PEER), for_this_pair(ROSA, Kind.PEER, same_agency=None, sworn=None)
    assert in_spanish.text.startswith("¡You can say you want to die.")
    assert seat.text.startswith("¡They may say they want to die.")
    assert in_spanish.version == in_english.version
    assert seat.version == same_seat.version
    assert notice_for(ROSA, Kind.PEER).text == in_english.text


def test_what_the_pair_reads_has_a_version_of_its_own() -> None:
    versions = {
        for_this_pair(ROSA, Kind.PEER, same_agency=same, sworn=sworn).version
        for same in (True, False, None)
        for sworn in (True, False, None)
    }
    assert len(versions) == 9
    assert all(own.startswith(f"{version()}.") for own in versions)


def test_each_kind_of_helper_has_its_own_version() -> None:
    assert len({notice_for(Situation(), kind).version for kind in Kind}) == 4
