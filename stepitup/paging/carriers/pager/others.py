"""What others hold of a page on the demonstration's pager."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from stepitup.paging.carriers.holders import Evidence, HeldByOthers, Holder

_NOBODY: Final = Holder(
    who=_("Nobody else"),
    sees=_("The pager of the demonstration is a screen of this very machine."),
    how_long=_("Until its page is deleted."),
    deleted=_("It goes with its page."),
    ordered_by=_("There is nothing to order from anybody else."),
    evidence=Evidence.HOW_IT_WORKS,
)

HELD: Final = HeldByOthers(_("Pager of the demonstration"), (_NOBODY,))
