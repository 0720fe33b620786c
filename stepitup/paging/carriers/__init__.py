"""The ways a page travels: a folder each, with its sender and its tests.

Which of them this house uses follows from the team's file: the pager in the demonstration, mail where mail is set up,
text where a modem or a provider is, or both: then either takes over from the other.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from stepitup.ground.team import AppSettings, MailSettings, ModemSettings, ProviderSettings, PushSettings, Team, team
from stepitup.paging.carriers.contract import Carrier
from stepitup.paging.carriers.house.own import OwnWay
from stepitup.paging.carriers.mail.sender import Mail
from stepitup.paging.carriers.modem_gammu.sender import Modem
from stepitup.paging.carriers.pager.sender import Pager

# Not above: carriers that speak HTTP or bring a library of their own. Opening those takes a third of a start, and most
# houses use one of them at the most.

# A house may be started without a carrier that had pages waiting: the watch looks after these names all the same.
KNOWN = ("pager", "mail", "text", "voice", "push", "app")

_OWN = OwnWay()
_instead: Mapping[str, Carrier] | None = None


def in_use() -> Mapping[str, Carrier]:
    """The carriers of this house, by name."""
    return _instead if _instead is not None else _carriers_of(team())


def by_name() -> Mapping[str, Carrier]:
    """The same, and the house's own way, by which it pages nobody but itself."""
    return {**in_use(), _OWN.name: _OWN}


def names() -> tuple[str, ...]:
    """Every carrier that may have something waiting, in use or not."""
    return tuple(dict.fromkeys((*in_use(), *KNOWN, _OWN.name)))


def modem() -> Modem | None:
    """The modem of this house, which somebody must listen to; None where it has none."""
    ours = team()
    return _modem(ours.data / ours.modem.folder) if ours.modem and not ours.demo else None


@contextmanager
def use(*carriers: Carrier) -> Iterator[None]:
    """Let the whole process page by other carriers for a while: for stories, with fake ones."""
    global _instead  # noqa: PLW0603  one process, one set of carriers
    before, _instead = _instead, MappingProxyType({carrier.name: carrier for carrier in carriers})
    try:
        yield
    finally:
        _instead = before


def _carriers_of(ours: Team) -> Mapping[str, Carrier]:
    if ours.demo:
        return MappingProxyType({"pager": _pager()})
    carriers: list[Carrier] = []
    if ours.mail:
        carriers.append(_mail(ours.mail))
    if ours.text:
        carriers.append(_text(ours.text, ours.second_text, ours.modem, ours.data))
    elif ours.modem:
        carriers.append(_modem(ours.data / ours.modem.folder))
    if ours.voice:
        carriers.append(_voice(ours.voice))
    if ours.push:
        carriers.append(_push(ours.push))
    if ours.app:
        carriers.append(_app(ours.app))
    return MappingProxyType({carrier.name: carrier for carrier in carriers})


@lru_cache(maxsize=1)
def _pager() -> Pager:
    return Pager()


@lru_cache(maxsize=4)
def _mail(settings: MailSettings) -> Mail:
    # Kept: reading the list of certificate authorities costs as much as a whole press.
    return Mail(settings)


@lru_cache(maxsize=1)
def _modem(place: Path) -> Modem:
    # Kept: it remembers that the modem was silent just now.
    return Modem(place)


@lru_cache(maxsize=4)
def _text(first: ProviderSettings, second: ProviderSettings | None, ours: ModemSettings | None, data: Path) -> Carrier:
    from stepitup.paging.carriers.text_twilio.sender import Text  # noqa: PLC0415  late: see above

    providers = [provider for provider in (first, second) if provider]
    if ours is None:
        return Text(*providers)
    by_hand = _modem(data / ours.folder)
    order: tuple[ProviderSettings | Modem, ...] = (by_hand, *providers) if ours.goes_first else (*providers, by_hand)
    # A modem needs some seconds for each text, also when it is the one that takes over.
    return Text(*order, time_limit=timedelta(seconds=25))


@lru_cache(maxsize=4)
def _voice(provider: ProviderSettings) -> Carrier:
    from stepitup.paging.carriers.voice_twilio.sender import Voice  # noqa: PLC0415  late: see above

    return Voice(provider)


@lru_cache(maxsize=1)
def _app(settings: AppSettings) -> Carrier:
    from stepitup.paging.carriers.app_apprise.sender import App  # noqa: PLC0415  late: see above

    # Kept: it remembers what went, since the apps do not.
    return App(settings)


@lru_cache(maxsize=1)
def _push(settings: PushSettings) -> Carrier:
    from stepitup.paging.carriers.push.sender import Push  # noqa: PLC0415  late: see above

    return Push(settings)
