"""P4, P10: the page in docs/ says of every table and column what the tables say of themselves."""

from pathlib import Path

import pytest
from django.db import models

from stepitup.door.reading.what_we_hold import ColumnWithoutALine, line_of
from workshop.write_what_we_hold import PAGE, page

pytestmark = pytest.mark.only_on("sqlite")

HOUSE = Path(__file__).parents[2]


def test_the_page_is_what_the_tables_say() -> None:
    written = (HOUSE / PAGE).read_text(encoding="utf-8")
    assert written == page(), "run `make what-we-hold`"


def test_a_column_without_a_line_is_refused() -> None:
    silent = models.CharField(max_length=3)
    silent.set_attributes_from_name("silent")
    with pytest.raises(ColumnWithoutALine, match="silent"):
        line_of(models.Model, silent)
