"""A program at the API: it speaks JSON and remembers the last answer."""

import json
from typing import Any

from django.test import Client


class Program:
    """Somebody's software, with or without a call's token."""

    def __init__(self, token: str = "") -> None:
        self.token = token
        self.status = 0
        self.told: Any = None
        self.headers: dict[str, str] = {}

    def gets(self, address: str, **headers: str) -> "Program":
        return self._say("GET", address, b"", headers)

    def posts(self, address: str, said: object = None, **headers: str) -> "Program":
        return self._say("POST", address, _json(said), headers)

    def patches(self, address: str, said: object) -> "Program":
        return self._say("PATCH", address, _json(said), {})

    def sends(self, method: str, address: str, body: bytes, *, content_type: str = "application/json") -> "Program":
        return self._say(method, address, body, {}, content_type=content_type)

    def calls(self, said: object = None, **headers: str) -> "Program":
        """Press, and keep the token."""
        self.posts("/api/v1/calls", said, **headers)
        assert self.status == 201, self.told
        self.token = self.told["token"]
        return self

    def _say(
        self, method: str, address: str, body: bytes, headers: dict[str, str], *, content_type: str = "application/json"
    ) -> "Program":
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        client = Client(raise_request_exception=False)
        answer = client.generic(method, address, body, content_type=content_type, secure=True, headers=sent)
        self.status, self.headers = answer.status_code, dict(answer.headers)
        self.told = json.loads(answer.content) if answer.content else None
        return self


def _json(said: object) -> bytes:
    return b"" if said is None else json.dumps(said).encode()
