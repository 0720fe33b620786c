"""The other ways, each with a real peer on this machine: a mail server, a push service, a server of another app, and
gammu-smsd with its dummy phone. They live beside the measure; the house is another process and knows where they are.

A page counts as with its peer when the peer has said yes and the carrier has come back: that is a little more than its
arrival, and the same for all four.
"""

import json
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.inside.stamps import Stamps
from stepitup.ground.seal import seal
from stepitup.ground.team import AppSettings, MailSettings
from stepitup.paging.carriers.app_apprise.sender import App
from stepitup.paging.carriers.app_apprise.tests.far_end import app_server
from stepitup.paging.carriers.contract import Carrier
from stepitup.paging.carriers.mail.sender import Mail
from stepitup.paging.carriers.mail.tests.far_end import Certificates, Mailbox, mail_server
from stepitup.paging.carriers.modem_gammu.sender import Modem
from stepitup.paging.carriers.modem_gammu.tests.far_end import a_daemon
from stepitup.paging.carriers.push.sender import Push
from stepitup.paging.carriers.push.tests.browser import Browser
from stepitup.paging.carriers.push.tests.far_end import NAME, SETTINGS, push_service
from stepitup.paging.facts import Outgoing
from stepitup.roster.models import Way
from stepitup.roster.reading import ADDRESS

BY_MAIL_AND_PUSH, BY_APP_AND_MODEM = ("mail", "push"), ("app", "text")
_CERTIFICATE = "server.pem"


@dataclass(frozen=True)
class Peers:
    """Where each listens; written as JSON for the process of the house."""

    mail: int
    push: int
    app: int
    modem: str
    folder: str

    def written(self) -> str:
        """One word of a command line."""
        return json.dumps(asdict(self))


@contextmanager
def peers(folder: Path) -> Iterator[Peers]:
    """All four, up and well."""
    folder.mkdir(exist_ok=True)
    with ExitStack() as running:
        service = running.enter_context(push_service(Certificates(folder, name_of_server=NAME)))
        yield Peers(
            mail=running.enter_context(mail_server(Mailbox())),
            push=service.port,
            app=running.enter_context(app_server()).port,
            modem=str(running.enter_context(a_daemon()).place),
            folder=str(folder),
        )


def everybody_goes_by(ways: tuple[str, str], there: Peers) -> None:
    """Give each helper these two ways, in this order, with addresses that lead to the peers."""
    rows = list(Way.objects.all())
    browser = Browser()
    for way in rows:
        way.carrier = ways[way.position]
        way.address_sealed = seal(ADDRESS, _address(way, there, browser))
    Way.objects.bulk_update(rows, ["carrier", "address_sealed"])


def _address(way: Way, there: Peers, browser: Browser) -> str:
    return {
        "mail": f"helper-{way.helper_id}@bench.invalid",
        "push": browser.subscription(f"https://{NAME}:{there.push}/wp/{way.helper_id}"),
        "app": f"ntfy://127.0.0.1:{there.app}/topic-{way.helper_id}",
        "text": f"+1512{5_550_000 + way.helper_id:07}",
    }[way.carrier]


def carriers_to(written: str, stamps: Stamps) -> list[Carrier]:
    """The real carriers to these peers, each noting when its peer had a page."""
    there = Peers(**json.loads(written))
    trust = ssl.create_default_context(cafile=str(Path(there.folder) / _CERTIFICATE))
    push = Push(SETTINGS, trust=trust, resolve=lambda _host, _port: ["127.0.0.1"], inside=True)
    return [
        _Noting(one, stamps)
        for one in (
            Mail(MailSettings("127.0.0.1", "pages@bench.invalid", port=there.mail, security="none")),
            push,
            App(AppSettings(own_servers=f"127.0.0.1:{there.app}")),
            Modem(Path(there.modem)),
        )
    ]


class _Noting:
    """A carrier as it is, and a stamp when it comes back with a yes."""

    def __init__(self, carrier: Carrier, stamps: Stamps) -> None:
        self.name, self.at_once = carrier.name, carrier.at_once
        self.time_limit, self.takes_replies = carrier.time_limit, carrier.takes_replies
        self._carrier, self._stamps = carrier, stamps

    def send(self, page: Outgoing) -> str:
        reference = self._carrier.send(page)
        self._stamps.note(f"taken-{self.name}", page.key)
        return reference
