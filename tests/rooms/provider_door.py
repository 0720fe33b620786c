"""A house that a provider knows, and the provider's own requests to it, signed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.http import HttpResponse
from django.test import Client, override_settings

from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.team import ProviderSettings, team
from stepitup.paging import carriers
from stepitup.paging.carriers.provider.signature import signature_of
from tests.rooms.calls_house import NIGHT
from tests.rooms.paging_house import FakeCarrier

HOUSE, TOKEN = "https://help.example", "not a real token"


@contextmanager
def provider_house(*names: str) -> Iterator[HandClock]:
    """A house with fake carriers of these names, whose provider of text and voice has its token."""
    provider = ProviderSettings("AC1", TOKEN, "+15125550100")
    ours = replace(team(), demo=False, public_url=HOUSE, text=provider, voice=provider)
    fakes = carriers.use(*(FakeCarrier(name) for name in names))
    with override_settings(TEAM=ours, ALLOWED_HOSTS=["*"]), clock.use(HandClock(NIGHT)) as hands, fakes:
        assert isinstance(hands, HandClock)
        yield hands


def brings(address: str, *, token: str = TOKEN, host: str = "help.example", **sent: str) -> HttpResponse:
    """The provider asks one of our addresses, signed."""
    signature = signature_of(token, HOUSE + address, {name: [value] for name, value in sent.items()})
    return Client().post(address, sent, headers={"X-Twilio-Signature": signature, "Host": host})  # type: ignore[return-value]  # Django's test client promises no type here
