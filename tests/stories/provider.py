"""The provider's own side: it asks the house's door, signed, as real ones do, and carries the answers to phones."""

from xml.etree import ElementTree as Tree

from django.test import Client

from stepitup.ground.keys import new_id
from stepitup.ground.team import ProviderSettings, team
from stepitup.paging.carriers.provider.signature import signature_of

PROVIDER = ProviderSettings("AC1", "the token of a story", "+13035550100", registered="10DLC")


def brings(address: str, **sent: str) -> Tree.Element | None:
    """Ask one of the house's addresses; the markup that it answers with, if it does."""
    signature = signature_of(PROVIDER.token, team().public_url + address, {name: [sent[name]] for name in sent})
    response = Client().post(address, sent, headers={"X-Twilio-Signature": signature})
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    return Tree.fromstring(response.content) if response.content else None


def brings_a_reply(number: str, words: str, *, id: str = "") -> str:
    """Somebody typed this; what goes back to them, or nothing."""
    root = brings("/replies/text", MessageSid=id or f"SM{new_id().hex}", From=number, To=PROVIDER.sender, Body=words)
    assert root is not None
    return "".join(found.text or "" for found in root.findall("Message"))


def says_what_became_of(key: str, status: str, code: str = "") -> None:
    """A note on the message with this key."""
    brings(f"/replies/text/status/{key}", MessageStatus=status, **({"ErrorCode": code} if code else {}))


def brings_a_ring(key: str, what: str, number: str, **sent: str) -> list[str]:
    """Something happened on a ring: what is said on the line then."""
    root = brings(f"/replies/voice/{key}{what}", CallSid=f"CA{key}", To=number, **sent)
    return [] if root is None else [say.text or "" for say in root.iter("Say")]
