"""What can go wrong with the roster.

RosterTrouble
├── NoSuchHelper       nobody on the roster has this number (any more)
├── NoSuchWay          no way of reaching a helper has this number (any more)
└── DutyHoursUnclear   hours of duty that cannot be read; the message says how to write them
"""


class RosterTrouble(Exception):
    """Something about the roster is not as it must be."""


class NoSuchHelper(RosterTrouble):
    """Nobody on the roster has this number, or not any more."""

    def __init__(self, helper_id: int) -> None:
        super().__init__(f"There is no helper {helper_id} on the roster.")
        self.helper_id = helper_id


class NoSuchWay(RosterTrouble):
    """No way of reaching a helper has this number, or not any more."""

    def __init__(self, way_id: int) -> None:
        super().__init__(f"There is no way of reaching a helper with number {way_id}.")
        self.way_id = way_id


class DutyHoursUnclear(RosterTrouble):
    """Hours of duty that cannot be read. The message says what is wrong and how to write them."""
