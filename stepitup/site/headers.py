"""Which headers come in, and which go out with everything that the router serves by itself."""

from collections.abc import Iterable, Mapping

from django.conf import settings

from stepitup.site.messages import Headers

# What Django is given, and nothing else. No header that could carry the address of a caller's machine is among them
# (X-Forwarded-For and its many cousins), nor the browser's name: what never comes in cannot be stored or logged.
COMES_IN = frozenset({
    b"accept",
    b"accept-encoding",
    b"accept-language",
    b"authorization",
    b"content-length",
    b"content-type",
    b"cookie",
    b"host",
    b"idempotency-key",
    b"if-modified-since",
    b"if-none-match",
    b"last-event-id",
    b"origin",
    b"sec-fetch-dest",
    b"sec-fetch-mode",
    b"sec-fetch-site",
    b"x-twilio-signature",
})  # fmt: skip


def that_come_in(headers: Iterable[tuple[bytes, bytes]], *, body_length: int) -> list[tuple[bytes, bytes]]:
    """The headers for Django: the known ones, the length that was really read, and cookies in one line."""
    kept = [(name, value) for name, value in headers if name in COMES_IN and name not in {b"content-length", b"cookie"}]
    cookies = [value for name, value in headers if name == b"cookie"]
    if cookies:
        kept.append((b"cookie", b"; ".join(cookies)))
    if body_length:
        kept.append((b"content-length", str(body_length).encode()))
    return kept


def on_everything() -> Headers:
    """The headers that go with static files, live streams and refusals: the same as Django's screens carry."""
    return (
        (b"content-security-policy", _policy(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]).encode()),
        (b"cross-origin-opener-policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY.encode()),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"referrer-policy", settings.SECURE_REFERRER_POLICY.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", settings.X_FRAME_OPTIONS.encode()),
    )


def _policy(directives: Mapping[str, Iterable[str]]) -> str:
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())
