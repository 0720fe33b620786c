"""Devices: a helper enrols a phone, the root key's holder signs it elsewhere, a lost one is taken off at once."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stepitup.door.team.screens import see, team_screen
from stepitup.door.team.who import Me, Role, for_whom
from stepitup.ground import log_book
from stepitup.ground.deeds import deed
from stepitup.ground.root_key import fingerprint_of
from stepitup.ground.team import team
from stepitup.roster.devices import actions, questions
from stepitup.roster.devices.proof import words_of_enrolling
from stepitup.roster.sign_in.errors import NotThatDevice

MINE, TEAM = "/team/devices", "/team/devices/team"
_REQUESTS, _SIGNATURES = "stepitup device requests 1", "stepitup device signatures 1"


@for_whom(Role.HELPER)
def mine(request: HttpRequest, me: Me) -> HttpResponse:
    """Their own devices, and the button that enrols the one in their hand."""
    problem = _press(request, me) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return see(MINE)
    told = {
        "devices": questions.devices_of(me.account, root=team().root_key),
        "words": words_of_enrolling(me.name),
        "problem": problem,
        **_root(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return team_screen(request, me, "team/devices.html", told, status=status)


def _press(request: HttpRequest, me: Me) -> str:
    """Take one off, say of one that it is there, or enrol this one; what did not fit, in words."""
    if "take_off" in request.POST:
        deed(actions.remove_own, me.account, _number(request.POST["take_off"]))
        return ""
    if "have_it" in request.POST:
        deed(actions.still_have_it, me.account, _number(request.POST["have_it"]))
        return ""
    said = {name: request.POST.get(name, "")[:200] for name in ("name", "key", "proof")}
    try:
        deed(actions.enrol, me.account, **said)
    except NotThatDevice:
        return _why_not(me, said["key"])
    return ""


def _why_not(me: Me, key: str) -> str:
    """Why this device was not enrolled, and what to do."""
    if not key:
        return _(
            "Nothing was enrolled: this browser runs no script here, or its window is a private one. Use another "
            "browser on this phone, or another phone. You can answer pages from this one all the same."
        )
    if any(one.key == key for one in questions.devices_of(me.account, root="")):
        return _("This device is enrolled already. It stands in the list here.")
    return _(
        "This device was not enrolled. It may be enrolled for another helper, or you have ten devices: take one off, "
        "or use another browser on this phone."
    )


@for_whom(Role.COORDINATOR)
def looked_after(request: HttpRequest, me: Me) -> HttpResponse:
    """The devices of everybody they look after: what waits for the root key, and a lost one to take off."""
    devices = questions.devices_looked_after(me, root=team().root_key)
    if request.method == "POST" and "take_off" in request.POST:
        wanted = _number(request.POST["take_off"])
        if wanted in {one.id for one in devices}:
            deed(actions.remove, wanted, by=log_book.account(me.account))
        return see(TEAM)
    told: dict[str, Any] = {"waiting": [one for one in devices if not one.is_signed]}
    told["signed"] = [one for one in devices if one.is_signed]
    if request.method == "POST":
        told |= _bring_in(request, me)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if told.get("problem") else HTTPStatus.OK
    return (
        see(TEAM)
        if told.get("fit")
        else team_screen(request, me, "team/devices_team.html", told | _root(), status=status)
    )


@for_whom(Role.COORDINATOR)
def requests_file(request: HttpRequest, me: Me) -> HttpResponse:
    """The file that goes to the root key's holder. It holds names and public keys, no secret."""
    devices = questions.devices_looked_after(me, root=team().root_key)
    asked = [{"name": one.whose, "device": one.name, "key": one.key} for one in devices if not one.is_signed]
    response = HttpResponse(
        json.dumps({"what": _REQUESTS, "devices": asked}, indent=1), content_type="application/json"
    )
    response["Content-Disposition"] = 'attachment; filename="requests.json"'
    return response


def _bring_in(request: HttpRequest, me: Me) -> dict[str, Any]:
    file = request.FILES.get("signatures")
    try:
        said = json.loads(file.read()) if file else {}
        signed = (
            {str(one["key"]): str(one["signature"]) for one in said["signatures"]}
            if said["what"] == _SIGNATURES
            else {}
        )
    except (ValueError, KeyError, TypeError):
        return {"problem": _("That is no file of signatures. It comes from `stepitup root-key sign`.")}
    fit, others = deed(actions.bring_signatures, signed, root=team().root_key, by=log_book.account(me.account))
    if not fit:
        return {"problem": _("No signature in it fits a waiting device. Was it signed with this team’s root key?")}
    return {"fit": fit, "others": others}


def _root() -> dict[str, str]:
    root = team().root_key
    return {"root": fingerprint_of(root) if root else ""}


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0
