"""What can go wrong with the roster.

RosterTrouble
├── NoSuchHelper       nobody on the roster has this number (any more)
├── ChangedMeanwhile   somebody else changed this helper after the form was opened
├── NoSuchWay          no way of reaching a helper has this number (any more)
├── NoSuchCredential   no credential has this number (any more)
├── NoSuchIncident     no incident has this short word (any more)
├── WayRefused         a way of being reached that cannot be taken; the message says why and what helps
├── CredentialFactsWrong  the file of known certificates holds what we do not know; the house does not start
├── DutyHoursUnclear   hours of duty that cannot be read; the message says how to write them
├── DutyChangedMeanwhile  somebody else changed this helper's duty after it was shown
├── SpanUnclear        a span that ends before it begins, is over, or is too long or too far off
├── SwapNotPossible    these two cannot change this duty; the message says why
└── SwapOver           nobody waits for an answer to this swap (any more), or not for theirs
"""


class RosterTrouble(Exception):
    """Something about the roster is not as it must be."""


class NoSuchHelper(RosterTrouble):
    """Nobody on the roster has this number, or not any more."""

    def __init__(self, helper_id: int) -> None:
        super().__init__(f"There is no helper {helper_id} on the roster.")
        self.helper_id = helper_id


class ChangedMeanwhile(RosterTrouble):
    """Somebody else changed this helper after the form was opened. What was typed is not lost: it is asked again."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed this helper meanwhile.")


class NoSuchWay(RosterTrouble):
    """No way of reaching a helper has this number, or not any more."""

    def __init__(self, way_id: int) -> None:
        super().__init__(f"There is no way of reaching a helper with number {way_id}.")
        self.way_id = way_id


class NoSuchCredential(RosterTrouble):
    """No credential has this number, or not any more."""

    def __init__(self, credential_id: int) -> None:
        super().__init__(f"There is no credential with number {credential_id}.")
        self.credential_id = credential_id


class CredentialChangedMeanwhile(RosterTrouble):
    """Somebody else changed what was shown of this credential. What was typed is not lost: it is asked again."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed this credential meanwhile.")


class NoSuchIncident(RosterTrouble):
    """No incident has this short word, or not any more."""

    def __init__(self, key: str) -> None:
        super().__init__("There is no such incident.")
        self.key = key


class WayRefused(RosterTrouble):
    """A way of being reached that cannot be taken. The message says why, and what the helper can do."""


class CredentialFactsWrong(RosterTrouble):
    """The file of known certificates says something we do not know."""


class DutyHoursUnclear(RosterTrouble):
    """Hours of duty that cannot be read. The message says what is wrong and how to write them."""


class DutyChangedMeanwhile(RosterTrouble):
    """Somebody else changed this helper's duty after it was shown. What was typed is not lost: it is asked again."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed these hours meanwhile.")


class SpanUnclear(RosterTrouble):
    """A span that cannot be meant. The message says what is wrong."""


class SwapNotPossible(RosterTrouble):
    """These two cannot change this duty. The message says why."""


class SwapOver(RosterTrouble):
    """Nobody waits for an answer to this swap: it was answered, taken back, has begun, or is somebody else's."""

    def __init__(self) -> None:
        super().__init__("This swap is over, or it is not yours to answer.")
