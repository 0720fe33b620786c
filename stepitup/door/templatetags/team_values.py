"""Values for the scripts of the team's screens, in an attribute: no script stands in a screen."""

import json

from django import template

register = template.Library()


@register.filter
def in_fours(code: str) -> str:
    """657478602879 as 6574 7860 2879: easier to write down, and read either way."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


@register.filter
def as_json(value: object) -> str:
    """As JSON; the template escapes it like any other text."""
    return json.dumps(value)
