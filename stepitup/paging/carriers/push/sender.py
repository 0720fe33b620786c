"""The sender: sealed for one browser, handed to its maker's push service, within one limit of time."""

import base64
import hashlib
import ssl
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

import httpcore
import httpx
from webpush import WebPush, WebPushMessage, WebPushSubscription  # type: ignore[import-untyped]  # it brings none

from stepitup.ground.outside import are_outside
from stepitup.ground.subscription import Subscription, SubscriptionUnclear, read_subscription
from stepitup.ground.team import PushSettings
from stepitup.paging.carriers.provider.line import Limit, Resolve, Road, find_addresses, within
from stepitup.paging.carriers.provider.trouble import of_line
from stepitup.paging.carriers.push import identity
from stepitup.paging.carriers.push.notice import content_of
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outgoing, Then

# A page repeats every five minutes; one that could not be delivered by then has a younger sister.
_LIVES_SECONDS = 300
_TAKEN = frozenset({200, 201, 202, 204})
_GONE = frozenset({404, 410})


class Push:
    """Sends through whatever push service a browser named, if that is a public machine.

    `resolve` and `inside` are for tests, whose push service is on this machine: no setting of a house opens that.
    """

    name = "push"
    at_once = 10
    takes_replies = False

    def __init__(
        self,
        settings: PushSettings,
        *,
        time_limit: timedelta = timedelta(seconds=10),
        trust: ssl.SSLContext | None = None,
        resolve: Resolve = find_addresses,
        inside: bool = False,
    ) -> None:
        self.time_limit = time_limit
        self._trust = trust or ssl.create_default_context()
        self._resolve = resolve
        self._inside = inside
        private, public = identity.as_pem()
        self._sealer = WebPush(private, public, subscriber=settings.contact, ttl=_LIVES_SECONDS)

    def send(self, page: Outgoing) -> str:
        """Hand it to the push service, and return the page's key. Raises CannotSend."""
        limit = Limit(self.time_limit.total_seconds())
        try:
            to = read_subscription(page.to, any_port=self._inside)
        except SubscriptionUnclear:
            raise CannotSend("address", Then.UNREACHABLE) from None
        request = self._request(page, to, limit)
        try:
            with Road(self._trust, self._where(to, limit)) as road:
                status = road.handle_request(request).status_code
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as trouble:
            # Without its text: it may name the address, which is a capability.
            raise of_line(trouble, out_of_time=limit.is_over) from None
        if status not in _TAKEN:
            raise _refused(status) from None
        return page.key

    def _where(self, to: Subscription, limit: Limit) -> Resolve:
        """Where the service is, asked once: what was looked at is what is connected to, whatever the name says next."""
        parts = urlsplit(to.endpoint)
        try:
            found = within(limit, self._resolve, parts.hostname or "", parts.port or 443)
        except (httpcore.NetworkError, httpcore.TimeoutException) as trouble:
            raise of_line(trouble, out_of_time=limit.is_over) from None
        if not (self._inside or are_outside(found)):
            raise CannotSend("address on our own net", Then.UNREACHABLE) from None

        def there(_host: str, _port: int) -> Sequence[str]:
            return found

        return there

    def _request(self, page: Outgoing, to: Subscription, limit: Limit) -> httpx.Request:
        sealed = self._seal(page, to)
        headers = {
            "TTL": str(_LIVES_SECONDS),
            "Urgency": "high",
            # A younger notice of the same page takes the place of one that waits for a phone without network.
            "Topic": base64.urlsafe_b64encode(hashlib.sha256(page.page.bytes).digest()[:24]).decode(),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "Authorization": sealed.headers["authorization"],
        }
        return httpx.Request(
            "POST", to.endpoint, headers=headers, content=sealed.encrypted, extensions={"limit": limit}
        )

    def _seal(self, page: Outgoing, to: Subscription) -> WebPushMessage:
        subscription = WebPushSubscription.model_validate(
            {"endpoint": to.endpoint, "keys": {"p256dh": to.p256dh, "auth": to.auth}}
        )
        return self._sealer.get(content_of(page.words, page.link), subscription)


def _refused(status: int) -> CannotSend:
    """What an answer other than "taken" means (RFC 8030, 5 and 7.3; RFC 8292, 4)."""
    if status in _GONE:
        return CannotSend("browser unsubscribed", Then.UNREACHABLE)
    if status in {401, 403}:
        return CannotSend("signature not taken", Then.NEXT_WAY)
    if status >= 500 or status in {408, 425, 429}:
        return CannotSend(f"status {status}", Then.TRY_AGAIN)
    return CannotSend(f"status {status}", Then.NEXT_WAY)
