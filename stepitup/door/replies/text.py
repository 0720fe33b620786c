"""Texts that come back, and what became of those that went out."""

from django.http import HttpRequest, HttpResponse

from stepitup.calls import actions
from stepitup.door.replies import twiml
from stepitup.door.replies.known import from_the_provider, plain
from stepitup.ground import clock
from stepitup.ground.deeds import deed
from stepitup.paging.carriers.provider.trouble import by_code
from stepitup.paging.facts import Outcome, Reply

# A reply is a digit or a few words. What is longer says nothing that a digit does not.
_READ_AT_MOST = 500
_ARRIVED = frozenset({"delivered", "read"})
_NOT_ARRIVED = frozenset({"undelivered", "failed", "canceled"})


@from_the_provider
def reply(request: HttpRequest) -> HttpResponse:
    """A reply. What goes back goes back in the answer to this request, at once."""
    sent = request.POST
    said = Reply(
        carrier="text",
        number=sent.get("From", ""),
        # The provider has told them already, and takes no more texts to them: what it calls STOP is STOP.
        said="STOP" if sent.get("OptOutType") == "STOP" else sent.get("Body", "")[:_READ_AT_MOST],
        id=sent.get("MessageSid") or sent.get("SmsSid", ""),
        at=clock.now(),
    )
    if not said.number or not said.id:
        return plain("A reply comes with From and MessageSid.", status=400)
    return twiml.message(deed(actions.reply, said).text)


@from_the_provider
def status(request: HttpRequest, key: str) -> HttpResponse:
    """What became of a message: in any order, twice, or before the answer to our own request."""
    outcome = _outcome(request.POST.get("MessageStatus", ""), request.POST.get("ErrorCode", ""))
    if outcome is not None:
        deed(actions.note_delivery, key, outcome)
    return plain("")


def _outcome(stands: str, code: str) -> Outcome | None:
    """None for what is only on its way."""
    if stands in _ARRIVED:
        return Outcome.handed_over()
    if stands not in _NOT_ARRIVED:
        return None
    return by_code(int(code)) if code.isdigit() and len(code) < 8 else Outcome.next_way(stands)
