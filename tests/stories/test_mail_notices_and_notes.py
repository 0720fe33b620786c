"""A helper answers from the lock screen, a mail, another app; and the mail comes back, the browser is gone."""

from collections.abc import Iterator

import pytest

from stepitup.paging.facts import Then
from stepitup.roster.models import Way
from tests.stories import cast
from tests.stories.night import Night, a_night
from tests.stories.people import CANNOT, IT_REACHED_ME, TAKE_IT, Helper, Rosa


@pytest.fixture
def night(db: None) -> Iterator[Night]:
    """A team that pages by everything there is."""
    with a_night(also_by=("mail", "push", "app")) as ours:
        yield ours


@pytest.fixture
def sam(night: Night) -> Helper:
    """Sam has notices on, and a number."""
    return night.joins(cast.SAM, ways=("push", "text"))


def came_by(night: Night) -> list[str]:
    """By which carriers anything has gone out so far."""
    return [name for name, network in night.networks.items() if network.delivered]


def test_sam_says_yes_on_the_lock_screen_and_the_seat_opens(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    notice = sam.phone.shows_a_notice()
    assert notice.buttons == [TAKE_IT, CANNOT]
    assert "Someone is waiting" in notice.presses(TAKE_IT).words
    rosa.sees("Sam K. has answered")


def test_sam_says_no_on_the_lock_screen_and_theo_is_asked_at_once(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    theo = night.joins(cast.THEO)
    sam.phone.shows_a_notice().presses(CANNOT)
    theo.gets_a_page()


def test_a_yes_on_the_lock_screen_pressed_twice_is_one_and_the_second_helper_is_thanked(
    night: Night, rosa: Rosa, sam: Helper
) -> None:
    ines = night.joins(cast.INES, ways=("push", "text"))
    rosa.presses()
    notice, hers = sam.phone.shows_a_notice(), ines.phone.shows_a_notice()
    for _twice in range(2):
        assert "Someone is waiting" in notice.presses(TAKE_IT).words
    assert "Someone has it, thank you" in hers.presses(TAKE_IT).words
    rosa.sees("Sam K. has answered")


def test_a_notice_and_a_text_are_one_page_and_the_text_alone_is_enough(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    assert "it is yours" in sam.phone.gets_a_text().replies("1")
    rosa.sees("Sam K. has answered")
    sam.gets_nothing()


@pytest.mark.fault("accepted and never delivered")
def test_a_mail_that_nobody_reads_is_followed_by_a_text_after_a_minute(night: Night, rosa: Rosa) -> None:
    sam = night.joins(cast.SAM, ways=("mail", "push", "text"))
    rosa.presses()
    night.passes(seconds=59)
    assert came_by(night) == ["mail", "push"]
    night.passes(seconds=1)
    assert came_by(night) == ["text", "mail", "push"]
    sam.phone.gets_a_text().replies("1")
    rosa.sees("Sam K. has answered")


@pytest.mark.fault("accepted and never delivered")
def test_a_notice_on_a_muted_phone_never_goes_alone(night: Night, rosa: Rosa) -> None:
    sam = night.joins(cast.SAM, ways=("push", "app", "text"))
    rosa.presses()
    assert came_by(night) == ["text", "push", "app"]
    sam.phone.gets_a_text().replies("1")
    rosa.sees("Sam K. has answered")


@pytest.mark.fault("accepted and never delivered")
def test_a_note_in_an_app_that_nobody_opens_never_goes_alone(night: Night, rosa: Rosa) -> None:
    sam = night.joins(cast.SAM, ways=("app", "push", "mail"))
    rosa.presses()
    assert came_by(night) == ["mail", "push", "app"]
    sam.phone.gets_a_mail().presses(TAKE_IT)
    rosa.sees("Sam K. has answered")


def test_a_browser_that_is_gone_is_taken_off_and_sam_learns_it_by_text_beside_the_page(
    night: Night, rosa: Rosa, sam: Helper
) -> None:
    night.networks["push"].refuses(cast.SAM.address_by("push"), Then.UNREACHABLE)
    rosa.presses()
    assert [way.carrier for way in Way.objects.filter(helper=sam.id)] == ["text"]
    sam.phone.gets_a_text().replies("1")
    rosa.sees("Sam K. has answered")
    assert "One way to reach you stopped working" in sam.phone.gets_a_text().says


def test_a_test_of_notices_is_answered_by_its_one_button(night: Night, sam: Helper) -> None:
    Way.objects.update(confirmed_on=None)
    night.tests(sam)
    notice = sam.phone.shows_a_notice()
    assert notice.buttons == [IT_REACHED_ME]
    notice.presses(IT_REACHED_ME)
    assert [way.carrier for way in Way.objects.filter(confirmed_on__isnull=False)] == ["push"]


def test_ines_opens_her_mail_and_takes_it(night: Night, rosa: Rosa) -> None:
    ines = night.joins(cast.INES, ways=("mail",))
    rosa.presses()
    mail = ines.phone.gets_a_mail()
    assert mail.says.startswith("Can you take one? Open the link to say yes or no."), "nobody reads a reply to it"
    mail.opens()
    rosa.does_not_see("has answered")
    mail.presses(TAKE_IT)
    rosa.sees("Ines M. has answered")


def test_her_mail_comes_back_so_her_phone_rings_and_she_learns_that_her_mailbox_is_gone(
    night: Night, rosa: Rosa
) -> None:
    ines = night.joins(cast.INES, ways=("mail", "text", "voice"))
    rosa.presses()
    mail = ines.phone.gets_a_mail()
    mail.comes_back("5.1.1")
    assert Way.objects.get(carrier="mail").unreachable_since is not None
    assert "One way to reach you stopped working" in ines.phone.gets_a_text().says
    assert ines.phone.rings().presses(1)
    rosa.sees("Ines M. has answered")
    ines.phone.gets_a_text()  # the link to her seat


def test_a_mailbox_that_is_full_tonight_loses_nobody_their_way(night: Night, rosa: Rosa) -> None:
    ines = night.joins(cast.INES, ways=("mail", "text", "voice"))
    rosa.presses()
    ines.phone.gets_a_mail().comes_back("5.2.2")
    assert Way.objects.get(carrier="mail").unreachable_since is None
    ines.phone.rings()
    rosa.sees("We are looking for somebody")


def test_a_note_in_another_app_opens_the_same_page(night: Night, rosa: Rosa) -> None:
    ines = night.joins(cast.INES, ways=("app", "text"))
    rosa.presses()
    note = ines.phone.gets_a_note()
    assert "reply 1" not in note.says, "nobody reads a reply in another app"
    note.presses(CANNOT)
    rosa.does_not_see("Ines M. has answered")
    ines.gets_nothing()


def test_the_coordinators_notice_has_no_button_and_its_link_opens_what_to_do(night: Night, rosa: Rosa) -> None:
    maria = night.joins(cast.MARIA, ways=("push", "text"))
    rosa.presses()
    notice = maria.phone.shows_a_notice()
    assert notice.buttons == []
    assert "Find a helper" in notice.opens().words
