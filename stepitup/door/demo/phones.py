"""What each phone of the demonstration shows. In a real house these addresses do not exist."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from stepitup.door.words import clock_time
from stepitup.ground.team import team
from stepitup.ground.vocabulary import Kind
from stepitup.paging import questions as paging
from stepitup.paging.facts import PagerLine
from stepitup.roster import questions as roster
from stepitup.roster.facts import HelperFacts

_ROLES = {
    Kind.PEER: _("Peer"),
    Kind.CHAPLAIN: _("Chaplain"),
    Kind.CLINICIAN: _("Clinician"),
    Kind.COORDINATOR: _("Coordinator"),
}
_A_FEW = 6  # a phone shows its newest messages; the others are in pager.json


@dataclass(frozen=True)
class Message:
    """One message as it lights up. `link` without its host, so that the pager works under any name of this machine."""

    time: str
    way: str
    text: str
    link: str


@dataclass(frozen=True)
class Phone:
    """One helper's phone, the newest message first."""

    helper: str
    roles: tuple[str, ...]
    messages: tuple[Message, ...]


def pager(request: HttpRequest) -> HttpResponse:
    """All phones on one screen, the one that lit up last first. It looks again by itself, with or without script."""
    _only_in_the_demonstration()
    lines = paging.pager_lines()
    lit_up = {line.helper: place for place, line in enumerate(lines)}
    addresses = _addresses(set(lit_up))
    phones = [
        _phone(helper, [line for line in lines if line.helper == helper.id], addresses)
        for helper in sorted(roster.all_helpers(), key=lambda one: -lit_up.get(one.id, -1))
    ]
    response = render(request, "demo/pager.html", {"phones": phones, "version": len(lines)})
    response.headers["Cache-Control"] = "no-store"
    return response


def pager_json(_request: HttpRequest) -> HttpResponse:
    """The same for programs, the newest last."""
    _only_in_the_demonstration()
    helpers = {helper.id: helper for helper in roster.all_helpers()}
    lines = [line for line in paging.pager_lines() if line.helper in helpers]
    addresses = _addresses({line.helper for line in lines})
    shown = [_line(line, helpers[line.helper], addresses) for line in lines]
    response = JsonResponse(shown, safe=False)
    response.headers["Cache-Control"] = "no-store"
    return response


def _only_in_the_demonstration() -> None:
    if not team().demo:
        raise Http404


def _phone(helper: HelperFacts, lines: list[PagerLine], addresses: dict[int, str]) -> Phone:
    messages = tuple(
        Message(clock_time(line.at), addresses.get(line.way, ""), line.text, urlsplit(line.link).path)
        for line in list(reversed(lines))[:_A_FEW]
    )
    return Phone(helper.display_name, tuple(str(_ROLES[kind]) for kind in _ROLES if kind in helper.kinds), messages)


def _line(line: PagerLine, helper: HelperFacts, addresses: dict[int, str]) -> dict[str, Any]:
    return {
        "helper": helper.display_name,
        "role": next(kind.value for kind in _ROLES if kind in helper.kinds),
        "way": addresses.get(line.way, str(line.way)),
        "text": line.text,
        "link": line.link,
        "key": line.key,
        "at": line.at.isoformat(),
    }


def _addresses(helpers: set[int]) -> dict[int, str]:
    return {way.id: way.address for ways in roster.ways_of(helpers).values() for way in ways}
