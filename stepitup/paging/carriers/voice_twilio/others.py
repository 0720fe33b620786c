"""What others hold of a page by ring."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from stepitup.paging.carriers.holders import A_COURT, ASK, PHONE_COMPANY, HeldByOthers, Holder
from stepitup.paging.carriers.provider.others import PROVIDER

_JOINING: Final = Holder(
    who=_("The provider, where we ring helper and caller together; and the phone company of each"),
    sees=_("The provider: both numbers, when, and for how long. A phone company: that our number rang, and when."),
    how_long=ASK,
    deleted=_("Whoever runs this machine holds the account, and can ask them."),
    ordered_by=A_COURT,
)

HELD: Final = HeldByOthers(_("A ring with a spoken page"), (PROVIDER, PHONE_COMPANY, _JOINING))
