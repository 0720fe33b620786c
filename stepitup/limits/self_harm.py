"""What a law says about talk of suicide, in plain words.

A life can hang on these sentences. They claim neither more nor less than their row: each value of the row has its own
sentence, and the row's own note follows in plain words. A note for which nobody has written plain words yet is shown as
it stands, so a changed fact can never keep an old sentence.
"""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

from stepitup.limits.rows import OPENS, Disclosure, Evidence, Row, Threshold

THRESHOLDS: Mapping[Threshold, tuple[str, ...]] = {
    Threshold.THOUGHTS: (gettext_noop("Thoughts of suicide or self-harm can end privacy. No threat is needed."),),
    Threshold.ANY_THREAT: (
        gettext_noop("A threat or a sign of danger to yourself can end privacy. No plan is needed."),
    ),
    Threshold.EXPLICIT_THREAT: (
        gettext_noop("Talk of suicide can end privacy only if you say outright that you will kill yourself."),
    ),
    Threshold.INTENT: (
        gettext_noop("Talk of suicide can end privacy only if you say you mean to die and have a plan or the means."),
        gettext_noop("Under this law, thoughts alone stay private."),
    ),
    Threshold.NONE_LISTED: (
        gettext_noop("This law does not list danger to yourself as a limit."),
        gettext_noop("That does not mean that your helper must stay silent."),
        gettext_noop("A court's order, agency policy, other laws, or saving your life can still lead them to tell."),
    ),
    Threshold.UNKNOWN: (
        gettext_noop("We do not know what this law says about talk of suicide."),
        gettext_noop("It may let your helper tell someone. It may order it."),
    ),
}

# Only where the law opens. `mixed` speaks of reports such as abuse; for suicide it was found to allow, not to order.
ONCE_IT_OPENS: Mapping[Disclosure, tuple[str, ...]] = {
    Disclosure.MAY: (gettext_noop("Then the law lets your helper tell. It does not order it. Other rules may."),),
    Disclosure.MIXED: (
        gettext_noop("Then the law lets your helper tell. We found no order in it to tell about suicide."),
        gettext_noop("Other rules may order it."),
    ),
    Disclosure.MUST: (gettext_noop("Then the law orders your helper to tell."),),
    Disclosure.UNKNOWN: (gettext_noop("We do not know if the law only lets your helper tell then, or orders it."),),
}

WITH_NO_LIMIT_LISTED: Mapping[Disclosure, str] = {
    Disclosure.MAY: gettext_noop("We found no order in this law to tell about suicide."),
    Disclosure.MIXED: gettext_noop("We found no order in this law to tell about suicide."),
    Disclosure.MUST: gettext_noop("This law orders your helper to tell some things."),
    Disclosure.UNKNOWN: gettext_noop("We do not know if it lets or orders your helper to tell."),
}

NOT_READ_BY_US = gettext_noop("We have this from a summary or a report. We did not read the law's own words.")
NO_LAW_CONFIRMED = (
    gettext_noop("We could not confirm what the law says for you about talk of suicide."),
    gettext_noop("It may let your helper tell someone. It may order it."),
)
THEIR_OWN_RULES = (
    gettext_noop("This kind of helper has rules of their own about talk of suicide."),
    gettext_noop("Their rules may let them tell someone when a life is in danger. They may order it."),
)

_ANY_THREAT_OF_SUICIDE = gettext_noop("Any threat of suicide is enough. So what you say about the threat is open too.")
_CLEAR_DANGER = gettext_noop("The danger must be clear. A passing mention may not be enough.")

_MAINE = (
    "Anything that would make one reasonably think the person is a danger to themself; it must go to a government"
    " or law enforcement agency (re-read)."
)
_NEW_YORK = "Specific threats, suicidal thoughts and self-harm; only to someone able to help."
_VIRGINIA = "Threats; they may be told to the employer."

# The row's own note, and the same in plain words; no words where the sentences above say it all.
NOTES: Mapping[str, tuple[str, ...]] = {
    "": (),
    "Intent plus a plan or means; thoughts alone do not open it.": (),
    "Any threat of suicide, per a bill summary and committee minutes.": (
        gettext_noop("A bill summary speaks of any threat of suicide."),
    ),
    "Bill summaries speak of imminent harm; the wording was not read.": (
        gettext_noop("Bill summaries speak of harm that is about to happen. A passing mention may not be enough."),
    ),
    "Standard is clear danger, not any mention.": (_CLEAR_DANGER,),
    "Standard is what is needed to prevent death or serious injury, not any mention.": (
        gettext_noop("Telling must be needed to prevent death or serious harm. A passing mention may not be enough."),
    ),
    (
        "The 2025 act breaks off in the stored copy where it begins to speak of the person's self: something on"
        " self-harm probably follows."
    ): (gettext_noop("Our copy breaks off where the law begins to speak of this. It likely says something on it."),),
    "No danger exception in the section, but any court order or a criminal charge ends the protection.": (
        gettext_noop("Any court order, or a criminal charge, ends what this law protects."),
    ),
    "Re-read 2026: any threat of suicide, and anything said relating to such a threat.": (_ANY_THREAT_OF_SUICIDE,),
    "Any threat of suicide, and what was said relating to it.": (_ANY_THREAT_OF_SUICIDE,),
    "A rule about testimony only: it neither forbids nor orders telling anyone outside court.": (
        gettext_noop("It is a rule about court only. It neither forbids nor orders telling anyone outside court."),
    ),
    "Standard is serious imminent harm. Police wellness section 40:2411: exceptions not read.": (
        gettext_noop("The harm must be serious and about to happen. A passing mention may not be enough."),
        gettext_noop("A second law, on police wellness, has limits that we did not read."),
    ),
    "And the peer must believe that telling is needed to avoid an attempt (re-read).": (
        gettext_noop("Your helper must also believe that telling is needed to prevent an attempt."),
    ),
    _MAINE: (gettext_noop("Anything that gives good reason to think you are a danger to yourself is enough."),),
    "Standard is an imminent threat.": (
        gettext_noop("It must be about to happen. A passing mention may not be enough."),
    ),
    "Worded as preventing harm to self; list cut off.": (
        gettext_noop("It speaks of preventing harm to yourself. We could not read its whole list."),
    ),
    (
        "Re-read (2022 text): an intended crime or harmful act, where the peer judges telling necessary against a"
        " clear, imminent risk of serious harm."
    ): (
        gettext_noop("It speaks of a crime or a harmful act that you intend."),
        gettext_noop("Your helper must judge that telling is needed: the risk of serious harm is clear and close."),
        gettext_noop("A passing mention may not be enough."),
    ),
    "Re-read: the person indicates they will harm themself.": (
        gettext_noop("It is enough to say or show in some way that you will harm yourself."),
    ),
    "Re-read (2022 text): no danger exception; a judge may compel disclosure.": (
        gettext_noop("A judge may order your helper to tell."),
    ),
    "Re-read (2022 text): team debriefings only; no danger exception and no duty to tell in the section.": (
        gettext_noop("It is about team debriefings only. The part we read names no duty to tell."),
    ),
    "Facts that raise a reasonable fear for someone's safety.": (
        gettext_noop("Facts that give good reason to fear for someone's safety are enough."),
    ),
    "Worded as risk to self, so thoughts alone may be judged a risk.": (
        gettext_noop("It speaks of a risk to yourself. Thoughts alone may be judged a risk."),
    ),
    _NEW_YORK: (),
    'From a regional team\'s page ("harm to self"); statute list not read.': (
        gettext_noop("A local team's page speaks of harm to yourself. We did not read the law's list."),
    ),
    "Laws said to copy Oregon (HI, IL) open on any threat of suicide; Oregon's own list was not readable.": (
        gettext_noop("Two laws said to copy this one end privacy at any threat of suicide."),
        gettext_noop("We could not read this law's own list."),
    ),
    "Standard is clear danger (section 5951); other sections only partly seen.": (
        _CLEAR_DANGER,
        gettext_noop("That is so in the part we read whole. We saw only bits of the other parts."),
    ),
    "Standard is a present threat.": (
        gettext_noop("The threat must be a present one. A passing mention may not be enough."),
    ),
    "Re-read (2022 text): any sign of a danger to the person lifts the testimonial privilege.": (
        gettext_noop("Any sign of danger to you lifts the rule that keeps your words out of court."),
    ),
    "Standard is clear and immediate danger; unfitness for duty opens it separately.": (
        gettext_noop("The danger must be clear and right now. A passing mention may not be enough."),
        gettext_noop("Good cause to think that you are unfit for duty can end privacy too."),
    ),
    _VIRGINIA: (gettext_noop("It speaks of threats."),),
    (
        "A testimony rule with no danger exception seen, but not fully read. Crisis referral services may tell what is"
        " needed to prevent death or serious injury."
    ): (
        gettext_noop("It is a rule about court. We saw no limit for danger in it, but we did not read it all."),
        gettext_noop("Crisis referral services may tell what is needed to prevent death or serious harm."),
    ),
    "Standard is clear and immediate danger (re-read).": (
        gettext_noop("The danger must be clear and right now. A passing mention may not be enough."),
    ),
    "Threats of suicide; end of list cut off.": (
        gettext_noop("It speaks of threats of suicide. We could not read the end of its list."),
    ),
}

# The few notes that also say whom the helper may or must tell: read after "may" or "must".
WHOM: Mapping[str, str] = {
    _MAINE: gettext_noop("It must go to an agency of the government or of law enforcement."),
    _NEW_YORK: gettext_noop("Your helper may tell only someone who is able to help."),
    _VIRGINIA: gettext_noop("Your helper may tell your employer."),
}


def on_talk_of_suicide(row: Row) -> tuple[str, ...]:
    """What this row says about it: when it opens, the row's own note, whether the helper may or must, how we know."""
    opens = row.self_harm_opens_at
    parts = [gettext(sentence) for sentence in THRESHOLDS[opens]]
    parts += _note(row.self_harm_note)
    if opens in OPENS:
        parts += [gettext(sentence) for sentence in ONCE_IT_OPENS[row.disclosure]]
        parts += [gettext(WHOM[row.self_harm_note])] if row.self_harm_note in WHOM else []
    elif opens is Threshold.NONE_LISTED:
        parts.append(gettext(WITH_NO_LIMIT_LISTED[row.disclosure]))
    if Evidence.SECONDARY in (row.self_harm_evidence, row.disclosure_evidence) and opens in OPENS:
        parts.append(gettext(NOT_READ_BY_US))
    return tuple(parts)


def _note(note: str) -> list[str]:
    plain = NOTES.get(note)
    if plain is None:
        return [gettext("Our note on it: %(note)s") % {"note": note}]
    return [gettext(sentence) for sentence in plain]
