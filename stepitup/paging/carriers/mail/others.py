"""What others hold of a page by mail."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from stepitup.paging.carriers.holders import A_COURT, ASK, HeldByOthers, Holder

_MAIL: Final = (
    Holder(
        who=_("The mail server that sends for us, and each one on the way"),
        sees=_("The helper’s mail address, ours, when it went, and the words of the page with its link."),
        how_long=ASK,
        deleted=_("Whoever runs this machine can ask the company of our mail server."),
        ordered_by=A_COURT,
    ),
    Holder(
        who=_("The company of the helper’s mailbox"),
        sees=_("The mail itself."),
        how_long=_("Until the helper deletes it. What they keep after that, ask them."),
        deleted=_("The helper deletes the mail, also from the bin."),
        ordered_by=_("A court can order it. In a mailbox of the employer, the employer can read it."),
    ),
)

HELD: Final = HeldByOthers(_("Mail"), _MAIL)
