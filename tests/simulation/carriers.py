"""Carriers with moods, for the simulation: what reaches a phone, and what the house is told about it."""

from datetime import datetime
from random import Random
from uuid import UUID

from stepitup.paging.facts import Outcome
from tests.simulation.house import Brought, Mood, Weather


class Carriers:
    """All carriers of one night."""

    def __init__(self, weather: Weather, chance: Random) -> None:
        self._weather = weather
        self._chance = chance
        self.brought: list[Brought] = []

    def send(self, carrier: str, helper: int, page: UUID, key: str, now: datetime) -> Outcome:
        """Take a page as this carrier's mood has it."""
        mood = self._weather.moods.get(carrier, Mood.GOOD)
        if mood is Mood.FLAKY and self._chance.random() < 0.5:
            return Outcome.try_again("busy")
        if mood is Mood.DOWN:
            return Outcome.next_way("down")
        if mood is Mood.WRONG_NUMBER:
            return Outcome.unreachable("wrong number")
        if mood is Mood.HANGS:
            if self._chance.random() < 0.5:
                self.brought.append(Brought(helper, page, key, now))
            return Outcome.try_again("hung")
        if mood is not Mood.LIES:
            self.brought += [Brought(helper, page, key, now)] * (2 if mood is Mood.DOUBLES else 1)
        return Outcome.handed_over("ref")
