"""What the operator is told: alive, ready, how late; and that none of it points at anybody."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client, override_settings

from stepitup.ground import heart
from stepitup.ground.clock import HandClock
from stepitup.ground.deeds import deed
from tests.rooms.door_night import Rosa, demo_night

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def night() -> Iterator[HandClock]:
    with demo_night() as hand:
        yield hand


def test_the_process_lives() -> None:
    assert Client().get("/healthz", secure=True).json() == {"alive": True}


def test_without_a_watch_the_house_is_not_ready_and_says_so_in_words() -> None:
    answer = Client().get("/readyz", secure=True)
    assert answer.status_code == 503
    assert answer.json()["watch"] is False
    assert "No watch is alive" in answer.json()["words"][0]


def test_with_a_watch_that_beats_the_house_is_ready() -> None:
    deed(heart.beat, name="watch")
    answer = Client().get("/readyz", secure=True)
    assert answer.status_code == 200
    assert answer.json()["ready"] is True


def test_a_page_that_waits_for_half_a_minute_makes_the_house_unready(night: HandClock) -> None:
    Rosa()
    night.wind(seconds=31)
    deed(heart.beat, name="watch")
    answer = Client().get("/readyz", secure=True)
    assert answer.status_code == 503
    assert answer.json()["oldest_unsent_page_seconds"] >= 31
    assert "waiting to be sent" in answer.json()["words"][0]


def test_a_database_that_is_away_is_an_answer_too() -> None:
    with patch.object(heart, "is_beating", side_effect=OperationalError):
        answer = Client().get("/readyz", secure=True)
    assert answer.status_code == 503
    assert answer.json()["database"] is False


def test_the_counts_are_true_and_name_nobody(night: HandClock) -> None:
    rosa = Rosa()
    night.wind(seconds=5)
    deed(heart.beat, name="watch")
    told = Client().get("/metrics", secure=True).content.decode()
    assert 'stepitup_calls{state="waiting"} 1.0' in told
    assert 'stepitup_attempts{carrier="pager",state="waiting"} 6.0' in told
    assert 'stepitup_lateness_seconds{of="step"} 0.0' in told
    assert 'stepitup_lateness_seconds{of="page"}' in told
    assert 'stepitup_last_beat_seconds{watch="any"} 0.0' in told
    for secret in (str(rosa.call), rosa.keys[0], "Sam", "sam", "peer"):
        assert secret not in told


def test_the_world_beyond_this_machine_cannot_count_calls() -> None:
    with override_settings(ALLOWED_HOSTS=["backup.example"]):
        assert Client(headers={"host": "backup.example"}).get("/metrics", secure=True).status_code == 404


def test_health_is_kept_by_nobody() -> None:
    for address in ("/healthz", "/readyz", "/metrics"):
        assert Client().get(address, secure=True).headers["Cache-Control"] == "no-store"
