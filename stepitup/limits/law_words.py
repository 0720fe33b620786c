"""Plain words for whom a law covers, what it shields from and where it stops. One sentence per value, none glued."""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

from stepitup.limits.bearing import Doubt
from stepitup.limits.rows import Disclosure, Limit, Row, Shield

DOUBTS: Mapping[Doubt, tuple[str, ...]] = {
    Doubt.STATE_UNKNOWN: (gettext_noop("You did not say which state you work in."),),
    Doubt.SERVICE_UNKNOWN: (gettext_noop("You did not say which service you work in. It may cover you."),),
    Doubt.IN_OTHER_WORDS: (
        gettext_noop("It does not name your service. It speaks of people in other words. It may not cover you."),
    ),
    Doubt.EMPLOYER_UNKNOWN: (
        gettext_noop("You did not say who employs you. If it is a federal agency, this is not your law."),
    ),
    Doubt.TRIBAL: (gettext_noop("We do not know if it covers people who work for a tribe."),),
    Doubt.PRIVATE: (gettext_noop("We do not know if it covers people who work for a private employer."),),
    Doubt.VOLUNTEER: (gettext_noop("We do not know if it covers volunteers."),),
    Doubt.FEDERAL_STAFF: (
        gettext_noop("The federal law we found is for law enforcement only."),
        gettext_noop("We do not show a state's law to people who work for a federal agency."),
    ),
}
FEDERAL_SERVICE_UNKNOWN = gettext_noop("It names federal law enforcement only. If that is you, it may cover you.")

NOT_CONFIRMED = gettext_noop("We could not confirm a law here; ask your team what is written locally.")
NAMES_OTHERS = gettext_noop("The law we found names other services and may not cover you.")
NAMES_OTHERS_FOR_HELPERS = gettext_noop("The law we found names other services and may not cover this caller.")
NAMES_OTHERS_IN_OTHER_WORDS = gettext_noop("It also speaks of people in other words. You may be one of them.")
ABOUT_PEERS = gettext_noop("The law we found is about peers. It may not cover this kind of helper.")

SHIELDS: Mapping[Shield, tuple[str, ...]] = {
    Shield.TELLING_ONLY: (
        gettext_noop("This law is about telling. Apart from its limits, your helper may not tell."),
        gettext_noop("It may not keep the talk out of court."),
    ),
    Shield.BOTH: (gettext_noop("Apart from its limits, your helper may not tell, and cannot be made to testify."),),
    Shield.UNKNOWN: (gettext_noop("We do not know if this law keeps the talk from your boss, out of court, or both."),),
}
COURT_ONLY_AND_RULE = gettext_noop(
    "This law is about courts. It may not stop a helper telling your boss; your team's rule is: %(rule)s"
)
COURT_ONLY = gettext_noop(
    "This law is about courts. It may not stop a helper telling your boss; your team's rule is not written here: ask"
    " your team."
)

# The row's own note on the shield, and the same in plain words.
SHIELD_NOTES: Mapping[str, tuple[str, ...]] = {
    "": (),
    ("The person may stop the peer from disclosing, but only within civil, administrative and arbitration matters."): (
        gettext_noop("There you may stop your helper telling, but not in a criminal case."),
    ),
    "Reports of the 2019 act say the talk is also kept out of court; not confirmed in the enacted text.": (
        gettext_noop("Reports say that it also keeps the talk out of court. We could not confirm that."),
    ),
    "Court part covers civil process only.": (
        gettext_noop("The part about courts covers civil cases only, not criminal ones."),
    ),
    (
        "Differs from protection: the section also makes it a misdemeanor for the peer to reveal privileged talk"
        " (re-read, 2022 text)."
    ): (gettext_noop("It is a crime there for a peer to tell what the law protects."),),
    (
        "Differs from protection: the section says the peer shall not disclose, not only that the peer need not"
        " testify (re-read, 2022 text)."
    ): (),
}

# `other` has no sentence of its own: each law that uses it says in a note what it means (other_limits.py).
LIMITS: Mapping[Limit, str] = {
    Limit.THREAT_TO_SELF: gettext_noop("You are a danger to yourself. What it takes is written above."),
    Limit.THREAT_TO_OTHERS: gettext_noop(
        "You say that you may hurt or kill someone, or others are in danger from you."
    ),
    Limit.CHILD_ABUSE: gettext_noop("Something points to abuse or neglect of a child."),
    Limit.ELDER_OR_DEPENDENT_ABUSE: gettext_noop("Something points to abuse of an older or dependent adult."),
    Limit.ADMISSION_OF_CRIME: gettext_noop("You admit a crime, or signs of a crime come out."),
    Limit.FELONY: gettext_noop("A serious crime (a felony) comes out."),
    Limit.CONSENT_WAIVER: gettext_noop("You agree that it is told."),
    Limit.PEER_WAS_WITNESS_OR_PARTY: gettext_noop("Your helper was there, saw it, or was part of it."),
    Limit.COURT_ORDER_CRIMINAL: gettext_noop("A court's order or a criminal case asks for it."),
    Limit.THREAT_PUBLIC_SAFETY: gettext_noop("Public safety is in serious danger."),
}

PARTIAL = gettext_noop("This list is partial. There may be more limits. Ask your team what is written locally.")
MAY_BE_MORE = gettext_noop("There may be more limits that we could not confirm. Ask your team.")
NO_LIMITS_READ = gettext_noop("We could not read the limits of this law.")
LIST_NOT_READ_BY_US = gettext_noop("We have this list from a summary or a report, not from the law's own words.")

DISCLOSURES: Mapping[Disclosure, str] = {
    Disclosure.MAY: gettext_noop("Where this law ends privacy, it lets a helper tell. It does not order it."),
    Disclosure.MIXED: gettext_noop("This law lets a helper tell in some cases. It leaves or orders reports in others."),
    Disclosure.MUST: gettext_noop("Where this law ends privacy, it orders a helper to tell."),
    Disclosure.UNKNOWN: gettext_noop("We do not know if this law lets a helper tell or orders it."),
}


def on_shield(row: Row, *, team_rule: str) -> tuple[str, ...]:
    """What the law protects from. A rule for courts only comes with the team's own rule on telling."""
    if row.shield is Shield.COURT_ONLY and team_rule:
        sentences = [gettext(COURT_ONLY_AND_RULE) % {"rule": team_rule}]
    elif row.shield is Shield.COURT_ONLY:
        sentences = [gettext(COURT_ONLY)]
    else:
        sentences = [gettext(sentence) for sentence in SHIELDS[row.shield]]
    note = SHIELD_NOTES.get(row.shield_note)
    if note is None:
        return (*sentences, gettext("Our note on it: %(note)s") % {"note": row.shield_note})
    return (*sentences, *(gettext(sentence) for sentence in note))
