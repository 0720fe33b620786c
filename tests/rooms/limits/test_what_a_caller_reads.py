"""What Rosa reads before the first word, whatever her state, her service, her employer and the helper who answered."""

import re
from collections.abc import Iterable

import pytest
from django.conf import LazySettings

from stepitup.ground.team import Team
from stepitup.ground.vocabulary import EMPLOYERS, SERVICES, UNKNOWN, Kind
from stepitup.limits import sections
from stepitup.limits.errors import UnknownWord
from stepitup.limits.questions import Notice, Situation, notice_for
from stepitup.limits.rows import law_file
from tests.rooms.limits.facts import FACTS, LAWS, NO_LAWS, ROWS, everything, grade, said, section, somebody_under

UNIVERSAL = (
    "Whatever the law says, some things can end privacy in every state. Danger to yourself or danger to others can."
    " So can abuse of a child, an elder or a dependent adult. So can a crime, or a court's order."
)
NO_LAW = "We could not confirm a law here; ask your team what is written locally."
PEERS = (Kind.PEER, Kind.COORDINATOR)
# What each limit is called on the screen, written here from the file's vocabulary.
LIMIT_WORDS = {
    "threat_to_self": "You are a danger to yourself.",
    "threat_to_others": "You say that you may hurt or kill someone",
    "child_abuse": "abuse or neglect of a child",
    "elder_or_dependent_abuse": "abuse of an older or dependent adult",
    "admission_of_crime": "You admit a crime",
    "felony": "a felony",
    "consent_waiver": "You agree that it is told.",
    "peer_was_witness_or_party": "Your helper was there, saw it, or was part of it.",
    "court_order_criminal": "A court's order or a criminal case asks for it.",
    "threat_public_safety": "Public safety is in serious danger.",
}
DISCLOSURE_WORDS = {
    "may": "Where this law ends privacy, it lets a helper tell. It does not order it.",
    "mixed": "This law lets a helper tell in some cases. It leaves or orders reports in others.",
    "must": "Where this law ends privacy, it orders a helper to tell.",
    "unknown": "We do not know if this law lets a helper tell or orders it.",
}
SHIELD_WORDS = {
    "court_only": {"This law is about courts. It may not stop a helper telling your boss; your team's rule is"},
    "telling_only": {"This law is about telling.", "It may not keep the talk out of court."},
    "both": {"Apart from its limits, your helper may not tell, and cannot be made to testify."},
    "unknown": {"We do not know if this law keeps the talk from your boss, out of court, or both."},
}


def distinct() -> Iterable[tuple[Situation, Kind, Notice]]:
    """Every different notice once, with somebody who reads it."""
    once = {notice: key for key, notice in everything().items()}
    return [(situation, kind, notice) for notice, (situation, kind) in once.items()]


def test_everybody_is_told_something_whole_and_it_opens_with_the_invitation() -> None:
    assert len(everything()) == 52 * 14 * 7 * 4
    for _, kind, notice in distinct():
        assert notice.text.startswith("You can say you want to die. We want to hear it.\n\n")
        assert notice.kind is kind
        lines = [line for part in notice.sections for line in (part.heading, *part.paragraphs)]
        assert all(line.strip() and "%(" not in line and "{" not in line and "None" not in line for line in lines)


def test_the_universal_warning_stands_in_every_notice_and_is_never_folded_away() -> None:
    for _, _, notice in distinct():
        assert notice.universal_warning == UNIVERSAL
        assert said(notice, "warning") == UNIVERSAL
        assert not section(notice, "warning").folded


def test_everybody_reads_who_does_what_when_a_life_is_in_danger() -> None:
    for _, _, notice in distinct():
        text = said(notice, "life_in_danger")
        assert text.startswith(
            "If your life is in danger now, your helper works it out with you first. If that is not enough they may"
            " call for help, and tell you first where it is safe."
        )
        assert "We do not know where you are and cannot find out." in text
        assert "If you need someone to come: call 911, or press “Tell my helper where I am”." in text
        assert "Your own dispatch may take a 911 call." in text
        assert "988" in text


def test_what_matters_most_comes_first_and_the_law_at_length_comes_folded_at_the_end() -> None:
    for _, _, notice in distinct():
        keys = [part.key for part in notice.sections]
        assert keys[:4] == ["self_harm", "life_in_danger", "warning", "your_law"]
        assert len(set(keys)) == len(keys)
        folded = [part.folded for part in notice.sections]
        assert folded == sorted(folded)
        assert {part.key for part in notice.sections if part.folded} <= {
            "law_limits",
            "law_details",
            "law_of_others",
            "sources",
        }


def test_nobody_is_promised_more_than_a_law_gives() -> None:
    for _, _, notice in distinct():
        text = notice.text.lower()
        assert "completely confidential" not in text
        assert "anonymous" not in text
        assert notice.law or "privileged" not in text
        own_words = " ".join(
            line for part in notice.sections if part.key not in ("law_details", "sources") for line in part.paragraphs
        ).lower()
        assert not re.search(r"\b(privileged|confidential|last|final|dead|forgotten|committed)\b", own_words)


@pytest.mark.parametrize("code", LAWS)
def test_a_law_is_shown_with_its_citation_its_sources_and_its_day(code: str) -> None:
    notice, row = notice_for(somebody_under(code), Kind.PEER), ROWS[code]
    assert notice.law is not None
    assert (list(notice.law.citations), list(notice.law.sources)) == (row["citations"], row["sources"])
    assert (notice.law.as_of, notice.law.name) == (FACTS["as_of"], row["name"])
    lines = section(notice, "sources").paragraphs
    assert {*row["citations"], *row["sources"], f"As of {FACTS['as_of']}."} <= set(lines)
    read = "We read the law, or an official page that sets it out." in lines
    assert read == (row["evidence"] == "read")


@pytest.mark.parametrize("code", LAWS)
def test_the_details_say_whether_the_law_lets_a_helper_tell_or_orders_it_and_that_they_are_no_advice(code: str) -> None:
    lines = section(notice_for(somebody_under(code), Kind.PEER), "law_details").paragraphs
    assert lines[0] == "This is a summary in plain words. It is not legal advice."
    assert lines[1] == ROWS[code]["summary"]
    assert DISCLOSURE_WORDS[ROWS[code]["disclosure"]] in lines


@pytest.mark.parametrize("code", NO_LAWS)
def test_a_row_that_nobody_confirmed_is_never_shown_as_law(code: str) -> None:
    for service in (*SERVICES, UNKNOWN):
        for employer in ("local", "state", "volunteer", UNKNOWN):
            for kind in Kind:
                notice = notice_for(Situation(code, service, employer), kind)
                assert notice.law is None
                assert NO_LAW in said(notice, "your_law")
                assert not {"sources", "law_details", "law_limits", "law_of_others"} & {
                    part.key for part in notice.sections
                }
                hidden = (*ROWS[code]["citations"], *ROWS[code]["sources"], ROWS[code]["summary"])
                assert not [words for words in hidden if words in notice.text]


@pytest.mark.parametrize("code", LAWS)
def test_the_limits_shown_are_the_ones_the_row_holds_and_no_likely_one(code: str) -> None:
    notice, row = notice_for(somebody_under(code), Kind.PEER), ROWS[code]
    shown = {word for word, words in LIMIT_WORDS.items() if words in said(notice, "law_limits")}
    assert shown == set(row["exceptions"]) - {"other"}
    first = {word for word, words in LIMIT_WORDS.items() if words in said(notice, "more_limits")}
    assert first == set(row["exceptions"]) & {"peer_was_witness_or_party", "threat_public_safety"}
    assert not (first | shown) & (set(row["exceptions_unconfirmed"]) - {"other"})


def test_no_row_of_ours_even_holds_an_unconfirmed_limit() -> None:
    for code, row in law_file().rows.items():
        assert set(row.exceptions) == set(ROWS[code]["exceptions"])
        assert not hasattr(row, "exceptions_unconfirmed")


@pytest.mark.parametrize("code", LAWS)
def test_a_partial_list_says_so_and_sends_to_the_team(code: str) -> None:
    notice, row = notice_for(somebody_under(code), Kind.PEER), ROWS[code]
    assert notice.law is not None
    assert notice.law.partial is not row["exceptions_complete"]
    for key in ("more_limits", "law_limits"):
        partial = "This list is partial. There may be more limits. Ask your team" in said(notice, key)
        assert partial is not row["exceptions_complete"]
    unread = "We could not read the limits of this law." in said(notice, "law_limits")
    assert unread == (not row["exceptions"])


def test_a_whole_list_with_an_unconfirmed_limit_does_not_pretend_to_be_all() -> None:
    whole_but = [code for code in LAWS if ROWS[code]["exceptions_complete"] and ROWS[code]["exceptions_unconfirmed"]]
    assert whole_but == ["US-KY"]
    assert "There may be more limits that we could not confirm." in said(
        notice_for(somebody_under("US-KY"), Kind.PEER), "more_limits"
    )


@pytest.mark.parametrize("code", [code for code in LAWS if "other" in ROWS[code]["exceptions"]])
def test_what_only_this_law_names_is_told_plainly_and_stands_in_full_below(code: str) -> None:
    notice = notice_for(somebody_under(code), Kind.PEER)
    assert said(notice, "more_limits")
    assert ROWS[code]["other_note"] in said(notice, "law_details")


def test_utahs_limit_on_fitness_for_duty_is_told_before_anything_is_folded() -> None:
    notice = notice_for(somebody_under("US-UT"), Kind.PEER)
    assert "unfit for duty" in said(notice, "self_harm")
    assert "unfit for duty" in said(notice, "more_limits")


@pytest.mark.parametrize("code", LAWS)
def test_the_shield_is_named_for_what_it_is(code: str) -> None:
    text = said(notice_for(somebody_under(code), Kind.PEER), "your_law")
    named = {shield for shield, words in SHIELD_WORDS.items() if all(sentence in text for sentence in words)}
    assert named == {ROWS[code]["shield"]}


def test_the_shield_of_every_value_has_words_even_where_no_row_uses_it_yet() -> None:
    assert {ROWS[code]["shield"] for code in LAWS} == {"court_only", "telling_only", "both"}
    assert set(SHIELD_WORDS) == set(FACTS["shield_vocabulary"])


def test_a_law_about_courts_names_the_teams_own_rule(settings: LazySettings) -> None:
    rosa = somebody_under("US-AL")
    assert "your team's rule is not written here: ask your team." in said(notice_for(rosa, Kind.PEER), "your_law")
    settings.TEAM = Team(team_rule="we tell no chief, ever", data=settings.TEAM.data)
    assert "telling your boss; your team's rule is: we tell no chief, ever" in said(
        notice_for(rosa, Kind.PEER), "your_law"
    )


def test_maines_shield_reaches_only_civil_courts() -> None:
    assert "civil cases only" in said(notice_for(somebody_under("US-ME"), Kind.PEER), "your_law")


@pytest.mark.parametrize("state", ["US-TX", "US-ME", "US-ID", UNKNOWN])
def test_a_federal_officer_falls_under_the_federal_row_wherever_she_works(state: str) -> None:
    notice = notice_for(Situation(state, "law_enforcement", "federal"), Kind.PEER)
    assert notice.law is not None
    assert notice.law.name == ROWS["US"]["name"]
    assert notice.law.standing == "names you"
    assert "Thoughts" not in said(notice, "more_limits")


@pytest.mark.parametrize("service", [service for service in SERVICES if service != "law_enforcement"])
def test_other_federal_staff_see_no_law_and_never_the_states(service: str) -> None:
    for code, row in ROWS.items():
        state = UNKNOWN if code == "US" else code
        notice = notice_for(Situation(state, service, "federal"), Kind.PEER)
        assert notice.law is None
        assert NO_LAW in said(notice, "your_law")
        assert not [citation for citation in row["citations"] if citation in notice.text]


def test_a_federal_employee_who_names_no_service_reads_that_the_federal_law_may_cover_her() -> None:
    notice = notice_for(Situation("US-TX", UNKNOWN, "federal"), Kind.PEER)
    assert notice.law is not None
    assert (notice.law.name, notice.law.standing) == (ROWS["US"]["name"], "may cover you")
    assert "names federal law enforcement only. If that is you, it may cover you." in said(notice, "your_law")


@pytest.mark.parametrize("code", [code for code in LAWS if code != "US"])
def test_a_law_protects_only_the_services_it_names(code: str) -> None:
    covers = set(ROWS[code]["covers"])
    names_none = not covers & {"law_enforcement", "fire", "ems", "dispatch", "corrections"}
    for service in SERVICES:
        notice = notice_for(Situation(code, service, "local"), Kind.PEER)
        if service in covers - {"other"}:
            assert notice.law is not None
            assert notice.law.standing == "names you"
            assert "names your service" in said(notice, "your_law")
        elif "other" in covers and (service == "other" or names_none):
            assert notice.law is not None
            assert notice.law.standing == "may cover you"
            assert "It does not name your service." in said(notice, "your_law")
        else:
            assert notice.law is None
            assert "The law we found names other services and may not cover you." in said(notice, "your_law")
            assert "says about it" not in said(notice, "self_harm")
            assert ROWS[code]["summary"] not in notice.text


@pytest.mark.parametrize("code", [code for code in LAWS if code != "US"])
def test_with_the_service_unknown_the_law_may_cover_and_says_so(code: str) -> None:
    notice = notice_for(Situation(code, UNKNOWN, "local"), Kind.PEER)
    assert notice.law is not None
    assert notice.law.standing == "may cover you"
    assert "You did not say which service you work in. It may cover you." in said(notice, "your_law")
    assert "We are not sure that the law we found covers you." in said(notice, "self_harm")


@pytest.mark.parametrize(
    ("employer", "words"),
    [
        ("tribal", "We do not know if it covers people who work for a tribe."),
        ("private", "We do not know if it covers people who work for a private employer."),
        ("volunteer", "We do not know if it covers volunteers."),
        (UNKNOWN, "You did not say who employs you. If it is a federal agency, this is not your law."),
    ],
)
def test_an_employer_the_law_may_not_mean_is_told_so(employer: str, words: str) -> None:
    notice = notice_for(Situation("US-WI", "fire", employer), Kind.PEER)
    assert words in said(notice, "your_law")
    assert notice.law is not None
    assert notice.law.standing == "may cover you"
    assert words not in notice_for(Situation("US-WI", "fire", "state"), Kind.PEER).text


def test_with_the_state_unknown_there_is_no_law_but_the_warning() -> None:
    for service in (*SERVICES, UNKNOWN):
        for employer in set(EMPLOYERS) - {"federal"} | {UNKNOWN}:
            notice = notice_for(Situation(UNKNOWN, service, employer), Kind.PEER)
            assert notice.law is None
            assert NO_LAW in said(notice, "your_law")
            assert "You did not say which state you work in." in said(notice, "your_law")


def test_peers_sit_under_the_law_and_the_others_have_rules_of_their_own() -> None:
    own_rules = "Clinicians and clergy have rules of their own and will explain them."
    officers = "If your helper is a sworn officer: officers may have to act on what they hear."
    for _, kind, notice in distinct():
        text = said(notice, "helper")
        assert own_rules in text
        assert (officers in text) == (kind is not Kind.CLINICIAN)
        assert ("sits with you as a peer" in text) == (kind is Kind.COORDINATOR)
        assert kind in PEERS or notice.law is None
        if notice.law:
            assert "A peer from another agency may not be covered by your law." in said(notice, "your_law")


def test_everybody_reads_what_is_kept() -> None:
    for _, _, notice in distinct():
        assert said(notice, "keeps") == (
            "We keep nothing of the talk. Your helper keeps what they remember."
            " If you ring each other, both phone bills may show it."
        )


def test_shaking_hands_read_what_matters_most_in_under_a_minute_and_the_rest_is_not_long() -> None:
    for situation, kind, notice in distinct():
        words = {part.key: len(" ".join(part.paragraphs).split()) for part in notice.sections if not part.folded}
        essential = sum(words[key] for key in ("self_harm", "life_in_danger", "warning"))
        assert essential <= 215, (situation, kind, essential)
        assert sum(words.values()) <= 425, (situation, kind, words)


def test_every_section_that_is_not_folded_reads_at_grade_eight_or_below() -> None:
    for situation, kind, notice in distinct():
        for part in notice.sections:
            if not part.folded:
                text = " ".join(part.paragraphs)
                assert grade(text) <= 8, (situation, kind, part.key, grade(text), text)


def test_the_grade_tells_hard_words_from_plain_ones() -> None:
    assert grade("We keep nothing. Your helper keeps what they know.") < 4
    assert grade(ROWS["US-MT"]["summary"]) > 12


def test_a_word_that_is_none_of_ours_is_refused_with_the_words_to_choose_from() -> None:
    with pytest.raises(UnknownWord, match=r"state: 'Texas' .* US-TX"):
        Situation(state="Texas")
    with pytest.raises(UnknownWord, match=r"service: 'police' .* law_enforcement"):
        Situation(service="police")
    with pytest.raises(UnknownWord, match=r"employer: 'city' .* local"):
        Situation(employer="city")


def test_every_value_of_the_vocabulary_of_limits_has_its_words() -> None:
    assert set(LIMIT_WORDS) == set(FACTS["vocabulary"]) - {"other"}
    assert {kind for kind in Kind if kind in sections.UNDER_PEER_LAW} == set(PEERS)
