"""Is any group of helpers starved or buried by the weights of matching? Many calls over invented teams tell.

python -m bench.fairness                    as in docs/matching.md
python -m bench.fairness --calls 20000      longer

Each call: a caller who resembles some helper, a third of the team on duty, three pages, one who takes it and is then
tired for two weeks. For each group its share of the pages is laid beside its share of those who were fit and allowed.
"""

import argparse
import os
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import django

from bench.figures import say
from bench.invented import callers_of, facts_of
from stepitup.ground.vocabulary import Kind
from stepitup.roster.facts import HelperFacts
from stepitup.roster.matching import put_in_order
from workshop.invent_helpers import invent

PAGES_A_CALL = 3
TIRED_FOR = timedelta(days=14)
BETWEEN_CALLS = timedelta(hours=3)
ON_DUTY = 1 / 3
BEGINS = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Share:
    """A group's part of the pages, and of those who might have had them."""

    pages: float
    fit: float

    @property
    def ratio(self) -> float:
        """1: paged as often as anybody. Well below: starved; well above: buried."""
        return self.pages / self.fit


def simulate(helpers: int, calls: int, *, seed: int) -> tuple[dict[str, Share], Counter[int]]:
    """Each group's share, and how often each helper was paged."""
    chance = random.Random(seed)
    rows = invent(helpers, seed=seed, today=BEGINS.date())
    team = {one.id: one for one in facts_of(rows) if Kind.PEER in one.kinds and not one.internal_affairs}
    paged, fit = Counter[int](), Counter[int]()
    for number, wishes in enumerate(callers_of(rows, calls, chance)):
        now = BEGINS + number * BETWEEN_CALLS
        on_duty = [_rested(one, now) for one in team.values() if chance.random() < ON_DUTY]
        order = put_in_order(on_duty, wishes, seed=chance.getrandbits(60)).order
        first = order[:PAGES_A_CALL]
        paged.update(first)
        fit.update(order)
        if first:
            taken_by = chance.choice(first)
            team[taken_by] = replace(team[taken_by], last_talk_at=now)
    return dict(_by_group(team.values(), paged, fit)), paged


def _rested(helper: HelperFacts, now: datetime) -> HelperFacts:
    """The day of a talk is forgotten after two weeks."""
    last = helper.last_talk_at
    return helper if last is None or now - last < TIRED_FOR else replace(helper, last_talk_at=None)


def _by_group(team: Iterable[HelperFacts], paged: Counter[int], fit: Counter[int]) -> Iterator[tuple[str, Share]]:
    members = Counter[str](), Counter[str]()
    for helper in team:
        for group in groups_of(helper):
            members[0][group] += paged[helper.id]
            members[1][group] += fit[helper.id]
    pages, fits = sum(paged.values()), sum(fit.values())
    for group in sorted(members[1]):
        yield group, Share(members[0][group] / pages, members[1][group] / fits)


def groups_of(helper: HelperFacts) -> Iterator[str]:
    """Everything by which the weights could favour or forget somebody."""
    yield f"rank: {helper.rank_band}"
    yield f"work: {', '.join(sorted(helper.services))}"
    yield f"years: {(helper.years or 0) // 10 * 10} and more"
    yield f"state: {helper.state}"
    yield f"unit: {helper.unit}"
    yield f"lived: {min(len(helper.shares), 3)}{' or more' if len(helper.shares) > 2 else ''} told"
    yield from (f"told: {share.what}" for share in helper.shares)


def main() -> None:
    """Simulate, and print each group."""
    words = argparse.ArgumentParser(prog="python -m bench.fairness")
    words.add_argument("--helpers", type=int, default=300)
    words.add_argument("--calls", type=int, default=3_000)
    words.add_argument("--seed", type=int, default=1)
    options = words.parse_args()
    shares, paged = simulate(options.helpers, options.calls, seed=options.seed)
    say(f"{options.helpers} helpers, {options.calls} calls, seed {options.seed}", "share of pages / of the fit = ratio")
    for group, share in shares.items():
        say(group, f"{share.pages:6.1%} / {share.fit:6.1%} = {share.ratio:.2f}")
    each = sorted(paged.values())
    say("pages of one helper", f"least {each[0]}, median {each[len(each) // 2]}, most {each[-1]}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stepitup.site.settings")
    django.setup()
    main()
