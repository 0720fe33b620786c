"""What `team.toml` leaves unsaid, and what it says that is more than true."""

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from stepitup.desk.checking.finding import Finding, missing, think
from stepitup.desk.checking.providers import about_providers
from stepitup.desk.checking.this_machine import is_this_machine
from stepitup.ground.team import Team
from stepitup.paging import carriers
from stepitup.paging.words import LONGEST_PUBLIC_URL

FILE = "team.toml"
_A_YEAR = timedelta(days=365)
# Words that no employer's machine can make true.
STRONGER_THAN_TRUE = ("anonymous", "confidential", "independent", "private", "outside the department", "nobody at work")
# The first screen's own words (a test compares them with the screen).
WHAT_THE_FIRST_SCREEN_SAYS = (
    "But an employer runs this machine: {who_runs}, on the network of {network}.",
    "Whoever runs it can see that this site is used.",
)


def about_the_team(ours: Team, *, today: date) -> Iterator[Finding]:
    """Everything in the file that a caller, a helper or a carrier needs."""
    if ours.demo:
        yield missing("The demonstration is on: nobody real is paged.", f"Take `demo` out of {FILE}.")
    yield from _who_we_are(ours)
    yield from _an_employer(ours)
    yield from _where(ours)
    yield from _how_long_a_link_is(ours)
    yield from _by_what_carrier(ours)
    yield from _my_job(ours, today=today)


def _who_we_are(ours: Team) -> Iterator[Finding]:
    unsaid = (
        ("name", ours.name, "The team has no name.", "how callers know you"),
        ("who_runs", ours.who_runs, "Who runs this machine is not said; the first screen admits it.", "who it is"),
        ("network", ours.network, "On whose network the machine stands is not said.", "whose it is"),
        (
            "on_call_clinician",
            ours.on_call_clinician,
            "Helpers have no clinician to consult.",
            "who it is, and how a helper reaches them",
        ),
        (
            "complaint_to",
            ours.complaint_to,
            "Nobody outside takes complaints.",
            "a reviewer who is not of the team",
        ),
    )
    for word, said, what, how in unsaid:
        if not said.strip():
            write = "Write" if word == "name" else "Answer it on /team/set-up, or write"
            yield missing(what, f"{write} `{word}` into {FILE}: {how}.")
    if ours.time_zone == "UTC":
        yield think("Screens tell the time in UTC.", f'Write `time_zone = "America/Chicago"` or yours into {FILE}.')


def _an_employer(ours: Team) -> Iterator[Finding]:
    if not ours.run_by_employer:
        return
    says = " ".join(WHAT_THE_FIRST_SCREEN_SAYS).format(who_runs=ours.who_runs, network=ours.network)
    yield think(f'An employer runs this machine. The first screen says: "{says}"', "A machine outside can say more.")
    texts = {"name": ours.name, "who_runs": ours.who_runs, "network": ours.network, "team_rule": ours.team_rule}
    for word, text in texts.items():
        for strong in STRONGER_THAN_TRUE:
            if strong in text.casefold():
                yield missing(
                    f"`{word}` says {strong!r}, and an employer runs this machine: that is more than is true.",
                    f"Take the word out of {FILE}, or move the machine.",
                )


def _where(ours: Team) -> Iterator[Finding]:
    host = urlsplit(ours.public_url).hostname or ""
    if is_this_machine(host):
        yield missing(
            f"public_url is {ours.public_url}: no phone but this machine can open it.",
            f"Write the address that callers type into {FILE}, with https://.",
        )
    elif not ours.public_url.startswith("https://"):
        yield missing(
            f"public_url is {ours.public_url}: anybody on the way can read and change the screens.",
            "Put a TLS proxy in front, and write https:// (docs/run-it.md).",
        )


def _how_long_a_link_is(ours: Team) -> Iterator[Finding]:
    if len(ours.public_url.rstrip("/")) > LONGEST_PUBLIC_URL:
        yield missing(
            f"public_url is longer than {LONGEST_PUBLIC_URL} characters: a page no longer fits one text message.",
            "Take a shorter address.",
        )


def _by_what_carrier(ours: Team) -> Iterator[Finding]:
    if not carriers.in_use():
        yield missing(
            "There is no carrier: no page leaves this house.", f"Write [text], [modem] or [mail] into {FILE}."
        )
    yield from about_providers(ours)
    if ours.mail and ours.mail.security == "none" and not is_this_machine(ours.mail.host):
        yield missing(
            f"Mail goes to {ours.mail.host} unprotected: whoever reads it can answer a page.",
            f'Write `security = "starttls"` or "tls" under [mail] in {FILE}.',
        )


def _my_job(ours: Team, *, today: date) -> Iterator[Finding]:
    if ours.my_job is None:
        yield think(
            'Nobody has signed answers to "My job? My gun? My certificate?"; callers read that we do not know.',
            "Ask the union or counsel, and answer it on /team/set-up.",
        )
    elif ours.my_job.dated > today:
        yield missing(f"[my_job] is dated {ours.my_job.dated}, ahead of today.", "Mend the day where it stands.")
    elif today - ours.my_job.dated > _A_YEAR:
        yield think(f"[my_job] was signed on {ours.my_job.dated}, more than a year ago.", "Have it signed anew.")
