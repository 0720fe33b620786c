"""The frame that every screen stands in."""

import re
from pathlib import Path

from django.template.loader import render_to_string

from stepitup.ground.team import Team

TEMPLATES = sorted((Path(__file__).parents[2] / "stepitup").rglob("templates/**/*.html"))


def frame(template: str = "base.html", **told: object) -> str:
    return render_to_string(template, {"team": Team(), "light": "", "here": "/call", **told})


def test_the_way_out_comes_right_after_the_skip_link() -> None:
    assert re.findall(r'<a [^>]*href="([^"]+)"', frame())[:3] == ["#main", "/away", "/hotlines"]


def test_a_callers_screen_says_that_leaving_keeps_the_call_open() -> None:
    assert "Your call stays open." in frame("private.html")
    assert "Your call stays open." not in frame()
    for template in ("base.html", "private.html"):
        assert "history" in frame(template)


def test_the_title_tells_nothing() -> None:
    assert re.findall(r"<title>(.*?)</title>", frame()) == ["Today"]


def test_night_is_drawn_by_the_server_when_somebody_chose_it() -> None:
    assert re.search(r"<html lang=\"en\" data-night>", frame(light="night"))
    assert re.search(r"<html lang=\"en\" data-day>", frame(light="day"))
    assert re.search(r"<html lang=\"en\">", frame())


def test_the_switch_brings_back_to_the_same_screen_and_cannot_be_made_to_carry_code() -> None:
    assert 'name="next" value="/call"' in frame()
    assert '"><script>' not in frame(here='/"><script>')


def test_a_demonstration_says_so_on_each_screen() -> None:
    assert "DEMO" in frame(team=Team(demo=True))
    assert "DEMO" not in frame()


def test_no_screen_stands_outside_a_frame_that_says_so() -> None:
    """But the one that is shown to whoever leaves quickly: it tells nothing at all."""
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        is_a_frame = "<!doctype" in text
        assert ("DEMO: nobody real is paged." in text) is (is_a_frame and path.name != "away.html"), path


def test_who_runs_the_machine_stands_at_the_foot() -> None:
    assert "This machine is run by the union." in frame(team=Team(who_runs="the union"))


def test_no_style_and_no_script_stands_inside_a_template() -> None:
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), path
