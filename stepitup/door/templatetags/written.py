"""Numbers and moments as people write them."""

from collections.abc import Collection
from datetime import datetime

from django import template
from django.utils.translation import gettext_lazy as _

from stepitup.door.typed import number_as_written_here
from stepitup.door.words import clock_time, day
from stepitup.ground.vocabulary import STATES, Kind
from stepitup.roster.duty.told import KINDS

register = template.Library()

_KINDS = {
    Kind.PEER: _("peer"),
    Kind.CHAPLAIN: _("chaplain"),
    Kind.CLINICIAN: _("clinician"),
    Kind.COORDINATOR: _("coordinator"),
}
_CARRIERS = {"mail": _("mail"), "text": _("text"), "voice": _("voice"), "push": _("push"), "pager": _("pager")}


@register.filter
def as_written(phone: str) -> str:
    """+13035550101 as (303) 555-0101; what cannot be read as a number stays as it is."""
    return number_as_written_here(phone)


@register.filter
def clock_and_day(moment: datetime) -> str:
    """Wednesday, March 4, 03:04 MST: by the team's own clocks."""
    return f"{day(moment)}, {clock_time(moment)}"


@register.filter
def kinds_in_words(kinds: Collection[Kind]) -> str:
    """peer, chaplain: the roles in their usual order."""
    return ", ".join(str(_KINDS[kind]) for kind in Kind if kind in kinds)


@register.filter
def kinds_of_people(kind: Kind) -> str:
    """Peers, Chaplains …"""
    return str(KINDS[kind])


@register.filter
def state_in_words(state: str) -> str:
    """US-CO as Colorado; a state that is none of ours stays as it was written."""
    return STATES.get(state, state)


@register.filter
def carrier_in_words(carrier: str) -> str:
    """A way a page travels, as people say it."""
    return str(_CARRIERS.get(carrier, carrier))
