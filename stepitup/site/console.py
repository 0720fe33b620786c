"""`stepitup …`: reads the words of the command, points the settings at the data folder, opens the room that does it.

stepitup run | watch | demo                 the process
stepitup check | migrate | safe-copy | restore | bounce | invite | root-key make, sign, show
stepitup roster import | roster export | duty gaps | duty import | duty export | plan show | plan check
stepitup drill begin | drill show | ways try | crew pair
"""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import django
from django.conf import settings
from django.db import DatabaseError

from stepitup.desk.errors import DeskTrouble
from stepitup.ground.errors import GroundTrouble
from stepitup.site.data_folder import make_ready
from stepitup.site.errors import CannotStart
from stepitup.site.garbage import nothing_thrown_away
from stepitup.site.one_process import the_only_one

# Where each command is done. Opened by name, and only after the settings are known: a room reads them as it opens.
_ROOMS = {
    "run": "stepitup.site.run",
    "demo": "stepitup.site.run",
    "watch": "stepitup.site.watch_alone",
    "check": "stepitup.desk.check",
    "migrate": "stepitup.desk.migrate",
    "roster import": "stepitup.desk.roster_import",
    "roster export": "stepitup.desk.roster_export",
    "crew pair": "stepitup.desk.crew_pair",
    "duty gaps": "stepitup.desk.duty_gaps",
    "duty import": "stepitup.desk.duty_import",
    "duty export": "stepitup.desk.duty_export",
    "ways try": "stepitup.desk.ways_try",
    "drill begin": "stepitup.desk.drill_begin",
    "drill show": "stepitup.desk.drill_show",
    "plan show": "stepitup.desk.plan_show",
    "plan check": "stepitup.desk.plan_check",
    "bounce": "stepitup.desk.bounce",
    "safe-copy": "stepitup.desk.safe_copy",
    "restore": "stepitup.desk.restore",
    "invite": "stepitup.desk.invite",
    "root-key make": "stepitup.desk.root_key",
    "root-key sign": "stepitup.desk.root_key",
    "root-key show": "stepitup.desk.root_key",
}
# Whoever puts another database in the place of the one that is being read would not be noticed.
_NOT_BESIDE_A_RUNNING_HOUSE = frozenset({"restore"})
_STOPPED_BY_HAND = 130
_NOBODY_READS = 141
_FORMS = ("toml", "csv", "json")  # stepitup.roster.file.forms.Form, which cannot be opened before the settings

Command = Callable[[argparse.Namespace], int]


def main(words: Sequence[str] | None = None) -> int:
    """Do what the words say; the number is for the shell."""
    options = _grammar().parse_args(words)
    try:
        _settle(options)
        with nothing_thrown_away():
            django.setup()
            command: Command = importlib.import_module(_ROOMS[options.command]).do
        ended = _do(command, options)
        sys.stdout.flush()
    except (CannotStart, DeskTrouble, GroundTrouble) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    except DatabaseError as trouble:
        sys.stderr.write(f"The database does not answer, or is not set up yet: {str(trouble).strip()}\n")
        return 1
    except KeyboardInterrupt:
        return _STOPPED_BY_HAND
    except BrokenPipeError:  # whoever read along has read enough: `stepitup plan show | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _NOBODY_READS
    return ended


def _do(command: Command, options: argparse.Namespace) -> int:
    return _alone(command, options) if options.command in _NOT_BESIDE_A_RUNNING_HOUSE else command(options)


def _alone(command: Command, options: argparse.Namespace) -> int:
    data: Path = settings.DATA
    data.mkdir(parents=True, exist_ok=True)
    with the_only_one(data):
        return command(options)


def _settle(options: argparse.Namespace) -> None:
    """Tell the settings, which are read from the environment, what was said on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stepitup.site.settings")
    if options.data is not None:
        os.environ["STEPITUP_DATA"] = str(options.data)
    if options.command in {"run", "demo"}:
        os.environ["STEPITUP_PORT"] = str(options.port)
        data = Path(os.environ.get("STEPITUP_DATA", "data")).resolve()
        make_ready(data, demo=options.demo or options.command == "demo")


def _grammar() -> argparse.ArgumentParser:
    everywhere = argparse.ArgumentParser(add_help=False)
    everywhere.add_argument("--data", type=Path, help="the data folder (default: STEPITUP_DATA, or ./data)")
    grammar = argparse.ArgumentParser(prog="stepitup", description="One press, and a trained person answers.")
    commands = grammar.add_subparsers(required=True, metavar="COMMAND")
    for name, says in (("run", "start the house"), ("demo", "start it with a demonstration team")):
        run = _command(commands, everywhere, name, says)
        run.add_argument("--host", default="127.0.0.1", help="beyond this machine only behind a TLS proxy")
        run.add_argument("--port", type=int, default=8000)
        run.add_argument("--demo", action="store_true", help="with a demonstration team; nobody real is paged")
    _command(commands, everywhere, "watch", "only watch, as one of several (PostgreSQL)")
    look = _command(commands, everywhere, "check", "say in words what is missing before the first real night")
    look.add_argument(
        "--log-book", type=Path, nargs="*", metavar="CARD", help="only the log book, against heads that were kept"
    )
    _command(commands, everywhere, "migrate", "bring the database up to this version")
    _command(commands, everywhere, "bounce", "read one returned mail from the standard input (docs/bounces.md)")
    copy = _command(commands, everywhere, "safe-copy", "copy the team, sealed, to a file; no call is in it")
    copy.add_argument("to", type=Path, help="a file, or a folder that gets one named by the moment")
    back = _command(commands, everywhere, "restore", "bring a safe copy back into a house that stands still")
    back.add_argument("copy", type=Path)
    back.add_argument("--replace-everything", action="store_true", help="also where this house holds something")
    _about_signing_in(commands, everywhere)
    _about_the_roster(commands, everywhere)
    _about_duty(commands, everywhere)
    _about_crews(commands, everywhere)
    _about_drills(commands, everywhere)
    plans = commands.add_parser("plan", help="who is paged first, next, after that").add_subparsers(required=True)
    _command(plans, everywhere, "show", "print the plan", of="plan")
    _command(plans, everywhere, "check", "say whether each step has somebody", of="plan")
    return grammar


Commands = argparse._SubParsersAction  # argparse has no public name for it


def _about_signing_in(commands: "Commands[argparse.ArgumentParser]", everywhere: argparse.ArgumentParser) -> None:
    guest = _command(commands, everywhere, "invite", "make a link by which somebody gets an account, once")
    for role in ("coordinator", "clinical-lead", "operator"):
        guest.add_argument(f"--{role}", action="store_true", help=f"they are to be {role.replace('-', ' ')}")
    guest.add_argument("--agency", metavar="KEY", help="a coordinator for one agency's people only")
    guest.add_argument("--helper", metavar="KEY", help="a helper, by the roster's key")
    guest.add_argument("--account", metavar="NAME", help="somebody who lost every way to sign in")
    keys = commands.add_parser("root-key", help="the team's root key, kept off this machine").add_subparsers(
        required=True
    )
    make = _command(keys, everywhere, "make", "make it in a sealed file, and print its fingerprint", of="root-key")
    show = _command(keys, everywhere, "show", "print its public half and fingerprint again", of="root-key")
    for one in (make, show):
        one.add_argument("file", type=Path)
        one.add_argument("--card", type=Path, metavar="SVG", help="also write the card as a picture")
    sign = _command(keys, everywhere, "sign", "sign the devices that wait, off the server", of="root-key")
    sign.add_argument("requests", type=Path)
    sign.add_argument("--key", type=Path, required=True, help="the root key's file")
    sign.add_argument("--to", type=Path, default=Path("signatures.json"))


def _about_the_roster(commands: "Commands[argparse.ArgumentParser]", everywhere: argparse.ArgumentParser) -> None:
    rosters = commands.add_parser("roster", help="the people who help").add_subparsers(required=True)
    bring = _command(rosters, everywhere, "import", "read a roster file; all or nothing", of="roster")
    bring.add_argument("file", type=Path)
    bring.add_argument("--dry-run", action="store_true", help="only say what would change")
    bring.add_argument("--remove-missing", action="store_true", help="take off whom the file does not name")
    out = _command(rosters, everywhere, "export", "write the roster as a file", of="roster")
    out.add_argument("file", type=Path, nargs="?", help="without one, it is printed")
    for command in (bring, out):
        command.add_argument(
            "--as", dest="form", choices=_FORMS, help="how the file is written; without it, its ending tells"
        )


def _about_duty(commands: "Commands[argparse.ArgumentParser]", everywhere: argparse.ArgumentParser) -> None:
    duties = commands.add_parser("duty", help="who is on duty when").add_subparsers(required=True)
    _command(duties, everywhere, "gaps", "when nobody would be there in the coming 14 days", of="duty")
    bring = _command(duties, everywhere, "import", "read shifts from a table or a calendar; all or nothing", of="duty")
    bring.add_argument("file", type=Path)
    bring.add_argument("--helper", metavar="KEY", help="all of them are this helper's")
    bring.add_argument("--dry-run", action="store_true", help="only say what would come")
    out = _command(duties, everywhere, "export", "write the changes of duty as a table", of="duty")
    out.add_argument("file", type=Path, nargs="?", help="without one, it is printed")


def _about_crews(commands: "Commands[argparse.ArgumentParser]", everywhere: argparse.ArgumentParser) -> None:
    crews = commands.add_parser("crew", help="a whole crew after a bad day").add_subparsers(required=True)
    pair = _command(
        crews, everywhere, "pair", "whom to offer to each of them; no call, no page, nothing kept", of="crew"
    )
    pair.add_argument("file", type=Path, help="a table with a line for each: who, agency, unit, rank_band, years …")
    pair.add_argument("--to", type=Path, metavar="FILE", help="write the list there; without it, it is printed")
    pair.add_argument("--kind", choices=("peer", "chaplain", "clinician"), default="peer")
    pair.add_argument("--each", type=_a_few, default=1, metavar="N", help="how many one helper takes at most (1)")


def _a_few(written: str) -> int:
    """1 to 20. Raises ArgumentTypeError, in words."""
    if not (written.isascii() and written.isdecimal() and 1 <= int(written) <= 20):
        raise argparse.ArgumentTypeError("write a number from 1 to 20")
    return int(written)


def _about_drills(commands: "Commands[argparse.ArgumentParser]", everywhere: argparse.ArgumentParser) -> None:
    drills = commands.add_parser("drill", help="would a page reach us tonight?").add_subparsers(required=True)
    begin = _command(drills, everywhere, "begin", "send a test page to everybody who may be woken now", of="drill")
    begin.add_argument(
        "--also-off-duty", action="store_true", help="also to whoever is off duty; never in a break or in quiet hours"
    )
    _command(drills, everywhere, "show", "who was reached by the newest drill, and who was not", of="drill")
    ways = commands.add_parser("ways", help="the ways of reaching a helper").add_subparsers(required=True)
    attempt = _command(ways, everywhere, "try", "send a real test on each way, and say what came back", of="ways")
    attempt.add_argument("where", help="a number such as +15125550100, a mail address, or the key of a helper")
    attempt.add_argument("--wait", type=float, default=120, metavar="SECONDS", help="how long for an answer (120)")


def _command(
    commands: "Commands[argparse.ArgumentParser]",
    everywhere: argparse.ArgumentParser,
    name: str,
    says: str,
    *,
    of: str = "",
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=says, description=says, parents=[everywhere])
    parser.set_defaults(command=f"{of} {name}".strip())
    return parser
