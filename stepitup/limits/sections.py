"""The sections a caller reads, one function each, in the order in which they matter."""

from collections.abc import Sequence

from django.utils.translation import gettext

from stepitup.ground.vocabulary import Kind
from stepitup.limits import law_words
from stepitup.limits.bearing import Bearing, Doubt, Standing
from stepitup.limits.local_rules import LocalRule
from stepitup.limits.notice import Section
from stepitup.limits.other_limits import on_other_limits
from stepitup.limits.rows import FEDERAL, Evidence, LawFile, Limit, Row, Threshold
from stepitup.limits.self_harm import NO_LAW_CONFIRMED, THEIR_OWN_RULES, on_talk_of_suicide

# Those who sit as a peer; chaplains and clinicians fall under rules of their own.
UNDER_PEER_LAW = frozenset({Kind.PEER, Kind.COORDINATOR})

# The universal warning speaks of the others, and agreeing is the caller's own choice.
_BEYOND_THE_WARNING = frozenset({Limit.PEER_WAS_WITNESS_OR_PARTY, Limit.THREAT_PUBLIC_SAFETY})


def universal_warning() -> str:
    """What ends privacy in every state, shown always."""
    return gettext(
        "Whatever the law says, some things can end privacy in every state. Danger to yourself or danger to others can."
        " So can abuse of a child, an elder or a dependent adult. So can a crime, or a court's order."
    )


def opening() -> str:
    """The first words of all limits: limits must not teach silence."""
    return gettext("You can say you want to die. We want to hear it.")


def self_harm(bearing: Bearing, kind: Kind) -> Section:
    """What the law says about talk of suicide, under the words that invite it."""
    row = bearing.shown
    if kind not in UNDER_PEER_LAW:
        said = [gettext(sentence) for sentence in THEIR_OWN_RULES]
    elif row is None:
        said = [gettext(sentence) for sentence in NO_LAW_CONFIRMED]
    else:
        said = [_before_the_law(bearing, row), *on_talk_of_suicide(row)]
    return Section("self_harm", opening(), tuple(said))


def _before_the_law(bearing: Bearing, row: Row) -> str:
    if row.self_harm_opens_at is Threshold.UNKNOWN:
        return _before_a_law_that_was_not_read_whole(bearing, row)
    if bearing.standing is Standing.MAY_COVER:
        return gettext("We are not sure that the law we found covers you. If it does, this is what it says.")
    if row.code == FEDERAL:
        return gettext("This is what the law for federal law enforcement says about it.")
    return gettext("This is what the law we found for %(state)s says about it.") % {"state": row.name}


def _before_a_law_that_was_not_read_whole(bearing: Bearing, row: Row) -> str:
    """What follows says that we do not know what it says: nothing may announce that it does."""
    if bearing.standing is Standing.MAY_COVER:
        return gettext("We are not sure that the law we found covers you.")
    return gettext("We found a law for %(state)s.") % {"state": row.name}


def life_in_danger() -> Section:
    """Who does what when a life is in danger, and that we cannot send anybody by ourselves."""
    return Section(
        "life_in_danger",
        gettext("If your life is in danger now"),
        (
            gettext(
                "If your life is in danger now, your helper works it out with you first. If that is not enough they may"
                " call for help, and tell you first where it is safe."
            ),
            gettext("We do not know where you are and cannot find out."),
            gettext("If you need someone to come: call 911, or press “Tell my helper where I am”."),
            gettext("Your own dispatch may take a 911 call."),
            gettext("You can call or text 988 at any time."),
        ),
    )


def warning() -> Section:
    """The universal warning under its heading."""
    return Section("warning", gettext("What can end privacy in every state"), (universal_warning(),))


def your_law(bearing: Bearing, kind: Kind, *, team_rule: str) -> Section:
    """Whether a law was found, whom it covers, and what it protects from."""
    heading = gettext("What the law here protects")
    if kind not in UNDER_PEER_LAW:
        lines = _law_is_about_peers(bearing)
    elif bearing.shown is None:
        lines = _no_law_for_you(bearing)
    else:
        lines = [*_who_is_covered(bearing, bearing.shown), *law_words.on_shield(bearing.shown, team_rule=team_rule)]
    return Section("your_law", heading, tuple(lines))


def _law_is_about_peers(bearing: Bearing) -> list[str]:
    if bearing.row is None:
        return _no_law_for_you(bearing)
    return [gettext(law_words.ABOUT_PEERS), gettext("Ask them, before you begin, what they must tell and to whom.")]


def _no_law_for_you(bearing: Bearing) -> list[str]:
    lines = _doubts(bearing)
    if bearing.row is None:
        return [gettext(law_words.NOT_CONFIRMED), *lines]
    lines.append(gettext(law_words.NAMES_OTHERS))
    if "other" in bearing.row.covers:
        lines.append(gettext(law_words.NAMES_OTHERS_IN_OTHER_WORDS))
    return [*lines, gettext("Ask your team what is written locally.")]


def _who_is_covered(bearing: Bearing, row: Row) -> list[str]:
    if bearing.standing is Standing.NAMES_YOU:
        covered = [gettext("The law we found names your service. It holds only with the helpers it names.")]
    else:
        unsure = gettext("We are not sure that the law we found covers you. It holds only with the helpers it names.")
        covered = [unsure, *_doubts(bearing)]
    return [*covered, gettext("A peer from another agency may not be covered by your law.")]


def _doubts(bearing: Bearing) -> list[str]:
    federal = bearing.row is not None and bearing.row.code == FEDERAL
    if federal and Doubt.SERVICE_UNKNOWN in bearing.doubts:
        return [gettext(law_words.FEDERAL_SERVICE_UNKNOWN)]
    return [gettext(sentence) for doubt in bearing.doubts for sentence in law_words.DOUBTS[doubt]]


def more_limits(row: Row) -> Section | None:
    """What this law names beyond the warning that every caller reads; a list we could not read whole says so."""
    cases = [gettext(law_words.LIMITS[limit]) for limit in row.exceptions if limit in _BEYOND_THE_WARNING]
    cases += [*on_other_limits(row), *_how_sure_of_the_list(row)]
    return Section("more_limits", gettext("Where this law stops too"), tuple(cases)) if cases else None


def law_limits(row: Row) -> Section:
    """Each case in which this law stops protecting the talk, for whoever wants the whole list."""
    cases = [gettext(law_words.LIMITS[limit]) for limit in row.exceptions if limit is not Limit.OTHER]
    cases += [*on_other_limits(row), *_how_sure_of_the_list(row)]
    return Section("law_limits", gettext("All limits of this law that we know"), tuple(cases), folded=True)


def _how_sure_of_the_list(row: Row) -> list[str]:
    lines = [] if row.exceptions else [gettext(law_words.NO_LIMITS_READ)]
    if row.exceptions and row.exceptions_evidence is Evidence.SECONDARY:
        lines.append(gettext(law_words.LIST_NOT_READ_BY_US))
    if not row.exceptions_complete:
        lines.append(gettext(law_words.PARTIAL))
    elif row.may_have_more:
        lines.append(gettext(law_words.MAY_BE_MORE))
    return lines


def local_rule(rules: Sequence[LocalRule], *, unreadable: bool) -> Section | None:
    """What the team itself laid down, as counsel wrote it; the law stays on the screen as it was."""
    lines: list[str] = []
    for rule in rules:
        lines.append(rule.wording)
        lines.append(gettext("Signed by %(who)s on %(day)s.") % {"who": rule.signed_by, "day": rule.dated.isoformat()})
    if lines:
        lines.append(gettext("This rule stands beside the law. It does not change what is said above."))
    if unreadable:
        lines.append(gettext("Your team wrote a rule of its own, but we cannot read it now. Ask your team."))
    return Section("local_rule", gettext("Your team's own rule"), tuple(lines)) if lines else None


def helper(kind: Kind) -> Section:
    """What the kind of helper changes."""
    officers = gettext("If your helper is a sworn officer: officers may have to act on what they hear.")
    own_rules = gettext("Clinicians and clergy have rules of their own and will explain them.")
    lines = {
        Kind.PEER: (officers, own_rules),
        Kind.COORDINATOR: (gettext("A coordinator who answers sits with you as a peer."), officers, own_rules),
        Kind.CHAPLAIN: (own_rules, officers),
        Kind.CLINICIAN: (own_rules,),
    }
    return Section("helper", gettext("Who helps you"), lines[kind])


def keeps() -> Section:
    """What stays behind when the talk is over."""
    return Section(
        "keeps",
        gettext("What is kept"),
        (
            gettext("We keep nothing of the talk."),
            gettext("Your helper keeps what they remember."),
            gettext("If you ring each other, both phone bills may show it."),
        ),
    )


def law_details(row: Row, *, facts: LawFile) -> Section:
    """The law at more length, as our notes have it, for whoever wants to check."""
    notes = (row.self_harm_note, row.shield_note, row.other_note)
    lines = [
        gettext("This is a summary in plain words. It is not legal advice."),
        row.summary,
        gettext(law_words.DISCLOSURES[row.disclosure]),
        *(note for note in notes if note),
        *_whom_it_names(row, facts=facts),
        *([gettext("Our note on this law: %(note)s") % {"note": row.note}] if row.note else []),
    ]
    return Section("law_details", gettext("The law in more detail"), tuple(lines), folded=True)


def law_of_others(row: Row, *, facts: LawFile) -> Section:
    """A law we found that was not written for this caller or this helper: named so that it can be checked, no more."""
    lines = [gettext("We name this law so that you can check it. It may not cover you."), *row.citations]
    lines += _whom_it_names(row, facts=facts)
    return Section("law_of_others", gettext("The law we found"), tuple(lines), folded=True)


def _whom_it_names(row: Row, *, facts: LawFile) -> list[str]:
    lines = [gettext("The helpers it names: %(who)s") % {"who": row.who}] if row.who else []
    return lines + [gettext("It covers: %(whom)s") % {"whom": facts.covers[service]} for service in row.covers]


def law_sources(row: Row, *, as_of: str) -> Section:
    """Where it is written, where we read it, and when."""
    how = {
        Evidence.READ: gettext("We read the law, or an official page that sets it out."),
        Evidence.SECONDARY: gettext("We read about the law in other pages, not the law itself."),
    }
    return Section(
        "sources",
        gettext("Where this is written"),
        (*row.citations, how[row.evidence], gettext("As of %(month)s.") % {"month": as_of}, *row.sources),
        folded=True,
    )
