"""Rosa reads why it may be Sam, in a sentence; and nothing of what he keeps for matching, or to himself."""

import pytest

from stepitup.calls.models import Call
from stepitup.calls.told import order_of
from stepitup.roster.models import Helper as Row
from tests.stories import cast
from tests.stories.night import Night
from tests.stories.people import Helper, Rosa

BOTH = "You both lost a partner."
WORK = "You do the same kind of work."
QUIET = "alcohol"
WANTS = ["lost_a_partner", "drinking"]


@pytest.fixture
def sam(night: Night) -> Helper:
    """He lets callers know of his partner; of his drinking only the matching knows."""
    return night.joins(cast.SAM, services='["law_enforcement"]')


def about_him(rosa: Rosa) -> str:
    """What her screen says of whoever answered."""
    rosa.sees("Sam K. has answered")
    return rosa.phone.screen.words.partition("has answered")[2]


def test_what_she_chose_to_show_and_he_lets_be_told_is_told_to_both(night: Night, sam: Helper) -> None:
    rosa = night.rosa()
    rosa.presses()
    rosa.says(matters=WANTS, show=["matters"])
    sam.gets_a_page().answers()
    assert BOTH in about_him(rosa)
    assert QUIET not in about_him(rosa).lower()
    assert BOTH not in sam.phone.opens("/seat").words, "before the limits were read he reads nothing of her"
    rosa.reads_the_limits()
    read = sam.phone.opens("/seat").words
    assert BOTH in read
    assert "You both know that fight with alcohol or drugs." in read, "his own share is no secret to him"
    assert "Losing a partner or a crew member" in read, "what she showed, in words and not in ours"


def test_what_she_did_not_choose_to_show_is_forgotten_and_so_no_reason(night: Night, sam: Helper) -> None:
    rosa = night.rosa()
    rosa.presses()
    rosa.says(matters=WANTS)
    sam.gets_a_page().answers()
    assert BOTH not in about_him(rosa)


@pytest.mark.parametrize(
    ("kept_back", "is_told"), [({}, True), ({"service": "matching"}, False), ({"service": "no"}, False)]
)
def test_the_same_work_is_a_reason_unless_he_keeps_it_back(
    night: Night, sam: Helper, kept_back: dict[str, str], is_told: bool
) -> None:
    Row.objects.filter(pk=sam.id).update(about_the_job=kept_back)
    rosa = night.rosa()
    rosa.presses()
    rosa.works(state="US-CO", service="law_enforcement")
    sam.gets_a_page().answers()
    assert (WORK in about_him(rosa)) == is_told
    rosa.works(state="US-CO", service="fire")
    assert WORK not in about_him(rosa)


def test_whoever_speaks_the_language_she_asks_for_is_asked_first(night: Night, sam: Helper) -> None:
    others = [night.joins(part) for part in (cast.THEO, cast.HUSBANDS_PARTNER)]
    ines = night.joins(cast.INES, languages='["es"]')
    rosa = night.rosa()
    rosa.presses()
    rosa.says(language="es")
    for one in (sam, ines, *others):
        one.may_be_paged()
    order = order_of(Call.objects.get())
    assert order is not None
    assert order.ids[0] == ines.id
    assert set(order.ids) == {ines.id, sam.id, *(one.id for one in others)}, "nobody is dropped for a language"
