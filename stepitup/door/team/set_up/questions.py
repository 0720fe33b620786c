"""The questions, in the order in which a team settles them, and the words that ask them."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stepitup.ground.set_up import Asked


@dataclass(frozen=True)
class Question:
    """One screen: its address, what it asks in a few words and in full, and what helps to answer it."""

    word: str
    asked: tuple[Asked, ...]
    short: Promise
    heading: Promise
    hint: Promise
    seen_by: Promise


_TEAM_ONLY: Final = _("Only coordinators, the clinical lead and the operator see this.")

QUESTIONS: Final = (
    Question(
        "policy",
        (Asked.POLICY,),
        _("Written policy"),
        _("What is your written policy, and where is it kept?"),
        _("Its name, the day it was adopted, and where a helper can read it."),
        _TEAM_ONLY,
    ),
    Question(
        "clinical-lead",
        (Asked.CLINICAL_LEAD,),
        _("Clinical lead"),
        _("Who is your clinical lead?"),
        _("The licensed clinician who stands behind how this team works: name, licence, how to reach them."),
        _TEAM_ONLY,
    ),
    Question(
        "on-call-clinician",
        (Asked.ON_CALL_CLINICIAN,),
        _("Clinician on call"),
        _("Which clinician can a helper ask at night?"),
        _("Name, number, and when they can be reached. A helper asks them without naming anybody."),
        _("Helpers see this while they sit with somebody."),
    ),
    Question(
        "counsel",
        (Asked.COUNSEL,),
        _("Counsel"),
        _("Who is your lawyer?"),
        _("Who reads your rules, and whom you ring when somebody asks for records: name, number."),
        _TEAM_ONLY,
    ),
    Question(
        "records-request",
        (Asked.RECORDS_REQUEST,),
        _("When somebody asks for records"),
        _("What do you answer when somebody asks for records?"),
        _(
            "Settle it with your lawyer before anybody asks: who answers, and with which words. What is true of this "
            "program: nobody on the team can see who called; a call is deleted on the day that was told at the press."
        ),
        _TEAM_ONLY,
    ),
    Question(
        "who-runs",
        (Asked.WHO_RUNS, Asked.NETWORK, Asked.RUN_BY_EMPLOYER),
        _("Who runs this machine, and where"),
        _("Who runs this machine, and on whose network?"),
        _("Callers read this on the first screen, before they press."),
        _("Everybody sees this."),
    ),
    Question(
        "complaints",
        (Asked.COMPLAINT_TO,),
        _("Where a complaint goes"),
        _("Who outside the team takes complaints?"),
        _("A reviewer who is not of the team: name, number or address. Nobody needs to give a name there."),
        _("Everybody sees this, under “Something went wrong”."),
    ),
    Question(
        "my-job",
        (Asked.MY_JOB,),
        _("My job? My gun? My certificate?"),
        _("What do you answer to “My job? My gun? My certificate?”"),
        _(
            "Ask the union and your lawyer. Write only what they will stand behind, and where you do not know, say so. "
            "An empty line begins a new paragraph."
        ),
        _("Everybody sees this, with who signed it and the day."),
    ),
)
BY_WORD: Final = {question.word: question for question in QUESTIONS}


def after(question: Question) -> Question | None:
    """The question that comes next; None after the one at the end."""
    place = QUESTIONS.index(question) + 1
    return QUESTIONS[place] if place < len(QUESTIONS) else None
