"""The helper's card: what it must say, what it must not, and on whose screens it never is."""

import json
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from pytest_django.fixtures import Settings

import stepitup.directory
from stepitup.directory import card as the_card
from stepitup.directory import questions
from stepitup.directory.actions import static_files
from stepitup.directory.errors import FactsWrong
from stepitup.ground.team import Team

SAFETY = json.loads(
    (Path(stepitup.directory.__file__).parent / "facts" / "means_and_safety.json").read_text(encoding="utf-8")
)
EVIDENCE = {entry["id"]: entry["evidence"] for entry in SAFETY["entries"]}


@pytest.fixture(autouse=True)
def a_house(settings: Settings, tmp_path: Path) -> None:
    settings.TEAM = Team(data=tmp_path)


def text_of_the_card() -> str:
    return " ".join(
        sentence
        for section in questions.card().sections
        for sentence in (section.heading, *section.say, *section.paragraphs)
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Stay with them. Listen more than you speak. You need not solve anything tonight.",
        "You can ring your clinician at any point, without naming anybody.",
        "They mean to act, have a plan, or did something lately: get your clinician on now, and stay.",
        "Their life is in danger at this minute: 911 where they are. Tell them first where that is safe.",
        "They say no, and you doubt it: ask again later, in other words.",
        "Ask about the duty gun and the private ones, and about pills.",
        "You cannot trace this caller. Ask where they are. Stay. Get a second person to ring.",
        "Are you thinking about killing yourself?",
        "Asking does not plant it.",
        "Is your gun with you?",
        "time and distance",
        "You do not collect weapons, unless your team’s written rule says so.",
        "Your own 911 reaches your own county.",
        "please keep it off the radio if you can",
        "Who is with you? Where will you be? What is next",
        "no contract not to die",
        "Nothing is entered here.",
        "You could not do more from here.",
        "died by suicide",
    ],
)
def test_the_card_says_it(sentence: str) -> None:
    assert sentence in text_of_the_card()


def test_sam_reads_the_first_things_first() -> None:
    assert [section.key for section in questions.card().sections][:4] == ["stay", "where", "ask", "answer"]


def test_no_question_of_the_columbia_screener_is_printed_and_the_official_card_is_linked() -> None:
    said = text_of_the_card().lower()
    for wish in ("wished you were dead", "go to sleep and not wake up", "past month", "worked out the details"):
        assert wish not in said
    answer = next(section for section in questions.card().sections if section.key == "answer")
    assert answer.link.startswith("https://cssrs.columbia.edu/")
    assert "no confirmed right" in said


def test_nothing_known_from_memory_alone_is_told_as_a_fact() -> None:
    rests_on = {entry for section in questions.card().sections for entry in section.rests_on}
    assert rests_on
    assert all(EVIDENCE[entry] in {"read", "secondary"} for entry in rests_on)
    assert "Stanley" not in text_of_the_card()


def test_a_section_that_rests_on_memory_or_on_nothing_is_refused() -> None:
    for entry in ("safety-plan-permission", "no-such-statement"):
        section = the_card.CardSection(key="x", heading="x", paragraphs=(), rests_on=(entry,))
        with pytest.raises(FactsWrong):
            assert section.sources


def test_the_pages_behind_each_statement_are_named() -> None:
    shown = render_to_string("directory/card.html", {"card": questions.card()})
    for section in questions.card().sections:
        for source in section.sources:
            assert f'href="{source.url.replace("&", "&amp;")}"' in shown
    assert "(seen only on other people’s pages)" in shown


def test_no_link_on_the_card_counts_its_readers_or_frightens_them() -> None:
    addresses = [source.url for section in questions.card().sections for source in section.sources]
    assert not [address for address in addresses if "/click/" in address or "cleanup" in address]


def test_no_method_and_no_number_of_deaths_stands_on_the_card() -> None:
    said = text_of_the_card().lower()
    for word in (
        "hanging",
        "overdose",
        "jump",
        "percent",
        "%",
        "nine in ten",
        "survive",
        "deadliest",
        "committed suicide",
    ):
        assert word not in said


def test_what_is_for_helpers_is_in_no_file_that_a_caller_can_open() -> None:
    for text in static_files(ours=Team()).values():
        for section in questions.card().sections:
            for sentence in (*section.say, *section.paragraphs):
                assert sentence not in text
        assert "gun" not in text.lower().replace("begun", "")
