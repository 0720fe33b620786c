"""A ring: what is said to whoever picks up, which key was pressed, and how it ended."""

from xml.etree import ElementTree as Tree

from django.http import HttpRequest, HttpResponse

from stepitup.calls import actions
from stepitup.door.replies import twiml
from stepitup.door.replies.known import from_the_provider, plain
from stepitup.ground import clock
from stepitup.ground.deeds import deed
from stepitup.paging import questions
from stepitup.paging.carriers.voice_twilio.words import (
    goodbye,
    spoken_answer,
    spoken_page,
    spoken_to_the_operator,
)
from stepitup.paging.facts import NoticeWords, Outcome, PageState, Reply
from stepitup.roster import questions as roster

_WAITS_FOR_A_KEY = "8"
_NO_PERSON = ("machine", "fax")


@from_the_provider
def picked_up(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody picked up, or something: a machine hears nothing, and the next way goes at once."""
    if _is_no_person(request):
        deed(actions.note_delivery, key, Outcome.next_way("voicemail"))
        return twiml.hang_up(Tree.Element("Response"))
    page = questions.page_by_attempt(key)
    root = Tree.Element("Response")
    if page is None or page.state is not PageState.OPEN:
        language = roster.language_of(page.helper) if page else "en"
        twiml.say(root, spoken_answer(NoticeWords.OVER, language=language), language)
        return twiml.hang_up(root)
    language = roster.language_of(page.helper)
    for _twice in range(2):  # who was asleep did not hear the first half
        ask = twiml.add(root, "Gather", numDigits="1", timeout=_WAITS_FOR_A_KEY, action=f"{request.path}/key")
        twiml.say(ask, spoken_page(page.words, language=language), language)
    twiml.say(root, goodbye(language=language), language)
    return twiml.hang_up(root)


@from_the_provider
def pressed(request: HttpRequest, key: str) -> HttpResponse:
    """A key. It means what the same digit means in a text from the same phone."""
    sent, page = request.POST, questions.page_by_attempt(key)
    language = roster.language_of(page.helper) if page else "en"
    digit = sent.get("Digits", "")[:1]
    said = Reply("voice", sent.get("To", ""), digit, f"{sent.get('CallSid', '')}:{digit}", clock.now())
    words = deed(actions.key_pressed, said).words
    if words is NoticeWords.NO_LINK:
        # They would come and cannot: the caller waits no longer for them than for whoever did not pick up.
        deed(actions.note_delivery, key, Outcome.next_way("no link to the seat"))
    elif words is not NoticeWords.UNCLEAR:
        deed(actions.note_delivery, key, Outcome.handed_over())
    root = Tree.Element("Response")
    twiml.say(root, spoken_answer(words, language=language), language)
    if words is NoticeWords.UNCLEAR:
        twiml.add(root, "Redirect", request.path.removesuffix("/key"))
        return twiml.answer(root)
    return twiml.hang_up(root)


@from_the_provider
def of_the_house(_request: HttpRequest, words: str) -> HttpResponse:
    """The operator's phone, or their voicemail: how the house does, twice, and no key is asked for."""
    root, said = Tree.Element("Response"), NoticeWords.__members__.get(words.upper())
    if said is not None and said.is_of_the_house:
        for _twice in range(2):
            twiml.say(root, spoken_to_the_operator(said), "en")
    return twiml.hang_up(root)


@from_the_provider
def of_the_house_ended(_request: HttpRequest, words: str) -> HttpResponse:
    """Nothing follows: they are told again while the trouble lasts."""
    del words
    return plain("")


@from_the_provider
def ended(request: HttpRequest, key: str) -> HttpResponse:
    """How the ring ended. Where no key was pressed nobody was reached, whoever picked up."""
    stands = request.POST.get("CallStatus", "")
    why = "voicemail" if _is_no_person(request) else _ENDINGS.get(stands)
    if why is not None:
        deed(actions.note_delivery, key, Outcome.next_way(why))
    return plain("")


_ENDINGS = {
    "busy": "busy",
    "no-answer": "no answer",
    "failed": "did not ring",
    "canceled": "did not ring",
    "completed": "no key pressed",
}


def _is_no_person(request: HttpRequest) -> bool:
    return request.POST.get("AnsweredBy", "").startswith(_NO_PERSON)
