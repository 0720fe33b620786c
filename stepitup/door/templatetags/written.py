"""Numbers as people write them."""

from django import template

from stepitup.door.typed import number_as_written_here

register = template.Library()


@register.filter
def as_written(phone: str) -> str:
    """+13035550101 as (303) 555-0101; what cannot be read as a number stays as it is."""
    return number_as_written_here(phone)
