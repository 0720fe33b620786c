"""What others hold, for each way a page travels: who sees what, for how long, how to have it deleted, who can order it.

Each carrier says it in its own folder; here they stand side by side, and whoever houses the machine beside them.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext_lazy as _

from stepitup.paging.carriers.app_apprise import others as app
from stepitup.paging.carriers.holders import A_COURT, ASK, HeldByOthers, Holder
from stepitup.paging.carriers.mail import others as mail
from stepitup.paging.carriers.modem_gammu import others as modem
from stepitup.paging.carriers.pager import others as pager
from stepitup.paging.carriers.push import others as push
from stepitup.paging.carriers.text_twilio import others as text
from stepitup.paging.carriers.voice_twilio import others as voice

HOST: Final = "host"

_WHO_HOUSES_US: Final = Holder(
    who=_("Whoever houses this machine"),
    sees=_("Which addresses reach it and when, if they keep that; and copies of its disk."),
    how_long=ASK,
    deleted=_("Whoever runs this machine can ask them."),
    ordered_by=A_COURT,
)

OTHERS: Final[Mapping[str, HeldByOthers]] = MappingProxyType({
    "mail": mail.HELD,
    "text": text.HELD,
    "voice": voice.HELD,
    "modem": modem.HELD,
    "push": push.HELD,
    "app": app.HELD,
    "pager": pager.HELD,
    HOST: HeldByOthers(_("The machine itself"), (_WHO_HOUSES_US,)),
})  # fmt: skip


def held_by_others(ways: Iterable[str]) -> tuple[HeldByOthers, ...]:
    """What others hold of pages by these ways; a way of which nothing was written down yet is left out."""
    return tuple(OTHERS[way] for way in dict.fromkeys(ways) if way in OTHERS)
