"""What others hold of a page by another app."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from stepitup.paging.carriers.holders import A_COURT, ASK, ASK_TO_DELETE, HeldByOthers, Holder

_CHOSEN: Final = Holder(
    who=_("The service that the helper chose, such as Signal, Matrix or ntfy"),
    sees=_("The helper’s address there, and when. Where it does not seal messages, the words as well."),
    how_long=ASK,
    deleted=ASK_TO_DELETE,
    ordered_by=A_COURT,
)

HELD: Final = HeldByOthers(_("Other services"), (_CHOSEN,))
