"""The disclosure guide: for a helper whose talk meets a limit.

1. What to do now, if a life is in danger.
2. Tell the person first, where it is safe.
3. Which limit it is, and whom the law lets the helper tell: only as far as the row says.
It is words on a screen. It sends nothing, notes nothing, and tells no employer.
"""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

from stepitup.ground.vocabulary import Kind
from stepitup.limits import law_words
from stepitup.limits.bearing import Bearing, Standing
from stepitup.limits.notice import Section
from stepitup.limits.rows import FEDERAL, OPENS, Disclosure, Evidence, LawFile, Limit, Row, Threshold
from stepitup.limits.sections import UNDER_PEER_LAW, law_sources, universal_warning
from stepitup.limits.self_harm import NOT_READ_BY_US

_SECONDARY = frozenset({Evidence.SECONDARY})

HEADINGS: Mapping[Limit, str] = {
    Limit.THREAT_TO_SELF: gettext_noop("Danger to themself"),
    Limit.THREAT_TO_OTHERS: gettext_noop("Danger to someone else"),
    Limit.CHILD_ABUSE: gettext_noop("Abuse or neglect of a child"),
    Limit.ELDER_OR_DEPENDENT_ABUSE: gettext_noop("Abuse of an older or dependent adult"),
    Limit.ADMISSION_OF_CRIME: gettext_noop("A crime"),
    Limit.FELONY: gettext_noop("A serious crime"),
    Limit.CONSENT_WAIVER: gettext_noop("They agree that it is told"),
    Limit.PEER_WAS_WITNESS_OR_PARTY: gettext_noop("You were there, saw it, or were part of it"),
    Limit.COURT_ORDER_CRIMINAL: gettext_noop("A court's order or a criminal case"),
    Limit.THREAT_PUBLIC_SAFETY: gettext_noop("Serious danger to the public"),
    Limit.OTHER: gettext_noop("What else this law names"),
}

THRESHOLDS: Mapping[Threshold, str] = {
    Threshold.THOUGHTS: gettext_noop(
        "Thoughts of suicide or self-harm are enough under this law. No threat is needed."
    ),
    Threshold.ANY_THREAT: gettext_noop("A threat or a sign of danger is enough under this law. No plan is needed."),
    Threshold.EXPLICIT_THREAT: gettext_noop("This law opens only if they say outright that they will kill themself."),
    Threshold.INTENT: gettext_noop(
        "This law opens only if they say they mean to die and have a plan or the means. Thoughts alone stay private."
    ),
    Threshold.NONE_LISTED: gettext_noop(
        "This law does not list danger to themself. That does not mean that you must stay silent: a court's order,"
        " agency policy, other laws and saving a life remain."
    ),
    Threshold.UNKNOWN: gettext_noop(
        "We do not know what this law says about suicide. It may let or order you to tell."
    ),
}

ON_SUICIDE: Mapping[Disclosure, str] = {
    Disclosure.MAY: gettext_noop("It lets you tell. It does not order it. Agency policy or your license may order it."),
    Disclosure.MIXED: gettext_noop(
        "It lets you tell. We found no order in it to tell about suicide. Agency policy or your license may order it."
    ),
    Disclosure.MUST: gettext_noop("It orders you to tell."),
    Disclosure.UNKNOWN: gettext_noop("We do not know if it only lets you tell, or orders it."),
}
ON_THE_REST: Mapping[Disclosure, str] = {
    Disclosure.MAY: gettext_noop("This law lets you tell. It does not order it. Another law may."),
    Disclosure.MIXED: gettext_noop(
        "This law lets you tell in some cases. A report may be ordered in others. Ask which."
    ),
    Disclosure.MUST: gettext_noop("This law orders you to tell."),
    Disclosure.UNKNOWN: gettext_noop("We do not know if this law lets you tell or orders it."),
}
# These lift a protection; they neither let nor order a helper to go and tell anybody.
NOT_FOR_TELLING: Mapping[Limit, str] = {
    Limit.CONSENT_WAIVER: gettext_noop("Tell only what they agreed to, and only whom. Some laws need it in writing."),
    Limit.PEER_WAS_WITNESS_OR_PARTY: gettext_noop("This law may not protect your talk. Offer to hand off now."),
    Limit.COURT_ORDER_CRIMINAL: gettext_noop("Do not answer a court alone. Ask your team's lawyer first."),
    Limit.OTHER: gettext_noop("Ask before you tell anybody for this reason."),
}

_AN_AGENCY = gettext_noop("It must go to an agency of the government or of law enforcement.")
_WHO_CAN_HELP = gettext_noop("You may tell only someone who can prevent or lessen the harm.")
_THE_EMPLOYER = gettext_noop("The law says that it may be told to the employer. It does not say that you must.")
WHOM_NOT_NAMED = gettext_noop("What we read does not say whom you may tell. Tell as few as can keep people safe.")
# Whom a law lets the helper tell, for the few rows that say so: by the row's code, each tied to the words it rests on.
WHOM: Mapping[tuple[str, Limit], tuple[str, str]] = {
    ("US-ME", Limit.THREAT_TO_SELF): ("it must go to a government or law enforcement agency", _AN_AGENCY),
    ("US-NY", Limit.THREAT_TO_SELF): ("only to someone able to prevent or lessen the harm", _WHO_CAN_HELP),
    ("US-NY", Limit.THREAT_TO_OTHERS): ("only to someone able to prevent or lessen the harm", _WHO_CAN_HELP),
    ("US-VA", Limit.THREAT_TO_SELF): ("Crime or danger may be told to the employer", _THE_EMPLOYER),
    ("US-VA", Limit.THREAT_TO_OTHERS): ("Crime or danger may be told to the employer", _THE_EMPLOYER),
    ("US-VA", Limit.THREAT_PUBLIC_SAFETY): ("Crime or danger may be told to the employer", _THE_EMPLOYER),
    ("US-VA", Limit.ADMISSION_OF_CRIME): ("Crime or danger may be told to the employer", _THE_EMPLOYER),
}


def pages(bearing: Bearing, kind: Kind, *, facts: LawFile, local: Section | None) -> tuple[Section, ...]:
    """The whole guide, what is most urgent first."""
    row = bearing.shown if kind in UNDER_PEER_LAW else None
    parts = [_now(), _tell_first(), *_limits(bearing, kind)]
    parts += [local] if local else []
    parts.append(_for_you())
    parts += [law_sources(row, as_of=facts.as_of)] if row else []
    return tuple(parts)


def _now() -> Section:
    return Section(
        "now",
        gettext("If a life is in danger now"),
        (
            gettext("Stay with them. Work it out with them first."),
            gettext("You cannot trace this caller. Ask where they are. Stay. Get a second person to ring."),
            gettext("If that is not enough, call 911. Tell them first where it is safe."),
            gettext("Your own 911 reaches your own county. Say where the caller is."),
            gettext("988 is there for both of you, by call or text."),
        ),
    )


def _tell_first() -> Section:
    return Section(
        "tell_first",
        gettext("Tell them first, where it is safe"),
        (
            gettext("Say what you have to pass on, to whom, and why. Ask how they want it done."),
            gettext("Tell as little as will keep people safe."),
            gettext("This page sends nothing to anybody. What you do next is up to you."),
        ),
    )


def _limits(bearing: Bearing, kind: Kind) -> list[Section]:
    row = bearing.shown
    if kind not in UNDER_PEER_LAW:
        own = gettext("Your license or your calling has rules of its own. Follow those. The laws here are about peers.")
        return [Section("own_rules", gettext("Which limit is it?"), (own, universal_warning()))]
    if row is None:
        return [_without_a_law(bearing)]
    found = [_which_law(bearing, row), _danger_to_self(row)]
    found += [_limit(row, limit) for limit in row.exceptions if limit is not Limit.THREAT_TO_SELF]
    return found


def _without_a_law(bearing: Bearing) -> Section:
    unsure = law_words.NAMES_OTHERS_FOR_HELPERS if bearing.row else law_words.NOT_CONFIRMED
    return Section(
        "no_law",
        gettext("Which limit is it?"),
        (gettext(unsure), universal_warning(), gettext("We do not know whom you may tell. Ask before you act.")),
    )


def _which_law(bearing: Bearing, row: Row) -> Section:
    if bearing.standing is Standing.MAY_COVER:
        first = gettext("We are not sure that this law covers the caller.")
    elif row.code == FEDERAL:
        first = gettext("The law for federal law enforcement names the caller's service.")
    else:
        first = gettext("The law we found for %(state)s names the caller's service.") % {"state": row.name}
    lines = [first, gettext("It may not cover you, if you are from another agency or are not a helper it names.")]
    lines += [gettext(law_words.PARTIAL)] if not row.exceptions_complete else []
    lines += [gettext(law_words.MAY_BE_MORE)] if row.exceptions_complete and row.may_have_more else []
    lines += [gettext(NOT_READ_BY_US)] if _SECONDARY & {row.exceptions_evidence, row.disclosure_evidence} else []
    return Section("which_limit", gettext("Which limit is it?"), (*lines, universal_warning()))


def _danger_to_self(row: Row) -> Section:
    opens = row.self_harm_opens_at
    lines = [gettext(THRESHOLDS[opens])]
    lines += [gettext("Our note on it: %(note)s") % {"note": row.self_harm_note}] if row.self_harm_note else []
    if row.self_harm_evidence is Evidence.SECONDARY:
        lines.append(gettext(NOT_READ_BY_US))
    if opens in OPENS:
        lines += [gettext(ON_SUICIDE[row.disclosure]), _whom(row, Limit.THREAT_TO_SELF)]
    return Section("threat_to_self", gettext(HEADINGS[Limit.THREAT_TO_SELF]), tuple(lines))


def _limit(row: Row, limit: Limit) -> Section:
    lines = [row.other_note] if limit is Limit.OTHER else []
    if limit in NOT_FOR_TELLING:
        lines.append(gettext(NOT_FOR_TELLING[limit]))
    else:
        lines += [gettext(ON_THE_REST[row.disclosure]), _whom(row, limit)]
    return Section(limit.value, gettext(HEADINGS[limit]), tuple(lines))


def _whom(row: Row, limit: Limit) -> str:
    """Whom the law lets the helper tell; if the words it rests on left the row, we no longer say so."""
    rests_on, sentence = WHOM.get((row.code, limit), ("", WHOM_NOT_NAMED))
    says_so = rests_on in f"{row.self_harm_note} {row.other_note}"
    return gettext(sentence if says_so else WHOM_NOT_NAMED)


def _for_you() -> Section:
    return Section(
        "for_you",
        gettext("You are not alone in this"),
        (
            gettext("Ask your team's clinician. You need not name anybody."),
            gettext("Nothing of this is kept here."),
        ),
    )
