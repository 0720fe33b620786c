"""What others hold of a page by text."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from stepitup.paging.carriers.holders import PHONE_COMPANY, HeldByOthers
from stepitup.paging.carriers.provider.others import PROVIDER

HELD: Final = HeldByOthers(_("Text message"), (PROVIDER, PHONE_COMPANY))
