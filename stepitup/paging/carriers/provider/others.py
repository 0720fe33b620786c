"""What the provider of texts and rings holds."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from stepitup.paging.carriers.holders import A_COURT, ASK, Holder

PROVIDER: Final = Holder(
    who=_("The provider that sends for us"),
    sees=_("The helper’s number, the words of the page with its link, when it went, and the helper’s reply."),
    how_long=ASK,
    deleted=_("Whoever runs this machine holds the account, and can ask them."),
    ordered_by=A_COURT,
)
