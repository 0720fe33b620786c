"""Everything we hold, read from the tables themselves: what is not listed here is not stored.

Each table says in its docstring who may read it and when it is deleted; each column has its own line. A column without
one is a mistake that a test finds (promises P4 and P10).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stepitup.calls.actions.opening import DELETED_AFTER
from stepitup.door.reading import tables_of_others
from stepitup.door.reading.views import never_kept
from stepitup.ground.team import team
from stepitup.paging import carriers
from stepitup.paging.carriers.holders import HeldByOthers
from stepitup.paging.carriers.others import HOST, held_by_others

# The rooms in the order in which a caller would ask; others follow.
_ORDER = ("calls", "paging", "talk", "tally", "roster", "ground")


@dataclass(frozen=True)
class Column:
    """One thing that is stored, and what it is in words."""

    name: str
    line: str


@dataclass(frozen=True)
class Table:
    """One table: what it is about, who reads it, when it is deleted, and every column."""

    room: str
    name: str
    paragraphs: tuple[str, ...]
    columns: tuple[Column, ...]


class ColumnWithoutALine(Exception):
    """A column is stored and nothing says what it is."""


@require_safe
def what_we_hold(request: HttpRequest) -> HttpResponse:
    """The public list."""
    told = {"tables": everything_we_hold(), "days": DELETED_AFTER.days, "others": others_here()}
    return never_kept(render(request, "reading/what_we_hold.html", told))


def others_here() -> tuple[HeldByOthers, ...]:
    """What others hold: for each way of this house, and whoever houses it. Our own modem passes no provider."""
    return held_by_others((*(kind for name in carriers.in_use() for kind in _kinds_of(name)), HOST))


def _kinds_of(name: str) -> tuple[str, ...]:
    """A text goes by our own modem, by a provider, or by the one that is well."""
    if name != "text" or carriers.modem() is None:
        return (name,)
    return ("text", "modem") if team().text else ("modem",)


def everything_we_hold() -> tuple[Table, ...]:
    """Every table of this house. Raises ColumnWithoutALine."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return tuple(_table(model) for model in sorted(models, key=_place))


def _place(model: type[Model]) -> tuple[int, str]:
    room = model._meta.app_label
    return (_ORDER.index(room) if room in _ORDER else len(_ORDER), room)


def _table(model: type[Model]) -> Table:
    words = said_of(model)
    if not words or words.startswith(f"{model.__name__}("):
        raise ColumnWithoutALine(f"{model.__name__} does not say who may read it and when it is deleted")
    paragraphs = tuple(" ".join(part.split()) for part in words.split("\n\n"))
    name = str(model._meta.verbose_name).capitalize()
    return Table(model._meta.app_label, name, paragraphs, tuple(_columns(model)))


def said_of(model: type[Model]) -> str:
    """What a table says of itself, or what we say of it where it came with a library."""
    told = tables_of_others.about(model)
    return str(told) if told else (model.__doc__ or "").strip()


def _columns(model: type[Model]) -> Iterator[Column]:
    for field in model._meta.concrete_fields:
        yield Column(str(field.verbose_name).capitalize(), line_of(model, field))


def line_of(model: type[Model], field: "Field[Any, Any]") -> str:
    """What a column says it is. Raises ColumnWithoutALine."""
    if field.help_text:
        return str(field.help_text)
    if told := tables_of_others.column_of(model, field.name):
        return str(told)
    if field.primary_key and field.auto_created:
        return _("A number without meaning.")
    raise ColumnWithoutALine(f"{model.__name__}.{field.name} has no line that says what it is")
