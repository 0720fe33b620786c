"""The ring that joins helper and caller: what the provider asks us while it rings the one and then the other.

Neither phone shows the other's number, only ours. The caller presses 1 before a word passes: a voicemail presses
nothing, so nobody ever speaks to one. A helper whom no link reaches is asked on the line what a seat's screen asks.
"""

from xml.etree import ElementTree as Tree

from django.http import HttpRequest, HttpResponse

from stepitup.calls import actions
from stepitup.calls.actions.joining_by_ring import LONGEST_TALK
from stepitup.calls.joining import helper_of_ring, is_rung_alone, number_to_join
from stepitup.door.replies import twiml
from stepitup.door.replies.known import from_the_provider, plain
from stepitup.ground.deeds import deed
from stepitup.ground.team import team
from stepitup.paging.carriers.voice_twilio import words
from stepitup.paging.facts import NoticeWords
from stepitup.roster import questions as roster

_RINGS_FOR = "24"
_LONGEST = str(int(LONGEST_TALK.total_seconds()))


@from_the_provider
def helper_picked_up(request: HttpRequest, key: str) -> HttpResponse:
    """The helper is on the line: ring the caller, from our number."""
    root, ours, language = Tree.Element("Response"), team().voice, _language(key)
    number = None if _is_a_machine(request) else number_to_join(key)
    if number is None or ours is None:
        twiml.say(root, words.cannot_join(language=language), language)
        return twiml.hang_up(root)
    twiml.say(root, words.one_moment(language=language), language)
    alone = is_rung_alone(key)
    dial = twiml.add(root, "Dial", callerId=ours.sender, timeout=_RINGS_FOR, timeLimit=_LONGEST, answerOnBridge="true")
    if alone:
        dial.set("action", f"/replies/join/{key}/after")
    twiml.add(dial, "Number", number, url=f"/replies/join/{key}/caller")
    if not alone:
        twiml.say(root, words.cannot_join(language=language), language)
    return twiml.answer(root)


@from_the_provider
def caller_picked_up(_request: HttpRequest, key: str) -> HttpResponse:
    """Somebody or something picked up at the caller's number: only a person presses a key."""
    root = Tree.Element("Response")
    for _twice in range(2):
        ask = twiml.add(root, "Gather", numDigits="1", timeout="6", action=f"/replies/join/{key}/yes")
        twiml.say(ask, words.somebody_is_there(), "en")
        twiml.say(ask, words.somebody_is_there(language="es"), "es")
    return twiml.hang_up(root)


@from_the_provider
def caller_pressed(request: HttpRequest, key: str) -> HttpResponse:
    """1 joins the two; anything else hangs up, and the helper hears that they cannot be reached this way."""
    root = Tree.Element("Response")
    if request.POST.get("Digits") != "1" or number_to_join(key) is None or not deed(actions.joined_by_ring, key):
        return twiml.hang_up(root)
    return twiml.answer(root)


@from_the_provider
def rang_off(_request: HttpRequest, key: str) -> HttpResponse:
    """The helper's ring has ended, however it did: it may ring again."""
    deed(actions.ring_has_ended, key)
    return plain("")


@from_the_provider
def after(request: HttpRequest, key: str) -> HttpResponse:
    """On the helper's line when the caller has left it or could not be reached, or when we ring the helper again."""
    root, language = Tree.Element("Response"), _language(key)
    if _is_a_machine(request) or not is_rung_alone(key):
        return twiml.hang_up(root)
    if request.POST.get("DialCallStatus", "completed") != "completed":
        twiml.say(root, words.not_just_now(language=language), language)
    for _twice in range(2):
        ask = twiml.add(root, "Gather", numDigits="1", timeout="8", action=f"/replies/join/{key}/after/key")
        twiml.say(ask, words.how_does_it_go_on(language=language), language)
    twiml.say(root, words.goodbye(language=language), language)
    return twiml.hang_up(root)


@from_the_provider
def after_pressed(request: HttpRequest, key: str) -> HttpResponse:
    """1 rings the caller again, 2 passes them on, 3 ends the helper's part; anything else is asked again."""
    root, language, digit = Tree.Element("Response"), _language(key), request.POST.get("Digits", "")
    if digit == "2":
        left = deed(actions.pass_on_by_ring, key)
        back = NoticeWords.HANDED_BACK if left else NoticeWords.OVER
        twiml.say(root, words.spoken_answer(back, language=language), language)
        return twiml.hang_up(root)
    if digit == "3":
        deed(actions.done_by_ring, key)
        twiml.say(root, words.your_part_is_done(language=language), language)
        return twiml.hang_up(root)
    if digit == "1":
        deed(actions.goes_on_by_ring, key)
    twiml.add(root, "Redirect", f"/replies/join/{key}{'' if digit == '1' else '/after'}")
    return twiml.answer(root)


@from_the_provider
def after_rang_off(_request: HttpRequest, key: str) -> HttpResponse:
    """The ring that asked how it goes on has ended. Where it joined the two once more, it is asked anew."""
    deed(actions.ring_has_ended, key)
    return plain("")


def _is_a_machine(request: HttpRequest) -> bool:
    return request.POST.get("AnsweredBy", "").startswith(("machine", "fax"))


def _language(key: str) -> str:
    helper = helper_of_ring(key)
    return "en" if helper is None else roster.language_of(helper)
