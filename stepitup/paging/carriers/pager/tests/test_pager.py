"""The pager of the demonstration, as whoever holds it sees it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connection

from stepitup.ground import clock
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from stepitup.paging import actions
from stepitup.paging.carriers.pager.tests.far_end import PagerFarEnd
from stepitup.paging.errors import CannotSend
from stepitup.paging.links import page_key
from stepitup.paging.models import PagerMessage
from stepitup.paging.questions import pager_lines

pytestmark = pytest.mark.django_db

SAM, INES = 4, 5


@pytest.fixture
def far_end() -> PagerFarEnd:
    return PagerFarEnd()


def test_sam_s_pager_shows_his_page_with_the_link_that_answers_it(far_end: PagerFarEnd) -> None:
    page = far_end.page(SAM)
    with clock.use(HandClock(datetime(2026, 3, 1, 3, 5, tzinfo=UTC))):
        far_end.carrier.send(page)
    (line,) = pager_lines(SAM)
    assert (line.helper, line.way, line.text, line.link) == (SAM, page.way, page.text, page.link)
    assert line.key == page_key(page.page)
    assert line.link.endswith(line.key)
    assert line.at == datetime(2026, 3, 1, 3, 5, tzinfo=UTC)


def test_ines_does_not_see_sam_s_page_on_hers(far_end: PagerFarEnd) -> None:
    far_end.carrier.send(far_end.page(SAM))
    assert pager_lines(INES) == []


def test_the_newest_message_comes_last(far_end: PagerFarEnd) -> None:
    hands = HandClock(datetime(2026, 3, 1, 3, 5, tzinfo=UTC))
    with clock.use(hands):
        for helper in (SAM, INES):
            far_end.carrier.send(far_end.page(helper))
            hands.wind(seconds=1)
    assert [line.helper for line in pager_lines()] == [SAM, INES]


@pytest.mark.fault("delivered twice")
def test_a_second_try_does_not_show_a_second_message(far_end: PagerFarEnd) -> None:
    page = far_end.page(SAM)
    assert far_end.carrier.send(page) == far_end.carrier.send(page)
    assert len(pager_lines(SAM)) == 1


def test_a_repeat_shows_the_page_once_more(far_end: PagerFarEnd) -> None:
    page = far_end.page(SAM)
    far_end.carrier.send(page)
    far_end.carrier.send(replace(page, key="another attempt"))
    assert len(pager_lines(SAM)) == 2


def test_the_database_does_not_hold_the_link(far_end: PagerFarEnd) -> None:
    page = far_end.page(SAM)
    far_end.carrier.send(page)
    with connection.cursor() as cursor:
        cursor.execute("SELECT message FROM paging_pagermessage")
        held = bytes(cursor.fetchone()[0])
    assert page_key(page.page).encode() not in held
    assert b"take one" not in held


def test_a_message_is_forgotten_with_its_page(far_end: PagerFarEnd) -> None:
    page = far_end.page(SAM)
    far_end.carrier.send(page)
    deed(actions.forget, [page.page])
    assert not PagerMessage.objects.exists()


@pytest.mark.fault("500s for an hour")
@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_broke_costs_one_try_and_not_every_one_to_come(far_end: PagerFarEnd) -> None:
    page = far_end.page(SAM)
    connection.connection.close()
    with pytest.raises(CannotSend):
        far_end.carrier.send(page)
    far_end.carrier.send(page)
    assert len(pager_lines(SAM)) == 1
