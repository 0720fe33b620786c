"""The same night as in the stories, for the promises that must hold through the door and the watch."""

from collections.abc import Iterator

import pytest

from tests.stories.night import Night, a_night
from tests.stories.people import Rosa


@pytest.fixture
def night(db: None) -> Iterator[Night]:
    """Wednesday, 03:04 in Denver."""
    with a_night() as ours:
        yield ours


@pytest.fixture
def rosa(night: Night) -> Rosa:
    """A caller."""
    return night.rosa()
