"""The facts we ship are read strictly: what we do not understand, we do not show."""

import copy
import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from stepitup.ground.vocabulary import SERVICES, STATES
from stepitup.limits import law_words, other_limits
from stepitup.limits.errors import LawFileWrong
from stepitup.limits.rows import Evidence, Limit, Row, law_file, read_law_file
from tests.rooms.limits.facts import FACTS, FILE, ROWS

Facts = dict[str, Any]


def _alaska(facts: Facts) -> Facts:
    row: Facts = next(row for row in facts["jurisdictions"] if row["code"] == "US-AK")
    return row


def test_the_file_holds_every_state_the_district_and_the_federal_law() -> None:
    assert set(law_file().rows) == {"US", *STATES}
    assert len(law_file().rows) == 52


def test_the_file_is_shipped_as_it_was_given_to_us() -> None:
    given = "e90f3f84ba01f9bd10ea5fc0983ad80a777493b398a8df86f970437271d47923"
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == given


def test_the_services_that_everybody_speaks_of_are_the_ones_of_the_file() -> None:
    assert list(FACTS["covers_vocabulary"]) == list(SERVICES)


def test_nothing_is_lost_or_added_on_the_way_from_the_file() -> None:
    same = set(Row.__dataclass_fields__) - {"may_have_more"}
    for code, row in law_file().rows.items():
        for name in same:
            value = getattr(row, name)
            assert (list(value) if isinstance(value, tuple) else value) == ROWS[code][name], (code, name)
    assert {*same, "exceptions_unconfirmed"} == set(ROWS["US"])


BROKEN: dict[str, Callable[[Facts], Any]] = {
    "a threshold nobody knows": lambda facts: _alaska(facts).update(self_harm_opens_at="a_feeling"),
    "a disclosure nobody knows": lambda facts: _alaska(facts).update(disclosure="should"),
    "a shield nobody knows": lambda facts: _alaska(facts).update(shield="most"),
    "a protection nobody knows": lambda facts: _alaska(facts).update(protection="some"),
    "an evidence nobody knows": lambda facts: _alaska(facts).update(evidence="heard"),
    "an evidence of the limits nobody knows": lambda facts: _alaska(facts).update(exceptions_evidence="heard"),
    "an evidence of the threshold nobody knows": lambda facts: _alaska(facts).update(self_harm_evidence="recalled"),
    "an evidence of the telling nobody knows": lambda facts: _alaska(facts).update(disclosure_evidence="heard"),
    "a service nobody knows": lambda facts: _alaska(facts)["covers"].append("rangers"),
    "a limit nobody knows": lambda facts: _alaska(facts)["exceptions"].append("gossip"),
    "an unconfirmed limit nobody knows": lambda facts: _alaska(facts)["exceptions_unconfirmed"].append("gossip"),
    "a field too many": lambda facts: _alaska(facts).update(mood="fine"),
    "a field too few": lambda facts: _alaska(facts).pop("note"),
    "a number for a text": lambda facts: _alaska(facts).update(self_harm_note=3),
    "a text for a list": lambda facts: _alaska(facts).update(sources="https://example.org"),
    "a word for yes or no": lambda facts: _alaska(facts).update(exceptions_complete="no"),
    "two rows of one state": lambda facts: facts["jurisdictions"].append(copy.deepcopy(_alaska(facts))),
    "a threshold without its limit": lambda facts: _alaska(facts)["exceptions"].remove("threat_to_self"),
    "a limit without its threshold": lambda facts: _alaska(facts).update(
        self_harm_opens_at="unknown", self_harm_evidence="unknown"
    ),
    "a threshold without evidence": lambda facts: _alaska(facts).update(self_harm_evidence="unknown"),
    "may or must without evidence": lambda facts: _alaska(facts).update(disclosure_evidence="unknown"),
    "absent from a list nobody read whole": lambda facts: (
        _alaska(facts).update(self_harm_opens_at="none_listed"),
        _alaska(facts)["exceptions"].remove("threat_to_self"),
    ),
    "a law without a citation": lambda facts: _alaska(facts).update(citations=[]),
    "a law without a source": lambda facts: _alaska(facts).update(sources=[]),
    "a new word for a threshold": lambda facts: facts["self_harm_vocabulary"].update(a_feeling="…"),
    "a new word for a limit": lambda facts: facts["vocabulary"].update(gossip="…"),
    "a new word for telling": lambda facts: facts["disclosure_vocabulary"].update(should="…"),
    "a lost word for a shield": lambda facts: facts["shield_vocabulary"].pop("both"),
}


@pytest.mark.parametrize("how", list(BROKEN))
def test_a_file_we_do_not_understand_stops_the_house(how: str) -> None:
    facts = copy.deepcopy(FACTS)
    read_law_file(facts)
    BROKEN[how](facts)
    with pytest.raises(LawFileWrong):
        read_law_file(facts)


def test_every_value_that_can_come_out_of_the_file_has_words() -> None:
    assert set(law_words.LIMITS) == set(Limit) - {Limit.OTHER}
    assert {*law_words.SHIELDS, "court_only"} == set(FACTS["shield_vocabulary"])
    assert set(law_words.DISCLOSURES) == set(FACTS["disclosure_vocabulary"])


def test_every_note_on_a_shield_or_another_limit_has_plain_words() -> None:
    assert {row["shield_note"] for row in ROWS.values()} == set(law_words.SHIELD_NOTES)
    assert {row["other_note"] for row in ROWS.values()} == set(other_limits.OTHERS)


def test_only_what_was_read_or_reported_counts_as_confirmed() -> None:
    confirmed = {row.evidence for row in law_file().rows.values() if row.is_confirmed}
    assert confirmed == {Evidence.READ, Evidence.SECONDARY}
    assert {code for code, row in law_file().rows.items() if not row.is_confirmed} == {
        "US-DC", "US-ID", "US-NH", "US-NM", "US-RI", "US-WV",
    }  # fmt: skip
