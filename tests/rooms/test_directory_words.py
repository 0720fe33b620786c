"""What is said beside a number claims no more than its facts."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from pytest_django.fixtures import Settings

from stepitup.directory import card, questions
from stepitup.directory import words as words_of_lines
from stepitup.directory.facts_file import hotlines_file
from stepitup.directory.hotline import Hotline
from stepitup.directory.words import mark_of_facts, words_for_lines
from stepitup.ground.team import Team
from stepitup.ground.vocabulary import STATES


@pytest.fixture(autouse=True)
def a_house_where_nobody_rang_a_line_yet(settings: Settings, tmp_path: Path) -> None:
    settings.TEAM = Team(data=tmp_path)


def all_lines() -> list[Hotline]:
    of_states = [line for state in STATES for line in questions.hotlines(state=state) if line.region == state]
    return [*questions.hotlines(), *of_states]


def as_shown(line: Hotline) -> str:
    return render_to_string("directory/hotline.html", {"line": line})


def test_our_words_are_read_again_when_the_facts_change() -> None:
    words = words_for_lines()
    for line in hotlines_file().lines:
        if line.publish_by_default and line.region.startswith("US"):
            assert words[line.id].written_from == mark_of_facts(line), (
                f"the facts about {line.id} changed: read them, correct its sentences, then set written_from"
            )


def test_every_word_about_a_line_and_on_the_card_is_read_in_the_language_of_the_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(words_of_lines, "gettext", str.upper)
    monkeypatch.setattr(card, "gettext", str.upper)
    said = [sentence for words in words_for_lines().values() for sentence in (words.who, words.hours, *words.know)]
    said += [sentence for words in words_for_lines().values() for sentence in (words.rescue, words.warning)]
    shown = card.card_of_today(approval=None)
    said += [sentence for one in shown.sections for sentence in (one.heading, *one.paragraphs, *one.say)]
    assert [sentence for sentence in (*said, shown.standing) if sentence != sentence.upper()] == []
    assert words_for_lines()["988"].before_text.isupper()


def test_what_is_not_known_about_emergency_services_is_never_told_as_no() -> None:
    not_known = [line for line in all_lines() if line.rescue == "unknown"]
    assert len(not_known) == 10
    for line in not_known:
        assert "we do not know" in line.rescue_sentence
        assert line.rescue_note == ""
        for word in ("never", "does not bring", "will not", " won’t", "No emergency"):
            assert word not in as_shown(line)


def test_a_line_that_may_send_emergency_services_says_so() -> None:
    may = [line for line in all_lines() if line.rescue == "yes"]
    assert {line.id for line in may} == {"988", "veterans-crisis-line", "crisis-text-line", "disaster-distress"}
    assert all("may bring them in when a life is at risk" in as_shown(line) for line in may)


def test_where_nothing_is_promised_we_promise_nothing() -> None:
    unsure = [line for line in all_lines() if line.rescue == "no_promise"]
    assert {line.id for line in unsure} == {"ndvh", "copline"}
    assert all("nobody can promise" in as_shown(line) for line in unsure)
    assert "COPLINE says" in as_shown(questions.by_id("copline"))


def test_what_a_wary_person_would_want_told_stands_beside_the_line() -> None:
    assert "Loris.ai" in as_shown(questions.by_id("crisis-text-line"))
    assert "letters over a year" in as_shown(questions.by_id("veterans-crisis-line"))


def test_before_texting_988_one_reads_what_comes_back() -> None:
    assert "automatic" in as_shown(questions.by_id("988"))
    assert "survey" in render_to_string("directory/hotline_short.html", {"line": questions.by_id("988")})


def test_a_line_that_is_no_crisis_line_says_so() -> None:
    for name in ("samhsa-national-helpline", "ilffps"):
        assert "not a crisis line" in as_shown(questions.by_id(name))
    assert "not a suicide line" in as_shown(questions.by_id("ndvh"))


def test_nobody_is_told_that_a_line_is_fully_secret() -> None:
    for line in all_lines():
        shown = as_shown(line).lower()
        assert not any(word in shown for word in ("anonym", "confidential", "privileged", "committed suicide"))


def test_each_line_says_that_nobody_rang_it_and_how_old_the_newest_page_is() -> None:
    for line in all_lines():
        assert "Not yet test-called by this team." in as_shown(line)
        assert line.checked_on is None
    assert "February 11, 2026" in questions.by_id("988").seen
    assert "March 2025" in questions.by_id("cop2cop").seen
    assert "other people’s pages" in questions.by_id("cop2cop").seen
    assert "no date" in questions.by_id("poppa").seen
