"""The limits that only one law or a few have, in plain words: the row's own note, and what a caller reads of it.

A note without plain words here is shown as it stands.
"""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

from stepitup.limits.rows import Row

_ELSE_REPORTED = gettext_noop("Other things that the law says must be reported.")
_NOT_AS_PEER = gettext_noop("Your helper was not acting as a peer.")
_SPOUSE = gettext_noop("Something points to abuse of a husband or wife.")
_SEEN_AT_WORK = gettext_noop("What others see of you in day-to-day work is not covered.")
_SHARED_IN_TEAM = gettext_noop("Your helper may need to ask, or bring in, someone else on the team.")

OTHERS: Mapping[str, tuple[str, ...]] = {
    "": (),
    (
        "Anything else the law requires to be reported or disclosed. Suicide: intent plus a plan or means is needed;"
        " suicidal thoughts alone do not open it. Consent must come from every participant in the communication. What"
        " was seen or learned outside the session is not covered."
    ): (
        _ELSE_REPORTED,
        gettext_noop("All who took part must agree before it is told by consent."),
        gettext_noop("What was seen or learned outside the talk is not covered."),
    ),
    (
        "Other information the law requires to be reported. What staff observe in the ordinary course of work is not"
        " covered."
    ): (_ELSE_REPORTED, _SEEN_AT_WORK),
    (
        "Referral to, or consultation with, another team member or clinician; disclosure otherwise required by law."
        " 'Crime' here means preventing one. Police: none of this holds in criminal or juvenile delinquency cases."
        " Fire: protected only in civil, administrative and arbitration matters, a civil court order can reach it, and"
        " the person must be told in writing when a disclosure is made."
    ): (
        _SHARED_IN_TEAM,
        _ELSE_REPORTED,
        gettext_noop("The limit on crime is there to prevent one."),
        gettext_noop("Police: it does not hold in criminal or juvenile cases."),
        gettext_noop("Fire: it does not hold in criminal cases. A civil court can order it told."),
        gettext_noop("Fire: you must hear in writing when something is told."),
    ),
    "Disclosure another statute requires (for example mandated abuse reporting).": (
        gettext_noop("Another law says that it must be told, as with abuse."),
    ),
    "Services used to commit, or try to commit, a crime or fraud.": (
        gettext_noop("Someone uses the talk itself to carry out a crime or a fraud."),
    ),
    (
        "The peer was not acting in an official capacity. The privilege also ends when the person is charged with a"
        " crime."
    ): (
        gettext_noop("Your helper was not acting in an official role."),
        gettext_noop("You are charged with a crime."),
    ),
    (
        "Abuse of a spouse and anything else the law requires to be reported; observations made in the ordinary course"
        " of work."
    ): (_SPOUSE, _ELSE_REPORTED, _SEEN_AT_WORK),
    (
        "Domestic violence and anything law OR AGENCY POLICY makes reportable; an admission or act of refusing to"
        " perform duties that protect others; subpoena for good cause."
    ): (
        gettext_noop("Something points to violence at home."),
        gettext_noop("The law or your agency's policy says that it must be reported. Ask what that policy says."),
        gettext_noop("You refuse a duty that protects others, or say that you did."),
        gettext_noop("A court calls for it with good cause."),
    ),
    "Information the law requires to be disclosed.": (_ELSE_REPORTED,),
    (
        "Disclosure is a DUTY here: team members must report admissions of crime, reportable matters and danger to self"
        " or others. Abuse falls under 'must be reported by law'."
    ): (
        gettext_noop("Team members must report crimes you admit, and danger to you or others."),
        gettext_noop("They must report what the law says must be reported, such as abuse."),
    ),
    "Needed referral to, or consultation with, another team member or an associated professional.": (_SHARED_IN_TEAM,),
    "Other listed or legally required disclosures (list cut off in the stored copies).": (_ELSE_REPORTED,),
    (
        "Peer programs: a request from, or reporting duty of, a licensing board. Stress teams: referral or"
        " consultation, the provider's death, facts about care given to an injured person, and a balancing test that"
        " lets disclosure outweigh privacy."
    ): (
        gettext_noop("Peer programs: a board that gives licenses asks for it or must be told."),
        gettext_noop("Stress teams: your helper may bring in others."),
        gettext_noop("Stress teams: facts on the care of an injured person can be told."),
        gettext_noop("Stress teams: it can be told after the provider's death."),
        gettext_noop("Stress teams: telling is found to weigh more than your privacy."),
    ),
    (
        "The peer was not acting as a peer counselor. A judge may compel disclosure when justice requires it."
        " Use-of-force talk need not be disclosed under the crime exception."
    ): (
        _NOT_AS_PEER,
        gettext_noop("A judge orders it because justice needs it."),
        gettext_noop("The limit on crime does not force your helper to tell about use of force."),
    ),
    "Information available from its original source is not shielded just because it was raised in a debriefing.": (
        gettext_noop("What can be had from its first source stays open, even if you said it in a debriefing."),
    ),
    "The peer is defending against a complaint the person helped has made.": (
        gettext_noop("You made a complaint about your helper, and they answer it."),
    ),
    "Anything else the law requires to be reported.": (_ELSE_REPORTED,),
    (
        "Anything else the law requires. Danger disclosures may go only to someone able to prevent or lessen the harm;"
        " suicidal thoughts and self-harm count, not only explicit threats."
    ): (
        gettext_noop("Anything else that the law requires."),
        gettext_noop("Danger may be told only to someone who can prevent or lessen the harm."),
    ),
    "The team member was not acting in the peer support process. Mandatory reporting duties are not relieved.": (
        _NOT_AS_PEER,
        _ELSE_REPORTED,
    ),
    (
        "Family violence; intentional wrongs (torts) still within the limitation period; disclosure otherwise required"
        " by law or court rule. Waiver needs all parties."
    ): (
        gettext_noop("Something points to violence in a family."),
        gettext_noop("You did someone harm on purpose, and they can still sue for it."),
        gettext_noop("The law or a rule of court says that it must be told."),
        gettext_noop("All who took part must agree before it is told by consent."),
    ),
    (
        "Reasonable cause to believe the person is mentally or emotionally unfit for duty. Crime includes one"
        " committed, planned or to be concealed."
    ): (
        gettext_noop("There is good cause to think that you are unfit for duty, in mind or in feeling."),
        gettext_noop("A crime that is planned, or is to be hidden, counts too."),
    ),
    (
        "Intent to deceive the investigation into the incident; the member was not acting as a team member. Crime or"
        " danger may be told to the employer."
    ): (
        gettext_noop("You mean to mislead those who look into the incident."),
        _NOT_AS_PEER,
        gettext_noop("Crime or danger may be told to your employer."),
    ),
    (
        "Mandatory reporting duties are not affected. Crisis referral services may reveal what is needed to prevent"
        " death, serious injury or a crime."
    ): (
        _ELSE_REPORTED,
        gettext_noop("Crisis referral services may tell what is needed to prevent death, serious harm or a crime."),
    ),
    "Threats of a criminal act, abuse of a spouse, and other information the law requires to be reported.": (
        gettext_noop("You say that you may do something that is a crime."),
        _SPOUSE,
        _ELSE_REPORTED,
    ),
}


def on_other_limits(row: Row) -> tuple[str, ...]:
    """What only this law, or a few, name as a limit."""
    plain = OTHERS.get(row.other_note)
    if plain is None:
        return (gettext("Our note on it: %(note)s") % {"note": row.other_note},)
    return tuple(gettext(sentence) for sentence in plain)
