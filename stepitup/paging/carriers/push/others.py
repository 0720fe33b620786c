"""What others hold of a notice in a browser."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from stepitup.paging.carriers.holders import A_COURT, ASK, HeldByOthers, Holder

_PUSH: Final = Holder(
    who=_("The company that made the helper’s browser or phone"),
    sees=_("That a notice came from us to this device, and when. Its words are sealed on the way."),
    how_long=ASK,
    deleted=_("The helper turns notices off in the browser. For what they keep, ask them."),
    ordered_by=A_COURT,
)

HELD: Final = HeldByOthers(_("Notice in the browser"), (_PUSH,))
