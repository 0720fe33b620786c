"""`stepitup root-key make | sign | show`: on a machine of the team's choice, without a house and without a network."""

import argparse
import getpass
import json
import sys
from pathlib import Path
from typing import Any

import segno

from stepitup.desk.errors import CannotRead, NotTheSame
from stepitup.desk.files import read_whole, write_whole
from stepitup.ground import root_key

_AT_MOST = 1024**2
_REQUESTS, _SIGNATURES = "stepitup device requests 1", "stepitup device signatures 1"
_SHORTEST = 15


def do(options: argparse.Namespace) -> int:
    """Make, sign or show."""
    return {"root-key make": _make, "root-key sign": _sign, "root-key show": _show}[options.command](options)


def _make(options: argparse.Namespace) -> int:
    """A new key in a sealed file; its public half for team.toml, its fingerprint as a card."""
    file: Path = options.file
    if file.exists():
        raise CannotRead(file, "there is a file already, and a root key must not be written over")
    passphrase = _said("A passphrase for the root key (fifteen letters or more): ")
    if len(passphrase) < _SHORTEST:
        raise NotTheSame("That is too short: fifteen letters or more. Nothing was written.")
    if passphrase != _said("The same once more: "):
        raise NotTheSame("The two are not the same. Nothing was written.")
    root, sealed = root_key.make(passphrase)
    write_whole(file, sealed)
    print(f"The root key is in {file}, sealed. Keep it and the passphrase apart, and never on the house's machine.")
    _card(root.public, options.card)
    return 0


def _show(options: argparse.Namespace) -> int:
    """The public half and the fingerprint again; no passphrase is needed."""
    _card(_public_in(options.file), options.card)
    return 0


def _card(public: str, picture: Path | None) -> None:
    print(f'\nFor team.toml:   root_key = "{public}"\n')
    print(f"Its fingerprint: {root_key.fingerprint_of(public)}\n")
    square = segno.make(f"stepitup root key {root_key.fingerprint_of(public)}", error="m")
    square.terminal(compact=True, border=2)
    if picture is not None:
        square.save(str(picture), kind="svg", scale=6)
        print(f"The card is in {picture}. Print it; helpers compare it with what their own screen says.")


def _sign(options: argparse.Namespace) -> int:
    """Say each waiting device aloud, sign those that the holder says yes to, write the signatures."""
    asked = _asked_in(options.requests)
    root = root_key.open_file(read_whole(options.key, at_most=_AT_MOST), _said("The passphrase of the root key: "))
    print("Compare each fingerprint with the one on the helper's own screen, face to face or by a voice you know.")
    signatures = [
        {"key": one["key"], "signature": root.sign(name=one["name"], key=one["key"])}
        for one in asked
        if _is_theirs(one)
    ]
    told = {"what": _SIGNATURES, "root_key": root.public, "signatures": signatures}
    write_whole(options.to, json.dumps(told, indent=1).encode())
    print(f"{len(signatures)} of {len(asked)} signed, in {options.to}. Bring that file to the coordinator's screen.")
    return 0


def _is_theirs(one: dict[str, str]) -> bool:
    print(f"  {one['name']}: {one['device']}\n    {root_key.fingerprint_of(one['key'])}")
    return input("    Is it theirs? yes or no: ").strip().lower() in {"y", "yes"}


def _asked_in(path: Path) -> list[dict[str, str]]:
    said = _json_in(path)
    try:
        if said["what"] != _REQUESTS:
            raise CannotRead(path, "it is no file of waiting devices")
        return [{name: str(one[name]) for name in ("name", "device", "key")} for one in said["devices"]]
    except (KeyError, TypeError) as wrong:
        raise CannotRead(path, "it is no file of waiting devices") from wrong


def _public_in(path: Path) -> str:
    public = str(_json_in(path).get("public", ""))
    if not root_key.is_a_public_key(public):
        raise CannotRead(path, "it is no root key of ours")
    return public


def _json_in(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(read_whole(path, at_most=_AT_MOST))
    except ValueError as wrong:
        raise CannotRead(path, "it is no file of ours, or not a whole one") from wrong
    return said if isinstance(said, dict) else {}


def _said(question: str) -> str:
    """Asked without showing it; from a pipe it is read as a line."""
    return getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
