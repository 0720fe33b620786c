"""Handing one page to its carrier, outside every transaction: nothing is read or written here."""

from stepitup.paging import carriers
from stepitup.paging.errors import CannotSend
from stepitup.paging.facts import Outcome, Outgoing


def hand_over(page: Outgoing) -> Outcome:
    """Give the page to its carrier and say what came of it. Takes as long as the carrier's time limit at most."""
    carrier = carriers.by_name().get(page.carrier)
    if carrier is None:
        return Outcome.next_way("not set up")
    try:
        return Outcome.handed_over(carrier.send(page))
    except CannotSend as trouble:
        return Outcome(then=trouble.then, why=trouble.why, after=trouble.after)
