"""The sender: one message to one app, within a limit of time that the library does not know."""

import importlib
import queue
import threading
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpcore

from stepitup.ground.app_address import AppAddressUnclear, check_app_address, server_of
from stepitup.ground.outside import are_outside
from stepitup.ground.team import AppSettings
from stepitup.paging.carriers.provider.line import Limit, Resolve, find_addresses, within
from stepitup.paging.carriers.provider.once import Once
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outgoing, Then
from stepitup.paging.words import subject

# Where each scheme of ours lives in the library; its secure form, with an s, lives there too.
PLUGINS: Mapping[str, tuple[str, str]] = {
    "gotify": ("gotify", "NotifyGotify"),
    "json": ("custom_json", "NotifyJSON"),
    "matrix": ("matrix", "NotifyMatrix"),
    "mmost": ("mattermost", "NotifyMattermost"),
    "nctalk": ("nextcloudtalk", "NotifyNextcloudTalk"),
    "ntfy": ("ntfy", "NotifyNtfy"),
    "pover": ("pushover", "NotifyPushover"),
    "rocket": ("rocketchat", "NotifyRocketChat"),
    "signal": ("signal_api", "NotifySignalAPI"),
    "spush": ("simplepush", "NotifySimplePush"),
    "tgram": ("telegram", "NotifyTelegram"),
    "threema": ("threema", "NotifyThreema"),
    "zulip": ("zulip", "NotifyZulip"),
}
# Tries that were left behind when their time was up still hold a thread until their server lets go.
_LEFT_BEHIND_AT_MOST = 16


class App:
    """Sends to whatever app an address names, if it is one of ours (`ground.app_address`) and not on our own net.

    `own_servers` are the team's own gateways, which may be: most stand on the same machine.
    """

    name = "app"
    at_once = 4
    takes_replies = False

    def __init__(
        self,
        settings: AppSettings,
        *,
        time_limit: timedelta = timedelta(seconds=15),
        resolve: Resolve = find_addresses,
    ) -> None:
        self.time_limit = time_limit
        self._own_servers = frozenset(one.strip().lower() for one in settings.own_servers.split(",") if one.strip())
        self._resolve = resolve
        self._once = Once()
        self._places = threading.Semaphore(self.at_once + _LEFT_BEHIND_AT_MOST)

    def send(self, page: Outgoing) -> str:
        """Send it, and return its key. Raises CannotSend."""
        limit = Limit(self.time_limit.total_seconds())
        try:
            check_app_address(page.to)
        except AppAddressUnclear:
            raise CannotSend("address", Then.UNREACHABLE) from None
        self._refuse_our_own_net(page.to, limit)
        return self._once.do(page.key, lambda _again: self._send(page, limit), seconds=limit.left, in_doubt=False)

    def _refuse_our_own_net(self, address: str, limit: Limit) -> None:
        """Where a host is named that leads to us or a neighbour, nothing goes. A token in its place leads nowhere."""
        host, port = server_of(address)
        if not host or f"{host}:{port}" in self._own_servers or (port is None and host in self._own_servers):
            return
        try:
            inside = not are_outside(within(limit, self._resolve, host, port or 443))
        except httpcore.ConnectError:
            return
        except httpcore.ConnectTimeout:
            raise CannotSend("out of time", Then.NEXT_WAY) from None
        if inside:
            raise CannotSend("address on our own net", Then.UNREACHABLE) from None

    def _send(self, page: Outgoing, limit: Limit) -> str:
        if not self._places.acquire(blocking=False):
            raise CannotSend("too many hang", Then.NEXT_WAY) from None
        answer: queue.SimpleQueue[str] = queue.SimpleQueue()

        def tell() -> None:
            try:
                title = subject(page.words, language=page.language)
                answer.put(_tell(page.to, page.text, title=title, seconds=limit.left))
            finally:
                self._places.release()

        threading.Thread(target=tell, name="app", daemon=True).start()
        try:
            why = answer.get(timeout=limit.left)
        except queue.Empty:
            raise CannotSend("out of time", Then.NEXT_WAY) from None
        if why:
            raise CannotSend(why, Then.NEXT_WAY) from None
        return page.key


def _tell(address: str, text: str, *, title: str, seconds: float) -> str:
    """Why it did not go, in a fixed word; empty where a server took it. Nothing of the library's own words goes on."""
    try:
        kind = _plugin(address.partition("://")[0])
        parts = kind.parse_url(address)
        if not parts:
            return "address"
        app = kind(**{**parts, "asset": _bare(seconds)})
        return "" if app.notify(body=text, title=title, body_format="text") else "app refused it"
    except TypeError:  # the library's word for an address that lacks a part
        return "address"
    except Exception:  # noqa: BLE001  plugins of many hands: whatever one of them raises, it did not go
        return "app broke"


def _bare(seconds: float) -> object:
    """Nothing kept on the disk, nothing followed elsewhere, no picture from elsewhere, no name of the program."""
    asset: object = importlib.import_module("apprise").AppriseAsset(
        storage_mode="memory",
        allow_templates=False,
        service_timeout=seconds,
        secure_logging=True,
        http_redirects=False,
        async_mode=False,
        pgp_autogen=False,
        pem_autogen=False,
        app_id="pages",
        app_desc="pages",
        app_url="",
        image_url_mask="",
        image_url_logo="",
    )
    return asset


def _plugin(scheme: str) -> Any:  # noqa: ANN401  a class of the library's, which is not typed
    """Opened when first needed, and only this one: all hundred and fifty take seconds, and most are not ours."""
    module, name = PLUGINS[scheme if scheme in PLUGINS else scheme.removesuffix("s")]
    return getattr(importlib.import_module(f"apprise.plugins.{module}"), name)
