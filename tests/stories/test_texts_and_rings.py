"""A helper answers from bed: by text, by key, with the wrong word, at the wrong time; or the phone lies to us."""

from stepitup.ground.deeds import deed
from stepitup.paging.facts import Then
from stepitup.roster import actions as roster
from stepitup.roster.models import Way
from tests.stories import cast
from tests.stories.night import Night
from tests.stories.people import Helper, Rosa
from tests.stories.provider import brings_a_reply

SEAT = "Go to your seat"


def follows(helper: Helper, back: str) -> str:
    """Open the link that came back, and press the one button there is."""
    helper.phone.opens("/s/" + back.rpartition("/s/")[2])
    return helper.phone.presses(SEAT).words


def test_sam_replies_one_and_is_with_rosa(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    back = sam.phone.gets_a_text().replies("1")
    rosa.sees("Sam K. has answered")
    assert "Someone is waiting" in follows(sam, back)
    rosa.reads_the_limits()
    sam.sees("They have read the limits")


def test_sam_speaks_spanish_and_the_house_writes_to_him_so(night: Night, rosa: Rosa) -> None:
    sam = night.joins(cast.SAM, languages='["es", "en"]')
    rosa.presses()
    text = sam.phone.gets_a_text()
    assert text.says.startswith("¿Puede tomar uno? Abra el enlace")
    assert text.replies("¿quién es?").startswith("Solo leemos 1 si puede y 2 si no.")
    back = text.replies("Sí")
    assert back.startswith("Gracias, es suyo. Abra este enlace para seguir: ")
    rosa.sees("Sam K. has answered")
    assert "Someone is waiting" in follows(sam, back)


def test_ines_presses_two_and_theo_is_asked_at_once(night: Night, rosa: Rosa) -> None:
    ines = night.joins(cast.INES, ways=("voice", "text"))
    rosa.presses()
    theo = night.joins(cast.THEO)
    ines.gets_a_page()
    assert night.voice.delivered
    ines.phone.types("2")
    theo.gets_a_page()


def test_ines_is_rung_presses_one_and_her_link_comes_by_text(night: Night, rosa: Rosa) -> None:
    ines = night.joins(cast.INES, ways=("voice", "text"))
    night.text.refuses(cast.INES.number, Then.NEXT_WAY)
    rosa.presses()
    ring = ines.phone.rings()
    night.text.recovers()
    assert ring.says()[0] == "Can you take one? Press 1 for yes, 2 for no."
    assert "it is yours" in ring.presses(1)
    rosa.sees("Ines M. has answered")
    link = ines.phone.gets_a_text()
    assert "Someone is waiting" in follows(ines, link.says)


def test_her_voicemail_answers_and_her_text_goes_at_once(night: Night, rosa: Rosa) -> None:
    ines = night.joins(cast.INES, ways=("voice",))
    rosa.presses()
    theo = night.joins(cast.THEO)
    ines.phone.rings().goes_to_voicemail()
    theo.gets_a_page()
    rosa.does_not_see("Ines M. has answered")


def test_a_busy_line_and_nobody_at_all_are_the_same_to_rosa(night: Night, rosa: Rosa) -> None:
    ines = night.joins(cast.INES, ways=("voice",))
    rosa.presses()
    theo = night.joins(cast.THEO)
    ines.phone.rings().ends("busy")
    theo.gets_a_page()


def test_sam_says_yes_to_a_page_that_ines_has(rosa: Rosa, sam: Helper, ines: Helper) -> None:
    rosa.presses()
    ines.gets_a_page().answers()
    assert sam.phone.gets_a_text().replies("Yes!") == "Someone has it, thank you."
    rosa.sees("Ines M. has answered")


def test_a_reply_to_last_weeks_page(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    text = sam.phone.gets_a_text()
    rosa.stands_down()
    night.passes(hours=24)
    assert text.replies("1") == "This page is over, thank you."


def test_sam_types_what_people_type_and_is_asked_back(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    text = sam.phone.gets_a_text()
    assert text.replies("10-4, who is it?").startswith("We read only 1 for yes")
    rosa.sees("We are looking for somebody")
    assert "it is yours" in text.replies("ok")


def test_sam_changes_his_mind(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    text = sam.phone.gets_a_text()
    text.replies("1")
    ines = night.joins(cast.INES)
    assert "handed back" in text.replies("2")
    ines.gets_a_page()
    rosa.does_not_see("Sam K. has answered")


def test_sam_stops_texts_and_hears_of_it_another_way(night: Night, rosa: Rosa) -> None:
    sam = night.joins(cast.SAM, ways=("text", "voice"))
    sam.phone.types("STOP")
    assert Way.objects.get(carrier="text").unreachable_since is not None
    rosa.presses()
    assert sam.phone.rings().says()[0].startswith("Can you take one?")


def test_the_number_went_to_a_stranger_who_asks_who_this_is(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    stranger = sam.phone.gets_a_text()
    assert stranger.replies("who is this?") == "We read only 1 for yes and 2 for no. Not meant for you? Reply STOP."
    assert stranger.replies("Wrong number") == ""
    assert Way.objects.get().unreachable_since is not None
    rosa.sees("We are looking for somebody")


def test_a_number_that_we_never_wrote_to_hears_nothing(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.gets_a_page()
    assert brings_a_reply("+13035559999", "1") == ""
    rosa.sees("We are looking for somebody")


def test_sam_and_ines_share_a_number_and_one_reply_takes_one_call(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    text = sam.phone.gets_a_text()
    other = night.rosa()
    shared = cast.Part("kim", "Kim R.", ("peer",), cast.SAM.number, cast.INES.lines | {"full_name": '"Kim Rostova"'})
    night.joins(shared).may_be_paged()
    other.presses()
    assert "it is yours" in text.replies("1")
    rosa.sees("Sam K. has answered")
    other.does_not_see("Kim R. has answered")
    sam.may_be_paged()


def test_accepted_and_never_delivered_is_not_reached(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    text = sam.phone.gets_a_text()
    ines = night.joins(cast.INES)
    text.never_arrives()
    ines.gets_a_page()


def test_delivered_and_not_answered_is_not_reached_either(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    sam.phone.gets_a_text().arrives()
    sam.may_be_paged()
    rosa.sees("We are looking for somebody")
    night.passes(minutes=2)
    rosa.does_not_see("Sam K. has answered")


def test_the_same_reply_brought_twice_is_one(rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    text = sam.phone.gets_a_text()
    assert text.replies("1", id="SM1") == text.replies("1", id="SM1")
    rosa.sees("Sam K. has answered")


def test_the_link_in_a_preview_uses_nothing_up(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    back = sam.phone.gets_a_text().replies("1")
    path = "/s/" + back.rpartition("/s/")[2]
    for _ in range(3):
        night.browser().opens(path)
    assert "Someone is waiting" in follows(sam, back)
    thief = night.browser()
    thief.opens(path)
    assert "opens nothing any more" in thief.presses(SEAT).words
    assert "There is no seat on this phone" in thief.opens("/seat").words


def test_whoever_was_suspended_meanwhile_does_not_take_it(night: Night, rosa: Rosa, sam: Helper) -> None:
    rosa.presses()
    text = sam.phone.gets_a_text()
    deed(roster.suspend, sam.id)
    assert "cannot take it" in text.replies("1")


def test_fifty_replies_in_one_breath_and_one_has_it(night: Night, rosa: Rosa, sam: Helper, ines: Helper) -> None:
    theo = night.joins(cast.THEO)
    rosa.presses()
    for one in (sam, ines, theo):
        one.gets_a_page()
    phones = [sam.phone, ines.phone, theo.phone]
    backs = [phones[number % 3].types("1", id=f"SM{number % 40}") for number in range(50)]
    assert "it is yours" in backs[0]
    assert {back for back in backs if "it is yours" not in back} == {"Someone has it, thank you.", ""}
    assert not any("it is yours" in back for place, back in enumerate(backs[:40]) if place % 3), "Sam alone"
    rosa.sees("Sam K. has answered")
