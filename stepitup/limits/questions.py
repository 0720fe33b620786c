"""What can be asked of the limits. Every answer is made of facts at hand: no database, no network, no waiting."""

from dataclasses import replace
from functools import lru_cache, partial

from django.utils.translation import get_language, override

from stepitup.ground.team import team
from stepitup.ground.vocabulary import Kind
from stepitup.limits import guide, sections
from stepitup.limits.bearing import Bearing, Standing, which_law
from stepitup.limits.errors import LocalRulesWrong
from stepitup.limits.local_rules import LocalRule, local_rules, promises_too_much
from stepitup.limits.notice import Law, Notice, Section, Situation, version_of
from stepitup.limits.pair import first_words
from stepitup.limits.rows import Row, law_file


def notice_for(situation: Situation, kind: Kind) -> Notice:
    """The limits that a caller reads before the first word with this kind of helper.

    The version is that of the English words, so that it is the same for a caller who reads in another language.
    """
    language = get_language() or "en"
    return _notice(_bearing(situation), kind, *_what_the_team_says(situation, kind), language=language)


def for_this_pair(situation: Situation, kind: Kind, *, same_agency: bool | None, sworn: bool | None) -> Notice:
    """The limits that a helper reads on the seat: what these two are to each other, then what the caller read."""
    caller_reads = notice_for(situation, kind)
    pair = partial(first_words, kind, same_agency=same_agency, sworn=sworn, has_law=caller_reads.law is not None)
    with override("en"):
        version = version_of(kind, pair(), caller_reads.law, as_of=caller_reads.version)
    return replace(caller_reads, sections=(*pair(), *caller_reads.sections), version=version)


def disclosure_guide(situation: Situation, kind: Kind) -> tuple[Section, ...]:
    """For a helper whose talk meets a limit: what to do now, whom they may tell. It sends nothing to anybody."""
    bearing = _bearing(situation)
    rules, unreadable, _ = _what_the_team_says(situation, kind)
    local = sections.local_rule(rules, unreadable=unreadable)
    return guide.pages(bearing, kind, facts=law_file(), local=local)


def mistakes_in_local_rules() -> tuple[str, ...]:
    """Everything wrong with the team's own words on the limits, for `stepitup check`; such words are not shown."""
    ours = team()
    mistakes = tuple(f"team_rule: {promise}" for promise in promises_too_much(ours.team_rule, state=""))
    try:
        local_rules(ours.data)
    except LocalRulesWrong as wrong:
        return (*mistakes, *wrong.mistakes)
    return mistakes


def _what_the_team_says(situation: Situation, kind: Kind) -> tuple[tuple[LocalRule, ...], bool, str]:
    """The local rules for this caller, whether they could not be read, and the team's rule on telling."""
    ours = team()
    team_rule = "" if promises_too_much(ours.team_rule, state="") else ours.team_rule
    try:
        rules = local_rules(ours.data)
    except LocalRulesWrong:
        return (), True, team_rule
    return tuple(rule for rule in rules if rule.is_for(kind, situation.state)), False, team_rule


@lru_cache(maxsize=4096)
def _notice(
    bearing: Bearing,
    kind: Kind,
    rules: tuple[LocalRule, ...],
    unreadable: bool,
    team_rule: str,
    *,
    language: str,
) -> Notice:
    """Write the notice once for all whom the same law bears on in the same way."""
    law = _law(bearing, kind)
    write = partial(_caller_sections, bearing, kind, rules=rules, unreadable=unreadable, team_rule=team_rule)
    with override("en"):
        version = version_of(kind, write(), law, as_of=law_file().as_of)
    with override(language):
        return Notice(kind, version, write(), law, sections.universal_warning())


def _bearing(situation: Situation) -> Bearing:
    return which_law(law_file().rows, state=situation.state, service=situation.service, employer=situation.employer)


def _law(bearing: Bearing, kind: Kind) -> Law | None:
    """The law as a program may show it: only where it covers, or may cover, this caller with this kind of helper."""
    row = bearing.shown
    if row is None or kind not in sections.UNDER_PEER_LAW:
        return None
    return Law(
        name=row.name,
        citations=row.citations,
        sources=row.sources,
        as_of=law_file().as_of,
        partial=not row.exceptions_complete,
        standing=bearing.standing,
    )


def _caller_sections(
    bearing: Bearing, kind: Kind, *, rules: tuple[LocalRule, ...], unreadable: bool, team_rule: str
) -> tuple[Section, ...]:
    """What matters most comes first: the invitation, the danger, the warning; the law at length comes at the end."""
    row = bearing.shown if kind in sections.UNDER_PEER_LAW else None
    found = [
        sections.self_harm(bearing, kind),
        sections.life_in_danger(),
        sections.warning(),
        sections.your_law(bearing, kind, team_rule=team_rule),
        sections.more_limits(row) if row else None,
        sections.local_rule(rules, unreadable=unreadable),
        sections.helper(kind),
        sections.keeps(),
        *_details(row, of_others=bearing.row),
    ]
    return tuple(section for section in found if section is not None)


def _details(row: Row | None, *, of_others: Row | None) -> tuple[Section, ...]:
    """What a screen may fold: the law at length where it may cover the caller, else only its name."""
    facts = law_file()
    if row:
        return (
            sections.law_limits(row),
            sections.law_details(row, facts=facts),
            sections.law_sources(row, as_of=facts.as_of),
        )
    return (sections.law_of_others(of_others, facts=facts),) if of_others else ()


__all__ = [
    "Law",
    "Notice",
    "Section",
    "Situation",
    "Standing",
    "disclosure_guide",
    "for_this_pair",
    "mistakes_in_local_rules",
    "notice_for",
]
