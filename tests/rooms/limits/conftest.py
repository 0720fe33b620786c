"""A team with nothing filled in, so that the house on this machine does not speak in the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from stepitup.ground.team import Team
from stepitup.limits import questions


@pytest.fixture(autouse=True)
def a_plain_team(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    settings.TEAM = Team(data=tmp_path)
    questions._notice.cache_clear()
    yield
    questions._notice.cache_clear()
