"""Somebody takes the machine's disk. What they find of Rosa: a call at 03:04, and nothing of who she is."""

from collections.abc import Iterator

import pytest

from tests.rooms.door_program import Program
from tests.stories import cast
from tests.stories.night import Night, a_night
from tests.stories.people import Rosa
from tests.stories.the_disk import every_row, everything_stored

pytestmark = pytest.mark.django_db(transaction=True)

TYPED: dict[str, str | list[str]] = {
    "agency": "Tamberlyne Constabulary",
    "unit": "Kennel Seventeen",
    "rank_band": "line",
    "never_names": "Tobias Quennell\nMarguerite Oxbow",
    "never_units": "Marine Section Nine",
    "never_agencies": "Vellacourt Marshals",
    "matters": ["officer_involved"],
    "show": ["agency", "unit"],
}
WORDS = (
    "Tamberlyne",
    "Kennel Seventeen",
    "Tobias Quennell",
    "Quennell",
    "Oxbow",
    "Marine Section",
    "Vellacourt",
    "9705550173",
    "970 555 0173",
    "+19705550173",
    "Mile marker 41",
)


def what_matters_is_written() -> bool:
    """What matters to her is a word of ours, which rosters beside this house may hold: asked of our rows alone."""
    return "officer_involved" in str(every_row())


@pytest.fixture
def night() -> Iterator[Night]:
    with a_night() as ours:
        yield ours


@pytest.fixture
def rosa(night: Night) -> Rosa:
    """Rosa has said everything that the screens ask."""
    night.joins(cast.THEO).may_be_paged()
    night.joins(cast.OKAFOR).may_be_paged()
    caller = night.rosa()
    caller.presses()
    caller.works(state="US-WY", service="law_enforcement")
    caller.says(**TYPED)
    caller.leaves_a_number("970 555 0173", if_lost="ring")
    caller.presses("Tell my helper where I am")
    caller.phone.presses("Tell my helper", place="Mile marker 41, north side")
    return caller


def test_a_dump_of_database_and_files_after_matching_holds_no_wishes_no_typed_names_no_number(rosa: Rosa) -> None:
    stored = everything_stored()
    assert stored.holds("Dr. Okafor"), "the search finds what is there"
    assert [word for word in WORDS if stored.holds(word)] == []
    assert not what_matters_is_written()


def test_nor_does_it_hold_them_once_somebody_has_answered_and_seen_them(night: Night, rosa: Rosa) -> None:
    theo = night.helpers["theo"]
    theo.gets_a_page().answers()
    rosa.reads_the_limits()
    theo.sees("Tamberlyne", "0173", "Mile marker 41")
    stored = everything_stored()
    assert [word for word in WORDS if stored.holds(word)] == []


def test_at_close_even_what_was_sealed_is_gone(rosa: Rosa) -> None:
    rosa.stands_down()
    [call] = every_row()["calls_call"]
    assert not [value for value in call if isinstance(value, bytes | memoryview)]


def test_names_that_came_with_the_press_of_a_program_are_nowhere_either(night: Night) -> None:
    okafor = night.joins(cast.OKAFOR)
    said = {
        "mine": {"agency": TYPED["agency"], "unit": TYPED["unit"]},
        "never": {"names": ["Tobias Quennell", "Marguerite Oxbow"], "units": ["Marine Section Nine"]},
        "matters": {"officer_involved": "a lot"},
        "reach": {"phone": "970 555 0173"},
    }
    Program().calls(said, Idempotency_Key="a-key-with-enough-of-chance-in-it")
    night.watch.work()
    night.passes(minutes=1)
    stored = everything_stored()
    assert [word for word in WORDS if stored.holds(word)] == []
    assert not what_matters_is_written()
    okafor.may_be_paged()


def test_no_secret_that_opens_anything_lies_there(night: Night, rosa: Rosa) -> None:
    page = night.helpers["theo"].gets_a_page()
    page.answers()
    cookies = {name: morsel.value for name, morsel in rosa.phone.cookies.items() if "walked" not in name}
    secrets = [*cookies.values(), page.path.removeprefix("/p/"), rosa.eight_words, night.helpers["theo"].part.number]
    stored = everything_stored()
    assert [secret for secret in secrets if stored.holds_openly(secret)] == []
