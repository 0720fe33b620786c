"""What a call leaves behind in the tally when it closes: a number, without the call."""

from stepitup.calls.life import Life


def missed_steps(life: Life) -> int:
    """How often people were paged, did not answer in time, and others had to be asked.

    A turn's newest step is not counted: it was answered, or the caller stood down.
    """
    return sum(max(len({one.step for one in turn.asked}) - 1, 0) for turn in life.turns)
