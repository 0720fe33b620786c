"""Each reply is heard once, and one phone's chatter takes no answer from another phone."""

from datetime import timedelta

import pytest

from stepitup.paging.facts import NoticeWords, Reply
from stepitup.paging.hearing import forget_heard, hear, note_answer, was_heard
from stepitup.paging.models import Heard
from tests.rooms.paging_house import NIGHT

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]

SAM, INES = "+13035550111", "+13035550112"
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def reply(number: str, id: str) -> Reply:
    return Reply("text", number, "what?", id, NIGHT)


def answered(number: str, id: str, words: NoticeWords, *, ago: timedelta = timedelta()) -> NoticeWords:
    said = reply(number, id)
    hear(NIGHT - ago, said)
    return note_answer(NIGHT - ago, said, words)


def test_a_reply_is_known_again_by_the_carriers_id_for_it() -> None:
    assert answered(SAM, "SM1", NoticeWords.UNCLEAR) is NoticeWords.UNCLEAR
    assert answered(INES, "SM2", NoticeWords.OVER) is NoticeWords.OVER
    assert hear(NIGHT, reply(SAM, "SM1")) is NoticeWords.UNCLEAR
    assert [was_heard(reply(SAM, id)) for id in ("SM1", "SM2", "SM3")] == [True, True, False]
    assert not was_heard(Reply("mail", SAM, "what?", "SM1", NIGHT))


def test_a_phone_that_nobody_understands_is_asked_back_twice_and_then_left_alone() -> None:
    said = [answered(SAM, f"SM{number}", NoticeWords.UNCLEAR) for number in range(3)]
    assert said == [NoticeWords.UNCLEAR, NoticeWords.UNCLEAR, NoticeWords.NOTHING]
    assert answered(INES, "SM9", NoticeWords.UNCLEAR) is NoticeWords.UNCLEAR
    assert answered(SAM, "SM8", NoticeWords.OVER) is NoticeWords.OVER  # this one means something


def test_ten_answers_an_hour_are_enough_for_one_phone_unless_it_takes_a_call() -> None:
    said = [answered(SAM, f"SM{number}", NoticeWords.OVER) for number in range(11)]
    assert said == [NoticeWords.OVER] * 10 + [NoticeWords.NOTHING]
    assert answered(SAM, "SM20", NoticeWords.YOURS) is NoticeWords.YOURS
    assert answered(INES, "SM21", NoticeWords.OVER) is NoticeWords.OVER


def test_what_was_answered_an_hour_ago_counts_no_more() -> None:
    for number in range(10):
        answered(SAM, f"SM{number}", NoticeWords.OVER, ago=HOUR)
    assert answered(SAM, "SM10", NoticeWords.OVER) is NoticeWords.OVER


def test_what_got_no_answer_counts_as_none() -> None:
    for number in range(30):
        answered(SAM, f"SM{number}", NoticeWords.NOTHING)
    assert answered(SAM, "SM40", NoticeWords.OVER) is NoticeWords.OVER


def test_what_was_heard_is_kept_for_a_day() -> None:
    answered(SAM, "SM1", NoticeWords.OVER, ago=timedelta(days=1) + SECOND)
    answered(SAM, "SM2", NoticeWords.OVER, ago=timedelta(days=1))
    assert forget_heard(NIGHT) == 1
    assert was_heard(reply(SAM, "SM2"))
    assert Heard.objects.count() == 1


def test_one_phone_is_one_however_its_number_is_written() -> None:
    mail, other = "sam@home.example", " Sam@Home.Example"
    said = [answered(one, f"SM{place}", NoticeWords.UNCLEAR) for place, one in enumerate((mail, other, other, mail))]
    assert said == [NoticeWords.UNCLEAR] * 2 + [NoticeWords.NOTHING] * 2
