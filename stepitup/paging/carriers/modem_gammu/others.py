"""What others hold of a page by a modem of our own: no provider stands between."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from stepitup.paging.carriers.holders import A_COURT, ASK, ASK_TO_DELETE, PHONE_COMPANY, HeldByOthers, Holder

_OF_OUR_MODEM: Final = Holder(
    who=_("The phone company of our own modem"),
    sees=_("The helper’s number, when, the words of the page, and the helper’s reply."),
    how_long=ASK,
    deleted=ASK_TO_DELETE,
    ordered_by=A_COURT,
)

HELD: Final = HeldByOthers(_("Text message by our own modem"), (_OF_OUR_MODEM, PHONE_COMPANY))
