"""Why a carrier did not take a message, in words that an operator can act on. The fixed word stands behind, for whoever
looks it up; nothing of a provider's own text is in it.
"""

import re
from types import MappingProxyType

_TOO_MANY = (
    "it asked us to wait: too many messages at once. Try again in a minute; where it happens often, ask it for more"
)
_NO_SUCH = "there is no such number, or it takes no messages. Look at it together with whoever it belongs to"
_WORDS = MappingProxyType({
    "sign-in": "it did not accept our name and password. Look at account and token, or user and password, in team.toml",
    "sign-in needs TLS": "a password is never said in the clear. Set `security` under [mail] in team.toml",
    "no such account": "it knows no such account. Look at `account` and `base_url` in team.toml",
    "account suspended": "the account is suspended. Look at its balance with the provider",
    "sender": "it does not send from our number. Look at `sender` in team.toml",
    "sender not registered": "our number is not registered with the phone companies (docs/text-and-voice.md)",
    "base url": "`base_url` in team.toml is no address",
    "too many at once": _TOO_MANY,
    "too late": "it was too late when its turn came. Try again",
    "out of time": "it did not answer in time. It may be down: look at its status page, and try again",
    "hung": "it did not answer in time. It may be down: look at its status page, and try again",
    "no connection": "it could not be reached. Look at this machine's network, and at the address in team.toml",
    "cut off": "the line was cut before it had answered. Try again",
    "no secure line": "its certificate did not hold, so nothing was sent. Look at its address and at the clock",
    "server cannot do it": "its server cannot do what `security` under [mail] asks for. Look at it in team.toml",
    "not a number": _NO_SUCH,
    "number": _NO_SUCH,
    "address": "this is no address of this way. Look at it together with whoever it belongs to",
    "address on our own net": "the address leads into our own net; we do not send there (docs/threat-model.md)",
    "no such mailbox": "there is no such mailbox. Ask whoever it belongs to for the right one",
    "recipient": "its server takes no mail for this address. Ask whoever it belongs to",
    "modem silent": "no modem took it from the folder. See that gammu-smsd runs (docs/modem.md)",
    "modem refused it": "the phone network refused it. Look at the SIM card, its credit, the reception (docs/modem.md)",
    "modem folder": "its folder cannot be written. See who owns it (docs/modem.md)",
    "disk full": "the disk is full. Make room",
    "browser unsubscribed": "that browser has turned notices off. Turn them on in it again",
    "signature not taken": "it did not accept our signature. Look at the clock, or turn notices on there again",
    "app refused it": "the app's server refused it. Look at the address: its topic, room or token",
    "app broke": "the app's server answered nothing that we understand. Look at the address",
    "too many hang": "too many messages to apps hang. Look at the app's server",
    "not set up": "this house does not send that way. Set it up in team.toml",
    "database": "our own database did not answer. See that it runs",
    "code 21610": "this number has replied STOP. Whoever holds it can write START to our number",
    **{f"code {code}": _NO_SUCH for code in (21211, 21214, 21217, 21614, 30005, 30010, 13223, 13224)},
    "code 20429": _TOO_MANY,
    "code 21265": "this is the number of a short code, which takes no messages",
    "code 21421": _NO_SUCH,
    "code 21635": "this is a landline, which takes no texts. Give a mobile number",
    "code 21408": "our account may not send to that country. Allow it with the provider",
})  # fmt: skip
_OF_THEIRS = re.compile(r"status 5\d\d|code 20500|code 20503|code 30001|code 30008|code 30017|code 4\d\d")


def why_in_words(why: str) -> str:
    """A sentence, and the fixed word behind it."""
    return f"{_sentence(why)}. ({why})" if why else "it gave no reason."


def _sentence(why: str) -> str:
    known = _WORDS.get(why) or _WORDS.get(why.partition(",")[0])
    if known:
        return known
    if _OF_THEIRS.fullmatch(why):
        return "it is in trouble itself just now. Look at its status page, and try again later"
    return "it refused. Look this word up in its own list of errors, or ask its support"
