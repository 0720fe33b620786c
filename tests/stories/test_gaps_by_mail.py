"""Maria coordinates: in the morning a letter tells her of a gap in the coming duty. Ines hears that she is asked."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import Message

import pytest

from stepitup.ground import clock
from stepitup.ground.deeds import deed
from stepitup.ground.team import MailSettings
from stepitup.paging import carriers
from stepitup.paging.carriers.mail.sender import Mail
from stepitup.paging.carriers.mail.tests.far_end import Mailbox, mail_server
from stepitup.roster.duty.letters import claim_swap_answers
from stepitup.roster.duty.overriding import override, take_back, write_lines
from stepitup.roster.duty.swapping import agree_to_swap, ask_to_swap, decline_swap, take_swap_back
from stepitup.roster.models import DutyLetter, DutySwap, Helper
from stepitup.watch.letters import write_letters
from tests.rooms.duty_house import span
from tests.rooms.side_by_side import side_by_side
from tests.stories.cast import INES, MARIA, SAM
from tests.stories.night import Night

A_NIGHT_OFF = span("2026-03-06T22:00", "2026-03-07T06:00")


@pytest.fixture
def mailbox(night: Night) -> Iterator[Mailbox]:
    """A real mail server. Sam is always on duty but for one night; Maria, who coordinates, has mail."""
    for part, address in ((SAM, "sam@home.example"), (MARIA, "maria@home.example")):
        night.joins(replace(part, number=address), ways=("mail",))
    deed(override, Helper.objects.get(key="sam").pk, A_NIGHT_OFF, is_on=False)
    box = Mailbox()
    with mail_server(box) as port:
        settings = MailSettings(host="127.0.0.1", port=port, sender="pages@help.example", security="none")
        with carriers.use(Mail(settings, time_limit=timedelta(seconds=5))):
            yield box


def words_of(mail: Message) -> str:
    return f"{mail['Subject']}\n{mail.get_content()}"  # type: ignore[attr-defined]  # a modern message


def test_a_gap_is_told_once_a_day_by_day_and_names_no_helper(night: Night, mailbox: Mailbox) -> None:
    write_letters()
    assert mailbox.arrived == [], "it is four at night"
    night.passes(hours=5)
    for _ in range(3):
        write_letters()
    (letter,) = mailbox.arrived
    assert letter["To"] == "maria@home.example"
    assert "Peers: Fri 2026-03-06, 22:00 to Sat 2026-03-07, 06:00" in words_of(letter)
    assert "/team/duty/gaps" in words_of(letter)
    assert not any(name in words_of(letter) for name in ("Sam", "Maria", "sam@"))
    night.passes(hours=24)
    write_letters()
    assert len(mailbox.arrived) == 2


def test_with_the_gap_filled_no_letter_comes_and_with_a_new_one_it_does(night: Night, mailbox: Mailbox) -> None:
    sam = Helper.objects.get(key="sam")
    deed(take_back, sam.duty_overrides.get().pk, of=sam.pk)
    night.passes(hours=5)
    write_letters()
    assert mailbox.arrived == []
    deed(override, sam.pk, A_NIGHT_OFF, is_on=False)
    write_letters()
    assert len(mailbox.arrived) == 1


def test_a_mail_server_that_says_no_is_asked_again_in_half_an_hour_five_times_at_most(
    night: Night, mailbox: Mailbox
) -> None:
    night.passes(hours=5)
    mailbox.to_content = "451 not now"
    write_letters()
    mailbox.to_content = ""
    write_letters()
    assert mailbox.arrived == []
    night.passes(minutes=31)
    write_letters()
    assert len(mailbox.arrived) == 1
    DutyLetter.objects.update(sent_at=None, tries=5)
    night.passes(minutes=31)
    write_letters()
    assert len(mailbox.arrived) == 1


@pytest.mark.django_db(transaction=True)
def test_two_watches_awake_write_one_letter(night: Night, mailbox: Mailbox) -> None:
    night.passes(hours=5)
    side_by_side(write_letters, write_letters)
    assert len(mailbox.arrived) == 1


def test_a_house_without_mail_writes_none(night: Night, mailbox: Mailbox) -> None:
    night.passes(hours=5)
    with carriers.use(night.text):
        write_letters()
    assert DutyLetter.objects.count() == 0
    assert mailbox.arrived == []


def test_ines_is_told_once_that_somebody_asks_her_and_not_who(night: Night, mailbox: Mailbox) -> None:
    night.joins(replace(INES, number="ines@home.example"), duty='["by calendar"]', ways=("mail",))
    sam, ines = (Helper.objects.get(key=key).pk for key in ("sam", "ines"))
    deed(override, sam, A_NIGHT_OFF, is_on=True)
    deed(write_lines, sam, ["Fri 22:00-06:00"])
    deed(_sam_asks_ines, sam, ines)
    mailbox.to_content = "451 not now"
    write_letters()
    mailbox.to_content = ""
    for _ in range(2):
        write_letters()
    (letter,) = mailbox.arrived
    assert (letter["To"], letter["Subject"]) == ("ines@home.example", "Somebody asks you to take a duty")
    assert "Sam" not in words_of(letter)


@pytest.mark.parametrize(("answer", "words"), [(agree_to_swap, "says yes and takes"), (decline_swap, "yours still")])
def test_sam_is_told_once_what_was_answered_and_not_by_whom(
    night: Night, mailbox: Mailbox, answer: Callable[..., None], words: str
) -> None:
    night.joins(replace(INES, number="ines@home.example"), duty='["by calendar"]', ways=("mail",))
    sam, ines = (Helper.objects.get(key=key).pk for key in ("sam", "ines"))
    deed(override, sam, A_NIGHT_OFF, is_on=True)
    deed(write_lines, sam, ["Fri 22:00-06:00"])
    deed(_sam_asks_ines, sam, ines)
    write_letters()
    deed(answer, DutySwap.objects.get().pk, by=ines)
    mailbox.to_content = "451 not now"
    write_letters()
    mailbox.to_content = ""
    for _ in range(2):
        write_letters()
    _question, letter = mailbox.arrived
    assert (letter["To"], letter["Subject"]) == ("sam@home.example", "An answer about your duty")
    assert words in words_of(letter)
    assert "Ines" not in words_of(letter)


def test_an_answer_of_days_ago_or_to_a_question_that_was_taken_back_is_no_news(night: Night, mailbox: Mailbox) -> None:
    night.joins(replace(INES, number="ines@home.example"), duty='["by calendar"]', ways=("mail",))
    sam, ines = (Helper.objects.get(key=key).pk for key in ("sam", "ines"))
    deed(override, sam, A_NIGHT_OFF, is_on=True)
    deed(write_lines, sam, ["Fri 22:00-06:00"])
    deed(_sam_asks_ines, sam, ines)
    deed(take_swap_back, DutySwap.objects.get().pk, by=sam)
    deed(_sam_asks_ines, sam, ines)
    deed(decline_swap, DutySwap.objects.latest("pk").pk, by=ines)
    DutySwap.objects.update(answered_at=clock.now() - timedelta(days=3))
    assert deed(claim_swap_answers) == []


def _sam_asks_ines(now: datetime, sam: int, ines: int) -> None:
    ask_to_swap(now, asker=sam, asked=ines, duty=A_NIGHT_OFF)
