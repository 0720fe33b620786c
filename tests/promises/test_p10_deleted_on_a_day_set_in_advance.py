"""P10: everything about a call goes on the day that was told at the press; and what is held stands on a public list."""

from datetime import timedelta

import pytest
from django.apps import apps

from stepitup.calls import actions as calls
from stepitup.calls.actions.opening import DELETED_AFTER
from stepitup.calls.models import Call
from stepitup.door.reading.what_we_hold import line_of, said_of
from stepitup.ground import clock
from stepitup.ground.deeds import deed
from stepitup.paging.facts import Reply, Words
from stepitup.paging.models import Page
from stepitup.paging.tests_of_ways import KEPT_FOR
from tests.promises.every_screen import live_through
from tests.stories import cast
from tests.stories.night import START, Night
from tests.stories.people import Rosa
from tests.stories.the_disk import every_row

# What is about the team and the house, not about a call. Everything else must be empty.
NOT_OF_A_CALL = {
    "django_migrations",
    "drills_drill",
    "drills_drillasked",
    "drills_rehearsal",
    "ground_draft",
    "ground_heartbeat",
    "ground_logbookentry",
    "ground_logbookhead",
    "paging_heard",
    "paging_notice",
    "ground_teamanswer",
    "ground_earlieranswer",
    "sqlite_sequence",
    "tally_weekcount",
}
# What holds test pages, which are of no call and have a day of their own.
OF_TESTS = {"paging_page", "paging_attempt", "ground_timer"}
OF_SIGN_IN = ("roster_", "account_", "mfa_", "auth_", "django_content_type")


def of_calls() -> dict[str, int]:
    """How many rows each table holds that is about calls."""
    return {
        table: len(rows)
        for table, rows in every_row().items()
        if not table.startswith(OF_SIGN_IN) and table not in NOT_OF_A_CALL
    }


def test_after_the_day_of_deletion_no_table_holds_anything_of_any_call(night: Night) -> None:
    _in_the_midst_of_everything(night)
    live_through(night)
    night.passes(hours=(DELETED_AFTER + timedelta(hours=1)) / timedelta(hours=1))
    assert {table for table, rows in of_calls().items() if rows} == OF_TESTS
    assert not Page.objects.exclude(words=Words.TEST).exists()
    night.passes(hours=KEPT_FOR / timedelta(hours=1))
    assert {table: rows for table, rows in of_calls().items() if rows} == {}


def test_on_the_busiest_night_each_of_these_tables_is_used(night: Night) -> None:
    _in_the_midst_of_everything(night)
    empty = {table for table, rows in of_calls().items() if not rows}
    assert empty == {"paging_pagermessage"}, "only the demonstration's pager is not in this house"


def test_a_second_before_the_day_it_is_there_and_a_second_after_it_is_not(night: Night, rosa: Rosa) -> None:
    night.joins(cast.SAM).may_be_paged()
    rosa.presses()
    rosa.stands_down()
    night.passes(seconds=DELETED_AFTER.total_seconds() - 1)
    assert Call.objects.exists()
    night.passes(seconds=1)
    assert not Call.objects.exists()


def test_the_day_is_set_at_the_press_told_then_and_never_put_off(night: Night, rosa: Rosa) -> None:
    sam = night.joins(cast.SAM)
    rosa.presses()
    told = Call.objects.get().delete_at
    assert told == START + DELETED_AFTER
    rosa.sees("deleted on Thursday, March 12.")
    sam.gets_a_page().answers()
    rosa.reads_the_limits()
    sam.presses("I’m with them")
    sam.may_be_paged()  # he is asked whether they have finished: another story
    night.passes(hours=20)
    sam.presses("Yes, we are finished")
    assert Call.objects.get().delete_at == told
    assert clock.now() < told


def test_what_was_sealed_goes_already_at_close(night: Night, rosa: Rosa) -> None:
    night.joins(cast.SAM).may_be_paged()
    rosa.presses()
    rosa.works(state="US-CO", service="fire")
    rosa.says(agency="Cedar Mesa PD", show=["agency"])
    rosa.leaves_a_number("970 555 0173")
    rosa.phone.opens("/call/where")
    rosa.phone.presses("Tell my helper", place="Mile marker 41")
    sealed = [field.name for field in Call._meta.concrete_fields if field.name.startswith("sealed_")]
    assert len(sealed) == 5
    assert all(getattr(Call.objects.get(), name) for name in sealed)
    rosa.stands_down()
    assert not any(getattr(Call.objects.get(), name) for name in sealed)
    assert not [address for [address] in _addresses_of_attempts() if address]


@pytest.mark.only_on("sqlite")  # about no database: once is enough
def test_everything_that_is_held_has_its_line_on_the_public_list() -> None:
    assert all(line_of(model, field) for model in apps.get_models() for field in model._meta.concrete_fields)


def test_the_public_list_shows_each_line(night: Night) -> None:
    words = night.browser().opens("/what-we-hold").words
    missing = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if " ".join(line_of(model, field).split()) not in words
    ]
    assert missing == []


def test_each_table_says_when_it_is_deleted(night: Night) -> None:
    silent = [model.__name__ for model in apps.get_models() if not _says_when(said_of(model))]
    assert silent == []


def _says_when(words: str) -> bool:
    return any(word in words.lower() for word in ("deleted", "overwritten", "forgotten"))


def _in_the_midst_of_everything(night: Night) -> None:
    """A call with somebody there who said so by text, so that each table has something to lose."""
    [peer] = night.crowd(1)
    rosa = night.rosa()
    rosa.presses()
    peer.gets_a_page()
    back = deed(calls.reply, Reply("text", peer.part.number, "1", "SM1", clock.now()))
    peer.phone.opens("/s/" + back.text.rpartition("/s/")[2])
    peer.phone.presses("Go to your seat")
    rosa.reads_the_limits()
    peer.presses("I’m with them")


def _addresses_of_attempts() -> list[tuple[object]]:
    model = apps.get_model("paging", "Attempt")
    return list(model.objects.values_list("address"))
