"""The ring that joins helper and caller: what the provider asks us while it rings the one and then the other.

Neither phone shows the other's number, only ours. The caller presses 1 before a word passes: a voicemail presses
nothing, so nobody ever speaks to one.
"""

from xml.etree import ElementTree as Tree

from django.http import HttpRequest, HttpResponse

from stepitup.calls.joining import number_to_join
from stepitup.door.replies import twiml
from stepitup.door.replies.known import from_the_provider
from stepitup.ground.team import team
from stepitup.paging.carriers.voice_twilio.words import cannot_join, one_moment, somebody_is_there

_RINGS_FOR = "24"


@from_the_provider
def helper_picked_up(request: HttpRequest, key: str) -> HttpResponse:
    """The helper is on the line: ring the caller, from our number."""
    root, ours = Tree.Element("Response"), team().voice
    number = None if request.POST.get("AnsweredBy", "").startswith("machine") else number_to_join(key)
    if number is None or ours is None:
        twiml.add(root, "Say", cannot_join())
        twiml.add(root, "Hangup")
        return twiml.answer(root)
    twiml.add(root, "Say", one_moment())
    dial = twiml.add(root, "Dial", callerId=ours.sender, timeout=_RINGS_FOR, answerOnBridge="true")
    twiml.add(dial, "Number", number, url=f"{request.path}/caller")
    twiml.add(root, "Say", cannot_join())
    return twiml.answer(root)


@from_the_provider
def caller_picked_up(_request: HttpRequest, key: str) -> HttpResponse:
    """Somebody or something picked up at the caller's number: only a person presses a key."""
    root = Tree.Element("Response")
    for _twice in range(2):
        ask = twiml.add(root, "Gather", numDigits="1", timeout="6", action=f"/replies/join/{key}/yes")
        twiml.add(ask, "Say", somebody_is_there())
        twiml.add(ask, "Say", somebody_is_there(language="es"), language="es-MX")
    twiml.add(root, "Hangup")
    return twiml.answer(root)


@from_the_provider
def caller_pressed(request: HttpRequest, key: str) -> HttpResponse:
    """1 joins the two; anything else hangs up, and the helper hears that they cannot be reached this way."""
    root = Tree.Element("Response")
    if request.POST.get("Digits") != "1" or number_to_join(key) is None:
        twiml.add(root, "Hangup")
    return twiml.answer(root)
