"""What we say of each line, in plain words that can be translated.

The file of facts speaks to us ("attribute the words to COPLINE"); these sentences speak to the person who may ring.
Each set carries the mark of the facts it was written from (`written_from`): when the facts change, a test asks
for the words to be read again. Nothing here may claim more than its facts.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from stepitup.directory.facts_file import Line, Rescue, Serves


@dataclass(frozen=True)
class LineWords:
    """Our sentences about one line.

    who: who answers · hours: when · know: what one must know before choosing it · rescue: more about emergency services
    than the mark says · before_text: what happens after the first text · warning: what a wary person would want told.
    """

    written_from: str
    who: str
    hours: str
    know: tuple[str, ...] = ()
    rescue: str = ""
    before_text: str = ""
    warning: str = ""


def mark_of_facts(line: Line) -> str:
    """A short mark of everything in the facts that our sentences rest on."""
    text = line.text.model_dump() if line.text else None
    told = [
        line.who_answers, line.who_answers_note, line.hours, line.may_involve_rescue, line.rescue_note, text,
        line.confidentiality, line.languages_note, line.notes, line.disclosures, line.kind, line.serves,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]


def rescue_in_a_sentence(mark: Rescue) -> str:
    """What the mark means, for everybody to see. Not known is said as not known, never as no."""
    return {
        "yes": gettext("Emergency services: it may bring them in when a life is at risk."),
        "no_promise": gettext("Emergency services: nobody can promise you that it never brings them in."),
        "says_no": gettext("Emergency services: it says it does not bring them in for your own danger unless you ask."),
        "unknown": gettext(
            "Emergency services: we do not know whether it may bring them in. You can ask at the start."
        ),
    }[mark]


def serves_in_words(serves: Serves) -> str:
    """Whom a line is for."""
    return {
        "law_enforcement": gettext("law enforcement"),
        "fire": gettext("fire"),
        "ems": gettext("EMS"),
        "dispatch": gettext("dispatch"),
        "corrections": gettext("corrections"),
        "veterans": gettext("veterans"),
        "families": gettext("families"),
        "everyone": gettext("everyone"),
    }[serves]


def words_for_lines() -> Mapping[str, LineWords]:
    """Our sentences about every published line, in the language of the moment."""
    return {line: _in_this_language(words) for line, words in (_FOR_THE_WHOLE_COUNTRY | _FOR_ONE_STATE).items()}


def _in_this_language(words: LineWords) -> LineWords:
    return replace(
        words,
        who=gettext(words.who),
        hours=gettext(words.hours),
        know=tuple(map(gettext, words.know)),
        rescue=gettext(words.rescue),
        before_text=gettext(words.before_text),
        warning=gettext(words.warning),
    )


_DAY_AND_NIGHT: Final = _("Day and night.")
_NOT_STATED: Final = _("Hours: we do not know.")
_FOR_THE_WHOLE_COUNTRY: Final = {
    "988": LineWords(
        written_from="ffdd61d453dd",
        who=_("Staff and volunteers of local centers answer. They are not responders as such."),
        hours=_DAY_AND_NIGHT,
        know=(_("For Spanish press 2, or text AYUDA."),),
        rescue=_(
            "It does this rarely, and mostly with the caller’s yes. By its own figures, as reported, about 1 in "
            "100 calls went to emergency services without it. If it brings them in and you do not say where "
            "you are, it gives 911 your number or internet address. It does not see exactly where you are."
        ),
        before_text=_(
            "The first answer to a text is automatic. You reply Next to accept the terms, there is a short survey, "
            "then a wait before a counselor joins."
        ),
    ),
    "veterans-crisis-line": LineWords(
        written_from="b1a542290c73",
        who=_("Trained staff of the VA answer. Some are veterans."),
        hours=_DAY_AND_NIGHT,
        know=(_("For veterans, active duty, Guard and Reserve, and those close to them. Not a responder line."),),
        rescue=_("The VA says it calls local emergency services when it cannot make you safe in another way."),
        warning=_(
            "If you leave contact details, somebody local from the VA follows up the next business day. The line "
            "sends letters over a year to veterans who made contact."
        ),
    ),
    "crisis-text-line": LineWords(
        written_from="f3a16caac5c6",
        who=_("Trained volunteers answer. Staff with a master’s or doctoral degree supervise them."),
        hours=_DAY_AND_NIGHT,
        know=(_("Any word starts it. For Spanish text AYUDA."),),
        rescue=_("It explains this openly. A page from 2019 or 2020 says just under 1 in 100 conversations."),
        warning=_(
            "About your words: Politico reported that this line had shared data from conversations with a company "
            "close to it, Loris.ai. One public radio project then stopped recommending it."
        ),
    ),
    "disaster-distress": LineWords(
        written_from="340470f61ffc",
        who=_("Trained counselors answer."),
        hours=_DAY_AND_NIGHT,
        know=(
            _("For distress after a disaster. It names responders and rescue workers among its callers."),
            _("For Spanish press 2. You need not say who you are."),
        ),
        rescue=_(
            "SAMHSA says counselors can bring in local emergency services when the danger to health is immediate."
        ),
    ),
    "samhsa-national-helpline": LineWords(
        written_from="6c03852d6ba9",
        who=_("Trained staff answer, in English and Spanish."),
        hours=_DAY_AND_NIGHT,
        know=(_("It helps you find treatment. It is not a crisis line."),),
    ),
    "ndvh": LineWords(
        written_from="a9ff15564781",
        who=_("Trained advocates answer. You can also call if you worry about what you do yourself."),
        hours=_DAY_AND_NIGHT,
        know=(_("For abuse at home or in a relationship. It is not a suicide line."),),
        rescue=_(
            "In 2018 it said that it cannot send help to where you are, and to call 911 for that. We have not read "
            "what it does when a life is at risk."
        ),
    ),
    "copline": LineWords(
        written_from="9c4f85d6b447",
        who=_("Retired officers answer. They are vetted and had 40 hours of training in listening."),
        hours=_DAY_AND_NIGHT,
        know=(_("Not tied to any department or agency."),),
        rescue=_(
            "COPLINE says that officers who speak of suicidal thoughts should not have to worry about a knock on "
            "the door. We did not find its written rule for a life in danger now, so we cannot promise it."
        ),
    ),
}


_FOR_ONE_STATE: Final = {
    "cop2cop": LineWords(
        written_from="648761b0fffc",
        who=_("Retired officers and mental health professionals answer."),
        hours=_DAY_AND_NIGHT,
    ),
    "poppa": LineWords(
        written_from="4e6690e13eac",
        who=_("New York City officers answer, as volunteers trained in peer support."),
        hours=_DAY_AND_NIGHT,
        know=(_("Only active and retired New York City police. It is run outside the NYPD."),),
    ),
    "fl-hero-line": LineWords(
        written_from="585253ce8582",
        who=_("Trained counselors or peers answer. In 2020 the goal was that responders answer."),
        hours=_NOT_STATED,
    ),
    "hero4hero": LineWords(
        written_from="171fee14905b",
        who=_("Current and former responders and peer specialists answer."),
        hours=_DAY_AND_NIGHT,
    ),
    "lsf-211": LineWords(
        written_from="7c8743569121",
        who=_("Peers answer, after 211 has put you through."),
        hours=_("211 answers day and night. A peer comes on at once or within 24 hours."),
        know=(
            _("Only for 20 counties in the northeast and north center of Florida."),
            _("Say that you are a responder, or family of one."),
        ),
    ),
    "fst5": LineWords(
        written_from="15499c885987",
        who=_("Former responders with training for a crisis answer, and clinicians."),
        hours=_DAY_AND_NIGHT,
    ),
    "mnfire": LineWords(
        written_from="e8da643857eb",
        who=_("One page says that clinicians answer and find you a peer; another, that peers give the support."),
        hours=_DAY_AND_NIGHT,
    ),
    "ilffps": LineWords(
        written_from="f16989a7476d",
        who=_("Current and retired responders with two days of training. A licensed psychologist guides them."),
        hours=_("Hours: not stated. You ask, and they find you a peer."),
        know=(_("It is not a crisis line."),),
    ),
    "colorado-crisis": LineWords(
        written_from="7de6cd403979",
        who=_("Clinicians and peers answer."),
        hours=_DAY_AND_NIGHT,
    ),
}
