"""What stands between a helper and a page, in words: for who coordinates, and for the helper."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Stop(Enum):
    """The first thing that stands in the way."""

    REMOVED = auto()
    SUSPENDED = auto()
    NO_CREDENTIAL = auto()
    NOT_YET = auto()
    LAPSED = auto()
    OTHER_ROLE = auto()
    NO_WAY = auto()
    RESTS = auto()
    OFF_DUTY = auto()
    QUIET = auto()


@dataclass(frozen=True, slots=True)
class Stopped:
    """What it is, with the day and time that belong to it."""

    by: Stop
    day: str = ""
    time: str = ""

    def in_words(self) -> str:
        """For who coordinates."""
        return str(_OF_THEM[self.by]) % {"day": self.day, "time": self.time}

    def told_to_them(self) -> str:
        """For the helper, with what they can do."""
        return str(_TO_THEM[self.by]) % {"day": self.day, "time": self.time}


_OF_THEM: Final[Mapping[Stop, Promise]] = {
    Stop.REMOVED: _("Is no longer on the roster."),
    Stop.SUSPENDED: _("Is suspended."),
    Stop.NO_CREDENTIAL: _("Has no credential that was checked, with the days from and until which it holds."),
    Stop.NOT_YET: _("Has a credential that holds only from %(day)s."),
    Stop.LAPSED: _("Has a credential that lapsed after %(day)s."),
    Stop.OTHER_ROLE: _("Has a credential, but none for a role in which they help."),
    Stop.NO_WAY: _("Cannot be reached: no way of reaching them has been tried and works."),
    Stop.RESTS: _("Is off until %(day)s, %(time)s."),
    Stop.OFF_DUTY: _("Is not on duty at this hour."),
    Stop.QUIET: _("Has quiet hours now."),
}
_TO_THEM: Final[Mapping[Stop, Promise]] = {
    Stop.REMOVED: _("You are not on the roster any more."),
    Stop.SUSPENDED: _("Your coordinator has suspended you. Ask them."),
    Stop.NO_CREDENTIAL: _("No credential of yours was checked, with its days. Ask your coordinator."),
    Stop.NOT_YET: _("Your credential holds only from %(day)s on."),
    Stop.LAPSED: _("Your credential ended after %(day)s. Send the new one to your coordinator."),
    Stop.OTHER_ROLE: _("You have a credential, but none for a role in which you help. Ask your coordinator."),
    Stop.NO_WAY: _("No way of reaching you was tried and works here. See how you are reached."),
    Stop.RESTS: _("You are off until %(day)s, %(time)s."),
    Stop.OFF_DUTY: _("You are not on duty at this hour."),
    Stop.QUIET: _("You have quiet hours now."),
}
