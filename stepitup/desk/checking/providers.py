"""Text and voice: what has to be right before the first page goes that way."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from stepitup.desk.checking.finding import Finding, missing, think
from stepitup.desk.checking.this_machine import is_this_machine
from stepitup.ground.team import ProviderSettings, Team

FILE = "team.toml"


def about_providers(ours: Team) -> Iterator[Finding]:
    """Each provider that the file names, and what only shows at night."""
    for word, provider in (("text", ours.text), ("second_text", ours.second_text), ("voice", ours.voice)):
        if provider:
            yield from _about(word, provider)
    if ours.text and not (ours.second_text or ours.modem):
        yield think(
            "Texts go by one provider: when it is down, they do not go.",
            f"Write a second one under [second_text] in {FILE}, or [modem] (docs/modem.md), or see that everybody has "
            "another way.",
        )
    if ours.modem and not ours.text and not ours.demo:
        yield think(
            "Texts go by a modem alone: when it has no network, they do not go; and it sends one in four seconds.",
            f"Write a provider under [text] in {FILE}, or see that everybody has another way.",
        )
    if ours.modem and ours.modem.goes_first and not ours.text:
        yield think(
            "[modem] is to go first, and there is no provider to go second.",
            f"Write one under [text] in {FILE}, or take out goes_first.",
        )
    if (ours.text or ours.voice) and not ours.public_url.startswith("https://"):
        yield missing(
            "The provider cannot reach this house: no reply is heard, and nobody learns that a text did not arrive.",
            f"Write the public address into {FILE}, with https://.",
        )
    if ours.second_text and ours.text and ours.second_text.account == ours.text.account:
        yield think("Both providers of text are the same account: what stops one stops the other.", "Take another one.")


def _about(word: str, provider: ProviderSettings) -> Iterator[Finding]:
    if word != "voice" and not provider.registered.strip():
        yield missing(
            f"[{word}] does not say how {provider.sender} is registered. Phone companies in the United States drop "
            "texts from senders that are not (A2P 10DLC for an ordinary number, verification for a toll-free one).",
            f'Register it with the provider, then write `registered = "10DLC, since …"` under [{word}] in {FILE}.',
        )
    if provider.base_url.startswith("http://") and not is_this_machine(urlsplit(provider.base_url).hostname or ""):
        yield missing(
            f"[{word}] goes to its provider unprotected: whoever listens can answer pages, and has the token.",
            f"Write a base_url with https:// under [{word}] in {FILE}.",
        )
