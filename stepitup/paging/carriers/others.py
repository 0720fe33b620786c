"""What others hold, for each way a page travels: who sees what, for how long, how to have it deleted, who can order it.

Only what follows from how the way works, or what we cannot know and so say "ask them": no time for which a company
keeps something stands here, because none was read from a source of ours. `evidence` says which of the two it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HOST: Final = "host"


class Evidence(StrEnum):
    """Where a line comes from."""

    HOW_IT_WORKS = "how it works"  # it cannot be otherwise: the message passes there, in this form
    ASK = "ask them"  # it differs from company to company; nobody has told us


@dataclass(frozen=True)
class Holder:
    """Somebody who can see that a page came, and what they hold of it."""

    who: Promise
    sees: Promise
    how_long: Promise
    deleted: Promise
    ordered_by: Promise
    evidence: Evidence = Evidence.ASK


@dataclass(frozen=True)
class HeldByOthers:
    """One way, in words, and everybody who sees something of it."""

    way: Promise
    holders: tuple[Holder, ...]


_ASK: Final = _("We do not know. Ask them.")
_A_COURT: Final = _("A court can order it, or the police where the law allows it.")
_ASK_TO_DELETE: Final = _("Ask them. They may have to keep it by law.")

_PHONE_COMPANY: Final = Holder(
    who=_("The phone company of your helper"),
    sees=_("That a message or a ring came from our number, and when. It carries the words of the page."),
    how_long=_ASK,
    deleted=_ASK_TO_DELETE,
    ordered_by=_("A court can order it. Whoever pays for a work phone may see the bill."),
)
_PROVIDER: Final = Holder(
    who=_("The provider that sends for us"),
    sees=_("The helper’s number, the words of the page with its link, when it went, and the helper’s reply."),
    how_long=_ASK,
    deleted=_("Whoever runs this machine holds the account, and can ask them."),
    ordered_by=_A_COURT,
)
_MAIL: Final = (
    Holder(
        who=_("The mail server that sends for us, and each one on the way"),
        sees=_("The helper’s mail address, ours, when it went, and the words of the page with its link."),
        how_long=_ASK,
        deleted=_("Whoever runs this machine can ask the company of our mail server."),
        ordered_by=_A_COURT,
    ),
    Holder(
        who=_("The company of the helper’s mailbox"),
        sees=_("The mail itself."),
        how_long=_("Until the helper deletes it. What they keep after that, ask them."),
        deleted=_("The helper deletes the mail, also from the bin."),
        ordered_by=_("A court can order it. In a mailbox of the employer, the employer can read it."),
    ),
)
_PUSH: Final = Holder(
    who=_("The company that made the helper’s browser or phone"),
    sees=_("That a notice came from us to this device, and when. Its words are sealed on the way."),
    how_long=_ASK,
    deleted=_("The helper turns notices off in the browser. For what they keep, ask them."),
    ordered_by=_A_COURT,
)
_CHOSEN: Final = Holder(
    who=_("The service that the helper chose, such as Signal, Matrix or ntfy"),
    sees=_("The helper’s address there, and when. Where it does not seal messages, the words as well."),
    how_long=_ASK,
    deleted=_ASK_TO_DELETE,
    ordered_by=_A_COURT,
)
_OF_OUR_MODEM: Final = Holder(
    who=_("The phone company of our own modem"),
    sees=_("The helper’s number, when, the words of the page, and the helper’s reply."),
    how_long=_ASK,
    deleted=_ASK_TO_DELETE,
    ordered_by=_A_COURT,
)
_NOBODY: Final = Holder(
    who=_("Nobody else"),
    sees=_("The pager of the demonstration is a screen of this very machine."),
    how_long=_("Until its page is deleted."),
    deleted=_("It goes with its page."),
    ordered_by=_("There is nothing to order from anybody else."),
    evidence=Evidence.HOW_IT_WORKS,
)
_WHO_HOUSES_US: Final = Holder(
    who=_("Whoever houses this machine"),
    sees=_("Which addresses reach it and when, if they keep that; and copies of its disk."),
    how_long=_ASK,
    deleted=_("Whoever runs this machine can ask them."),
    ordered_by=_A_COURT,
)

OTHERS: Final[Mapping[str, HeldByOthers]] = MappingProxyType({
    "mail": HeldByOthers(_("Mail"), _MAIL),
    "text": HeldByOthers(_("Text message"), (_PROVIDER, _PHONE_COMPANY)),
    "voice": HeldByOthers(_("A ring with a spoken page"), (_PROVIDER, _PHONE_COMPANY)),
    "modem": HeldByOthers(_("Text message by our own modem"), (_OF_OUR_MODEM, _PHONE_COMPANY)),
    "push": HeldByOthers(_("Notice in the browser"), (_PUSH,)),
    "app": HeldByOthers(_("Other services"), (_CHOSEN,)),
    "pager": HeldByOthers(_("Pager of the demonstration"), (_NOBODY,)),
    HOST: HeldByOthers(_("The machine itself"), (_WHO_HOUSES_US,)),
})  # fmt: skip


def held_by_others(ways: Iterable[str]) -> tuple[HeldByOthers, ...]:
    """What others hold of pages by these ways; a way of which nothing was written down yet is left out."""
    return tuple(OTHERS[way] for way in dict.fromkeys(ways) if way in OTHERS)
