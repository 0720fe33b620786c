"""What a provider's refusal means, of plain values: for the page, and for whether the provider itself is unwell."""

from datetime import timedelta

import httpcore
import pytest

from stepitup.paging.carriers.provider.trouble import by_code, of_answer, of_line
from stepitup.paging.facts import Then

pytestmark = pytest.mark.only_on("sqlite")

AGAIN, NEXT, NOBODY = Then.TRY_AGAIN, Then.NEXT_WAY, Then.UNREACHABLE
ITS_OWN, THIS_PAGES = True, False


@pytest.mark.parametrize(
    ("status", "code", "why", "then", "whose"),
    [
        (401, 20003, "sign-in", NEXT, ITS_OWN),
        (403, 0, "sign-in", NEXT, ITS_OWN),
        (500, 20500, "status 500", AGAIN, ITS_OWN),
        (408, 0, "status 408", AGAIN, ITS_OWN),
        (425, 0, "status 425", AGAIN, ITS_OWN),
        (302, 0, "status 302", NEXT, ITS_OWN),
        (404, 20404, "no such account", NEXT, ITS_OWN),
        (400, 30034, "sender not registered", NEXT, ITS_OWN),
        (400, 30001, "code 30001", AGAIN, ITS_OWN),
        (400, 21211, "code 21211", NOBODY, THIS_PAGES),
        (400, 21610, "code 21610", NOBODY, THIS_PAGES),
        (400, 21612, "code 21612", NEXT, THIS_PAGES),
        (400, 77777, "code 77777", NEXT, THIS_PAGES),
    ],
)
def test_what_an_answer_means(status: int, code: int, why: str, then: Then, whose: bool) -> None:
    trouble = of_answer(status, code, "")
    assert (trouble.why, trouble.then, trouble.is_its_own) == (why, then, whose)


@pytest.mark.parametrize(
    ("retry_after", "then", "seconds"),
    [
        ("3", AGAIN, 3),
        ("10", AGAIN, 10),
        ("11", NEXT, 11),
        ("3600", NEXT, 3600),
        ("", AGAIN, 0),
        ("-1", AGAIN, 0),
        ("Wed, 25 Nov 2026 03:04:00 GMT", AGAIN, 0),
        ("9" * 40, AGAIN, 0),
    ],
)
def test_a_short_pause_is_kept_and_a_long_one_is_the_next_way(retry_after: str, then: Then, seconds: int) -> None:
    trouble = of_answer(429, 20429, retry_after)
    assert (trouble.then, trouble.after, trouble.is_its_own) == (then, timedelta(seconds=seconds), ITS_OWN)


@pytest.mark.parametrize(
    ("code", "then"), [(30005, NOBODY), (30003, NEXT), (30007, NEXT), (30008, AGAIN), (30036, NEXT), (12345, NEXT)]
)
def test_a_note_speaks_of_the_number_or_of_tonight(code: int, then: Then) -> None:
    assert by_code(code).then is then


def test_no_answer_at_all() -> None:
    cut, refused = httpcore.ReadError("reset"), httpcore.ConnectError("refused")
    told = [
        of_line(cut, out_of_time=True),
        of_line(httpcore.ReadTimeout(), out_of_time=False),
        of_line(httpcore.ConnectError("SSL: CERTIFICATE_VERIFY_FAILED"), out_of_time=False),
        of_line(refused, out_of_time=False),
        of_line(cut, out_of_time=False),
    ]
    assert [(one.why, one.then) for one in told] == [
        ("out of time", NEXT),
        ("out of time", NEXT),
        ("no secure line", NEXT),
        ("no connection", AGAIN),
        ("cut off", AGAIN),
    ]
    assert all(one.is_its_own for one in told)
    assert of_line(cut, out_of_time=False, line_was_kept=True).line_was_old
