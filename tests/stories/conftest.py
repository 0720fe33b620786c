"""The night and its cast. Whoever a story names is on the team; nobody else is."""

from collections.abc import Iterator

import pytest

from tests.stories import cast
from tests.stories.night import Night, a_night
from tests.stories.people import Helper, Rosa


@pytest.fixture
def night(db: None) -> Iterator[Night]:
    """Wednesday, 03:04 in Denver."""
    with a_night() as ours:
        yield ours


@pytest.fixture
def rosa(night: Night) -> Rosa:
    """An officer of Cedar Mesa, Patrol North. Nobody here knows that, unless she says so."""
    return night.rosa()


@pytest.fixture
def sam(night: Night) -> Helper:
    """A peer of Cedar Mesa."""
    return night.joins(cast.SAM)


@pytest.fixture
def ines(night: Night) -> Helper:
    """A peer of Cedar Mesa."""
    return night.joins(cast.INES)


@pytest.fixture
def theo(night: Night) -> Helper:
    """A peer of Larkspur Fire."""
    return night.joins(cast.THEO)


@pytest.fixture
def daniel(night: Night) -> Helper:
    """A chaplain."""
    return night.joins(cast.DANIEL)


@pytest.fixture
def okafor(night: Night) -> Helper:
    """A clinician."""
    return night.joins(cast.OKAFOR)


@pytest.fixture
def maria(night: Night) -> Helper:
    """A coordinator who sits with nobody."""
    return night.joins(cast.MARIA)


@pytest.fixture
def lieutenant(night: Night) -> Helper:
    """Rosa's lieutenant, a peer."""
    return night.joins(cast.LIEUTENANT)


@pytest.fixture
def sergeant(night: Night) -> Helper:
    """Rosa's sergeant, a peer and a coordinator."""
    return night.joins(cast.SERGEANT)
