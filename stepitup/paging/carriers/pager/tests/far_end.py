"""The other end of the pager: the screen, and a database that somebody else holds."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
from django.db import connection

from stepitup.ground.keys import fingerprint, new_id
from stepitup.paging.carriers.pager.sender import Pager
from stepitup.paging.facts import Outgoing, Words
from stepitup.paging.links import link_to, page_key
from stepitup.paging.models import Page
from stepitup.paging.questions import pager_lines
from stepitup.paging.words import page_text

NIGHT = datetime(2026, 3, 1, 3, 4, tzinfo=UTC)


class PagerFarEnd:
    """Sam's pager, as the screen of the demonstration shows it."""

    def __init__(self) -> None:
        self.carrier = Pager()

    def page(self, helper: int = 4) -> Outgoing:
        """A page that is really open."""
        page = new_id()
        key = fingerprint(page_key(page))
        Page.objects.create(id=page, helper=helper, words=Words.PAGE, key_fingerprint=key, opened_at=NIGHT)
        return outgoing(page, helper=helper)

    def page_to_nobody(self) -> Outgoing:
        """A page that was forgotten while it was on its way."""
        return outgoing(new_id(), helper=4)

    def seen(self) -> list[str]:
        """The texts on all pagers, as whoever holds them sees them."""
        return [line.text for line in pager_lines()]

    def travelled(self) -> list[str]:
        """Everything that went over, as it went."""
        return [f"{line.text} {line.link}" for line in pager_lines()]

    @contextmanager
    def hanging(self, limit: timedelta) -> Iterator[Pager]:
        """A database in which another program is writing and does not stop."""
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(f"PRAGMA busy_timeout = {int(limit.total_seconds() * 1000)}")
            else:
                cursor.execute(f"SET lock_timeout = '{int(limit.total_seconds() * 1000)}ms'")
        try:
            with _somebody_else_writing():
                yield self.carrier
        finally:
            connection.close()


@contextmanager
def _somebody_else_writing() -> Iterator[None]:
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    there = connection.get_connection_params()
    words = {word: there[word] for word in ("host", "port", "user", "password", "dbname") if there.get(word)}
    with psycopg.connect(**words) as line:
        line.execute("LOCK TABLE paging_pagermessage")
        yield


def outgoing(page: UUID, *, helper: int) -> Outgoing:
    """This page on its way to this helper's pager."""
    return Outgoing(
        attempt=1,
        page=page,
        helper=helper,
        way=helper * 10,
        carrier="pager",
        to="",
        words=Words.PAGE,
        text=page_text(Words.PAGE, link_to(page)),
        link=link_to(page),
        key=new_id().hex,
        at=NIGHT,
    )
