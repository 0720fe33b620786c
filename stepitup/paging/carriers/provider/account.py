"""One account with a provider: what is asked of it, and its answers in plain values."""

import json
import ssl
from collections.abc import Mapping
from typing import Any

import httpcore
import httpx

from stepitup.ground.team import ProviderSettings, team
from stepitup.paging.carriers.provider.line import Limit, Resolve, Road, find_addresses
from stepitup.paging.carriers.provider.trouble import ProviderTrouble, of_answer, of_line
from stepitup.paging.facts import Then

# Shorter than any provider, or any network between, keeps a silent line; long enough where many call at once.
_KEPT_FOR = 15.0
_AGENT = "pages/1"  # says no more of us than a page does


class Account:
    """Asks the provider's API. Each question ends within its limit of time, or raises ProviderTrouble."""

    def __init__(
        self, settings: ProviderSettings, *, trust: ssl.SSLContext | None = None, resolve: Resolve = find_addresses
    ) -> None:
        self.sender = settings.sender
        # Twilio refuses a page altogether where it could not reach the address at which we want to be told of it.
        self.can_tell_us = team().public_url.startswith("https://") or settings.base_url.startswith("http://")
        self._token = settings.token
        self._base = f"{settings.base_url.rstrip('/')}/2010-04-01/Accounts/{settings.account}"
        secure = trust or (ssl.create_default_context() if settings.base_url.startswith("https") else None)
        self._road = Road(secure, resolve, kept_for=_KEPT_FOR)
        # trust_env=False: no proxy, and no credentials out of a file that somebody left in the home folder.
        self._client = httpx.Client(transport=self._road, auth=(settings.account, settings.token), trust_env=False)

    def post(self, what: str, form: Mapping[str, str], limit: Limit, *, key: str = "") -> str:
        """Create one (a message, a ring) and return the provider's number for it.

        `key` goes along for providers that know a second try by it; Twilio itself does not.
        """
        headers = {"I-Twilio-Idempotency-Token": key} if key else {}
        answer = self._ask("POST", f"/{what}.json", limit, data=dict(form), headers=headers)
        told = _told(answer)
        if answer.status_code not in {200, 201}:
            raise of_answer(answer.status_code, _number(told.get("code")), answer.headers.get("retry-after", ""))
        if code := _number(told.get("error_code")):
            raise of_answer(400, code, "")
        return str(told.get("sid") or "")[:80]

    def find(self, what: str, asked: Mapping[str, str], limit: Limit) -> list[Mapping[str, Any]]:
        """Those that are there already, the newest first."""
        answer = self._ask("GET", f"/{what}.json", limit, params=dict(asked))
        told = _told(answer)
        if answer.status_code != 200:
            raise of_answer(answer.status_code, _number(told.get("code")), "")
        found = told.get(what.lower())
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    def is_well(self, limit: Limit) -> bool:
        """Whether it answers for this account now. Nobody is written to by that."""
        try:
            return self._ask("GET", ".json", limit).status_code == 200
        except ProviderTrouble:
            return False

    def _ask(self, method: str, path: str, limit: Limit, **what: Any) -> httpx.Response:
        headers = {"User-Agent": _AGENT, "Accept": "application/json", **what.pop("headers", {})}
        try:
            return self._client.request(
                method, self._base + path, headers=headers, extensions={"limit": limit}, follow_redirects=False, **what
            )
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as trouble:
            # Without its text, also in a traceback: it may quote what we sent.
            raise of_line(trouble, out_of_time=limit.is_over, line_was_kept=self._road.line_was_kept) from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
            raise ProviderTrouble("base url", Then.NEXT_WAY, is_its_own=True) from None


def _told(answer: httpx.Response) -> Mapping[str, Any]:
    """The table that was answered; an empty one for half an answer, or for something else altogether."""
    try:
        told = json.loads(answer.content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | str) and str(value).isdigit() else 0
