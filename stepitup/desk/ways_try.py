"""`stepitup ways try WHERE [--wait SECONDS]`: a real test on each way that leads there, and what came back.

WHERE is a number (+15125550100), a mail address, or the key of a helper on the roster.
"""

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from stepitup.calls.reaching import reach_by
from stepitup.desk.errors import NowhereToTry
from stepitup.desk.why_in_words import why_in_words
from stepitup.ground import clock, heart
from stepitup.ground.deeds import deed
from stepitup.ground.keys import new_id
from stepitup.paging import actions as paging
from stepitup.paging import carriers, tests_of_ways
from stepitup.paging.carriers.contract import HasReserves
from stepitup.paging.facts import AttemptState, NewTest, PageState, Reach, WayTried
from stepitup.paging.questions import prepare_tests
from stepitup.paging.sending import hand_over
from stepitup.roster import questions as roster
from stepitup.roster.file.addresses import AddressUnclear, one_form

Sleep = Callable[[float], object]

# A test to somebody who is not on the roster is nobody's: it confirms no way, and is deleted like every test.
_NOBODY = 0
_LOOK_EVERY = 0.5
_IN_WORDS = {True: ", and answers.", False: ", and DOES NOT ANSWER for this account: look at its token.", None: "."}
_BY_NUMBER, _BY_MAIL = ("text", "voice"), ("mail",)


def do(options: argparse.Namespace, *, sleep: Sleep = time.sleep) -> int:
    """Send, wait, and say for each way what came of it; 1 when a carrier did not take one."""
    tests = _tests(options.where)
    began = clock.now()
    deed(tests_of_ways.write_tests, tests)
    print(f"On their way: {', '.join(test.reach.carrier for test in tests)}. Each says TEST. Press its button.")
    if not heart.is_beating(began):
        print("No watch is alive, so they are sent from here.")
        _send_from_here(tests)
    for line in _behind_the_first(tests):
        print(line)
    ids = [test.id for test in tests]
    told: set[UUID] = set()
    while True:
        tried = tests_of_ways.tried_among(ids)
        waited = (clock.now() - began).total_seconds()
        for line in _news(tried, began=began, told=told):
            print(line)
        if len(told) == len(tests) or waited >= options.wait:
            break
        sleep(_LOOK_EVERY)
    for one in tests_of_ways.tried_among(ids):
        if one.id not in told:
            print(f"  {one.carrier}: {_so_far(one)}")
    return 1 if any(one.attempt is AttemptState.FAILED for one in tests_of_ways.tried_among(ids)) else 0


def _behind_the_first(tests: Sequence[NewTest]) -> Iterator[str]:
    """A test goes by the first that is well: a reserve whose token is wrong would show on the night that needs it."""
    tried = {test.reach.carrier for test in tests}
    for carrier in [one for one in carriers.in_use().values() if isinstance(one, HasReserves)]:
        for called, answers in carrier.reserves():
            if carrier.name in tried:
                yield f"  {carrier.name}: {called} stands behind it{_IN_WORDS[answers]}"


def _tests(where: str) -> Sequence[NewTest]:
    """One test for each way. Raises NowhereToTry."""
    of_a_helper = roster.ids_of({where})
    if of_a_helper:
        (helper,) = of_a_helper.values()
        reaches = [reach_by(way) for way in roster.ways_to_try([helper])[helper]]
        found = [NewTest(new_id(), helper, way) for way in reaches if way.carrier in carriers.in_use()]
    else:
        found = [_to_an_address(carrier, where) for carrier in _carriers_for(where)]
    if not found:
        raise NowhereToTry
    return found


def _carriers_for(where: str) -> Iterator[str]:
    wanted = _BY_MAIL if "@" in where else _BY_NUMBER if where.startswith("+") else ()
    yield from (carrier for carrier in wanted if carrier in carriers.in_use())


def _to_an_address(carrier: str, where: str) -> NewTest:
    try:
        address = one_form(carrier, where)
    except AddressUnclear:
        raise NowhereToTry from None
    helper, way = next(iter(roster.ways_at(carrier, address)), (_NOBODY, _NOBODY))
    return NewTest(new_id(), helper, Reach(way, carrier, address))


def _send_from_here(tests: Sequence[NewTest]) -> None:
    for page in prepare_tests([test.id for test in tests]):
        deed(paging.record, page.attempt, hand_over(page))


def _news(tried: Sequence[WayTried], *, began: datetime, told: set[UUID]) -> Iterator[str]:
    """The lines of those of which the end is known now; each once."""
    for one in tried:
        if one.id in told or not _is_settled(one):
            continue
        told.add(one.id)
        yield f"  {one.carrier}: {_in_words(one, began)}"


def _is_settled(one: WayTried) -> bool:
    return one.state is PageState.REACHED or one.attempt is AttemptState.FAILED


def _in_words(one: WayTried, began: datetime) -> str:
    if one.state is PageState.REACHED:
        return (
            f"it works; the carrier took it{_after(one.sent_at, began)}, the button was pressed after {one.seconds} s."
        )
    return f"the carrier did not take it: {why_in_words(one.why)}"


def _so_far(one: WayTried) -> str:
    if one.sent_at:
        return f"the carrier took it{_after(one.sent_at, one.written_at)}; nobody has pressed so far."
    return f"not taken so far{f': {why_in_words(one.why)}' if one.why else '.'}"


def _after(moment: datetime | None, began: datetime) -> str:
    return f" after {max((moment - began).total_seconds(), 0):.1f} s" if moment else ""
