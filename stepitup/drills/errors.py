"""What can go wrong with a drill.

DrillTrouble
├── CarrierNotSetUp   no carrier of this house goes this way
├── JustTested        this way was tested a moment ago
├── EnoughTests       this helper has had all the tests of a day
└── DrillUnderWay     a drill began a moment ago
"""


class DrillTrouble(Exception):
    """A test cannot be sent, or not now."""


class CarrierNotSetUp(DrillTrouble):
    """No carrier of this house goes this way."""

    def __init__(self, carrier: str) -> None:
        super().__init__(f"This house does not send by {carrier}.")
        self.carrier = carrier


class JustTested(DrillTrouble):
    """This way was tested within the last minute. A phone that rings on and on tests nothing more."""


class EnoughTests(DrillTrouble):
    """This helper has had as many tests as a day may bring. Whoever typed a stranger's number wakes them no further."""


class DrillUnderWay(DrillTrouble):
    """A drill began within the last minutes. Two at once would wake everybody twice and tell nothing more."""
