"""`stepitup run`: set up what is missing, say what to open, serve."""

import argparse
import sys
from pathlib import Path

from django.conf import settings

from stepitup.desk.demonstration import fill_an_empty_roster
from stepitup.desk.migrate import bring_up_to_date
from stepitup.ground import set_up
from stepitup.ground.keys import make_site_key
from stepitup.ground.team import team
from stepitup.site.data_folder import note_address
from stepitup.site.serve import listen, serve


def do(options: argparse.Namespace) -> int:
    """Start the house and serve until stopped."""
    make_site_key(Path(settings.SITE_KEY_FILE))
    sock = listen(options.host, options.port)
    serve(sock, prepare=_prepare, say=lambda: _say_what_to_open(options.host))
    return 0


def _prepare() -> None:
    bring_up_to_date()
    set_up.read_again()
    if team().demo:
        note_address(settings.DATA, team().public_url.rstrip("/"))
        fill_an_empty_roster()


def _say_what_to_open(host: str) -> None:
    address = team().public_url.rstrip("/")
    lines = ["", f"Step It Up is open at  {address}/"]
    if team().demo:
        lines = ["", "Step It Up, DEMO: nobody real is paged.", ""]
        lines += [f"  Press here         {address}/", f"  Answer here        {address}/demo/pager"]
    if host not in {"127.0.0.1", "localhost", "::1"}:
        lines += ["", f"  Listening on {host}: put a TLS proxy in front, and let it pass no address on."]
    sys.stdout.write("\n".join([*lines, "", "  Stop with Ctrl+C.", "", ""]))
    sys.stdout.flush()
