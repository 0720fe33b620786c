"""Is this typed name that helper, this typed agency that one? Where it could be, the answer is yes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepitup.roster.agency_names import Same, names_no_agency, same_agency, same_unit
from stepitup.roster.person_names import is_only_a_title, looks_like, tokens_of, tokens_typed

RUIZ = tokens_of(display_name="Daniel R.", full_name="Daniel Ruiz")
POLICE = ("Cedar Mesa Police Department", "Cedar Mesa PD")
SHERIFF = ("Harlan County Sheriff's Office",)


def finds(typed: str, helper: frozenset[str]) -> bool:
    return any(looks_like(one, other) for one in tokens_typed(typed) for other in helper)


@pytest.mark.parametrize(
    "typed",
    [
        "Lt. Ruiz",
        "ruiz daniel",
        "RUIZ",
        "Lieutenant Daniel Ruiz Jr.",
        "Dan",
        "danny ruiz",
        "Daniél Ruíz",
        "D. Ruiz",
        "Ruis",
        "Riuz",
        "Ruizz",
        "my Lt Ruiz",
        "Ruiz-Garcia",
        "D.R.",
    ],
)
def test_a_lieutenant_is_found_however_he_is_typed(typed: str) -> None:
    assert finds(typed, RUIZ)


@pytest.mark.parametrize("typed", ["Sgt. Okafor", "Ines", "Kowalski", "M. Pell"])
def test_somebody_else_is_not_taken_for_him(typed: str) -> None:
    assert not finds(typed, RUIZ)


@pytest.mark.parametrize(
    ("typed", "full_name"),
    [
        ("O'Brien", "Pat OBrien"),
        ("obrien", "Pat O’Brien"),
        ("Mc Donald", "Ann McDonald"),
        ("McDonald", "Ann Mc Donald"),
        ("dela Cruz", "Ana de la Cruz"),
        ("Bob Ashgrove", "Robert Ashgrove"),
        ("Peggy", "Margaret Holt"),
        ("Pepe", "José Marbella"),
        ("Øystein", "Oystein Dahl"),
        ("Strauss", "Eva Strauß"),
        ("Smith-Jones", "Kim Jones"),
    ],
)
def test_spelling_accents_and_short_forms_do_not_hide_anybody(typed: str, full_name: str) -> None:
    assert finds(typed, tokens_of(display_name="X.", full_name=full_name))


def test_an_initial_on_display_counts_while_the_full_name_is_unknown() -> None:
    assert finds("Kowalski", tokens_of(display_name="Sam K."))
    assert not finds("Kowalski", tokens_of(display_name="Sam K.", full_name="Samuel Karstadt"))


def test_a_title_alone_names_nobody_but_says_somebody_above_me() -> None:
    assert is_only_a_title("the Chief")
    assert is_only_a_title("my lieutenant")
    assert not is_only_a_title("Chief Ruiz")
    assert not is_only_a_title("  ")


def test_a_title_in_front_of_a_name_does_not_name_everybody_with_that_title() -> None:
    assert not finds("Chaplain Ruth", tokens_of(display_name="Chaplain Daniel"))
    assert finds("the chaplain", tokens_of(display_name="Chaplain Daniel"))


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_name_however_strange_stops_the_search(typed: str, name: str) -> None:
    finds(typed, tokens_of(display_name=name, full_name=typed))


@given(st.from_regex(r"[A-Za-z]{3,12} [A-Za-z]{3,12}", fullmatch=True))
def test_whoever_is_typed_as_they_are_called_is_always_found(name: str) -> None:
    assert finds(name, tokens_of(display_name="", full_name=name))
    assert finds(" ".join(reversed(name.upper().split())), tokens_of(display_name="", full_name=name))


@given(st.text("abcdefg", min_size=4, max_size=9), st.integers(0, 8), st.sampled_from("abcxyz"))
def test_one_slip_of_the_thumb_hides_nobody(name: str, place: int, letter: str) -> None:
    slips = {
        name[:place] + name[place + 1 :],
        name[:place] + letter + name[place:],
        name[:place] + letter + name[place + 1 :],
    }
    assert all(looks_like(slip, name) for slip in slips if len(slip) > 3)


@pytest.mark.parametrize(
    "typed", ["Cedar Mesa Police Department", "cedar mesa pd", "CEDAR MESA P.D.", "Cedar Mesa police"]
)
def test_an_agency_is_known_by_its_name(typed: str) -> None:
    assert same_agency(typed, POLICE) is Same.YES


@pytest.mark.parametrize(
    "typed", ["cedar", "Cedar Meza PD", "CMPD", "Mesa police", "police", "CM", "Cedar County Sheriff"]
)
def test_an_agency_that_it_may_be_counts_as_maybe(typed: str) -> None:
    assert same_agency(typed, POLICE) is Same.MAYBE


@pytest.mark.parametrize("typed", ["Cedar Mesa Fire", "Larkspur PD", "Tamarack County Sheriff", "the fire department"])
def test_another_agency_is_told_apart(typed: str) -> None:
    assert same_agency(typed, POLICE) is Same.NO


@pytest.mark.parametrize("typed", ["HCSO", "Harlan County SO", "harlan county sheriffs office", "Harlan Co. police"])
def test_a_sheriff_is_found_under_police_and_by_letters(typed: str) -> None:
    assert same_agency(typed, SHERIFF) is not Same.NO


@pytest.mark.parametrize(
    ("typed", "name", "answer"),
    [
        ("Cedar Falls Police Department", "CFPD", Same.MAYBE),
        ("CF", "Cedar Falls Police Department", Same.MAYBE),
        ("HSO", "Harlan County Sheriff's Office", Same.MAYBE),
        ("HCSO", "Harlan County Sheriff's Office", Same.MAYBE),
        ("CFFD", "City of Falls Fire Department", Same.MAYBE),
        ("COFFD", "City of Falls Fire Department", Same.MAYBE),
        ("TCFD", "The Cedar Fire Department", Same.MAYBE),
        ("tcfd", "Cedar Fire Department", Same.MAYBE),
        ("the Cedar Fire Department", "TCFD", Same.MAYBE),
        ("CFD", "The Cedar Fire Department", Same.MAYBE),
        ("NYPD", "New York City Police Department", Same.MAYBE),
        ("FDNY", "New York City Fire Department", Same.MAYBE),
        ("LAPD", "City of Los Angeles Police Department", Same.MAYBE),
        ("LAPD", "Los Angeles Police", Same.MAYBE),
        ("LAPD", "Los Angeles Fire Department", Same.NO),
        ("LASD", "Los Angeles Police Department", Same.NO),
        ("Los Angeles County Sheriff", "LASD", Same.MAYBE),
        ("DPD", "Denver Department of Police", Same.MAYBE),
        ("CPD", "Denver Police Department", Same.NO),
        ("CPD", "Cedar Falls Police Department", Same.NO),
        ("CD", "Cedar Falls Police Department", Same.NO),
        ("CFD", "Cedar Fire Rescue", Same.MAYBE),
        ("CFR", "Cedar Fire Department", Same.MAYBE),
        ("CCSO", "Cedar County Sheriff", Same.MAYBE),
        ("DPS", "Texas Department of Public Safety", Same.MAYBE),
        ("TDPS", "Texas Department of Public Safety", Same.MAYBE),
        ("DOC", "Oregon Department of Corrections", Same.MAYBE),
        ("CHP", "California Highway Patrol", Same.MAYBE),
        ("CPFD", "Cedar Police & Fire District", Same.MAYBE),
        ("CPAFD", "Cedar Police and Fire District", Same.MAYBE),
        ("cedarfalls pd", "Cedar Falls P.D.", Same.YES),
        ("cedarmesapolicedepartment", "Cedar Mesa Police Department", Same.YES),
        ("Cedar Falls PD", "Cedar Falls", Same.MAYBE),
        ("Cedar Falls", "Cedar Falls Fire", Same.MAYBE),
        ("Police", "Police Department", Same.MAYBE),
        ("Cedar Falls", "Police", Same.MAYBE),
        ("C", "Cedar", Same.NO),
    ],
)
def test_a_short_form_half_a_name_or_one_run_together_may_be_the_agency(typed: str, name: str, answer: Same) -> None:
    assert same_agency(typed, (name,)) is answer


@pytest.mark.parametrize("typed", ["the police", "sheriff", "Cedar"])
def test_a_sort_or_a_place_alone_names_an_agency(typed: str) -> None:
    assert not names_no_agency(typed)


@pytest.mark.parametrize("typed", ["my department", "where I work", "our agency", "", "???", "my own office"])
def test_words_that_name_no_agency_are_known_as_such(typed: str) -> None:
    assert names_no_agency(typed)


@pytest.mark.parametrize(
    ("typed", "unit", "answer"),
    [
        ("Patrol North", "patrol north", Same.YES),
        ("Patrol", "Patrol North", Same.MAYBE),
        ("North", "Patrol North", Same.MAYBE),
        ("Patrol South", "Patrol North", Same.NO),
        ("Engine 12", "Engine 13", Same.NO),
        ("Engine 12", "Ladder 12", Same.MAYBE),
        ("SWAT", "Traffic", Same.NO),
        ("", "Traffic", Same.MAYBE),
        ("Traffic", "", Same.MAYBE),
        ("", "", Same.MAYBE),
        ("Engine 12", "Engine", Same.MAYBE),
        ("the unit", "Traffic", Same.NO),
        ("K9", "K-9", Same.YES),
        ("K-9 unit", "K9", Same.MAYBE),
        ("E12", "Engine 12", Same.MAYBE),
        ("engine12", "Engine 12", Same.YES),
        ("E12", "Engine 13", Same.NO),
    ],
)
def test_units_are_told_apart_by_what_is_theirs_alone(typed: str, unit: str, answer: Same) -> None:
    assert same_unit(typed, unit) is answer


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_agency_however_strange_stops_the_search(typed: str, name: str) -> None:
    same_agency(typed, (name,))
    same_unit(typed, name)
    names_no_agency(typed)
