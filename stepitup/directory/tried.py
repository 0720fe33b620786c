"""Somebody of the team rang a number: when, who, and what the screens say of it."""

import datetime as dt

from django.utils import dateformat
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field


class TestCall(BaseModel):
    """Somebody of the team rang a line: when, who, and whether it answered as it says."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    __test__ = False

    date: dt.date
    by: str = Field(min_length=1)
    answered: bool = True


def how_it_was_tried(tried: TestCall | None) -> str:
    """Whether and when this team rang it, in a sentence."""
    if tried is None:
        return _("Not yet test-called by this team.")
    day = in_words(tried.date.isoformat())
    if not tried.answered:
        return _("Test-called by this team on %(date)s: it did not answer. Try it, and the next one.") % {"date": day}
    return _("Test-called by this team on %(date)s: it answered.") % {"date": day}


def in_words(partial: str) -> str:
    """2022 → 2022, 2025-03 → March 2025, 2022-01-20 → January 20, 2022."""
    year, month, day = (int(part) for part in f"{partial}-01-01".split("-")[:3])
    shape = {4: "Y", 7: "F Y", 10: "F j, Y"}[len(partial)]
    return dateformat.format(dt.date(year, month, day), shape)
