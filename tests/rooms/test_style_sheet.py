"""The one stylesheet: its colours measured, its targets large, its weight small, nothing moving."""

import gzip
import re
from pathlib import Path

import pytest

import stepitup.door

STYLE = (Path(stepitup.door.__file__).parent / "static" / "style.css").read_text(encoding="utf-8")

# STYLE.md §10, word for word.
WORDS = ("ground", "raised", "text", "quiet", "link", "alert", "well", "edge")
NIGHT = ("#15181b", "#20252a", "#e8e2d6", "#bdb6a8", "#f2c27b", "#ff9d8c", "#a9d3a0", "#8b8578")
DAY = ("#faf8f4", "#ffffff", "#1b1f23", "#4a4f55", "#0b4a7d", "#9b1c10", "#1f5a2a", "#6b7077")


def colours_under(selector: str) -> dict[str, str]:
    found = re.search(rf"^\s*{re.escape(selector)} {{(.*?)}}", STYLE, re.MULTILINE | re.DOTALL)
    assert found, selector
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", found.group(1)))


def brightness(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


LIGHTS = {
    "day": (":root", DAY),
    "night as the device says": (":root:not([data-day])", NIGHT),
    "night as the person says": (":root[data-night]", NIGHT),
}


@pytest.mark.parametrize(("selector", "palette"), LIGHTS.values(), ids=LIGHTS)
def test_the_colours_are_those_of_the_style(selector: str, palette: tuple[str, ...]) -> None:
    colours = colours_under(selector)
    assert tuple(colours[word] for word in WORDS) == palette
    assert colours["focus"] == "#ffdd55"
    assert colours["on-button"] == (colours["ground"] if palette is NIGHT else "#ffffff")


@pytest.mark.parametrize("selector", [selector for selector, _ in LIGHTS.values()], ids=LIGHTS)
def test_text_measures_seven_to_one_and_edges_three(selector: str) -> None:
    colours = colours_under(selector)
    for under in ("ground", "raised"):
        for text in ("text", "quiet", "link", "alert", "well"):
            assert contrast(colours[text], colours[under]) >= 7, (text, under)
        for edge in ("edge", "link", "alert", "well"):
            assert contrast(colours[edge], colours[under]) >= 3, (edge, under)
    assert contrast(colours["on-button"], colours["link"]) >= 7
    assert contrast(colours["focus"], colours["ring"]) >= 3, "focus is seen against its dark outline"


def test_no_colour_lives_outside_the_two_palettes() -> None:
    rules = re.sub(r"--[a-z-]+: #[0-9a-f]{6};?", "", STYLE)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", rules)


def test_there_is_no_pure_black_and_no_large_white() -> None:
    assert "#000" not in STYLE
    assert "black" not in STYLE
    assert "#ffffff" not in colours_under(":root")["ground"]


def rule_for(selector: str) -> str:
    found = [body for names, body in re.findall(r"([^{}]+){([^{}]*)}", STYLE)
             if selector in [name.strip() for name in names.split("*/")[-1].split(",")]]  # fmt: skip
    assert found, selector
    return " ".join(found)


def test_the_main_action_is_64_pixels_high_and_as_wide_as_the_screen() -> None:
    assert "min-height: 64px" in rule_for(".main-action")
    assert "width: 100%" in rule_for(".main-action")


@pytest.mark.parametrize("selector", [".action", ".quiet", ".link", ".choice", ".bar a", "summary", "select"])
def test_whatever_can_be_pressed_is_48_pixels_high(selector: str) -> None:
    assert "min-height: 48px" in rule_for(selector)


def test_text_is_18_pixels_in_lines_of_66_characters_and_grows_with_the_readers_own_size() -> None:
    assert "font-size: 112.5%" in rule_for("html")
    assert "max-width: 66ch" in rule_for("main")
    assert not re.search(r"font(-size)?:[^;]*\dpx", STYLE)
    assert all(float(size) >= 1 for size in re.findall(r"font(?:-size)?: ([\d.]+)rem", STYLE)), "18 px is the smallest"


def test_nothing_moves_and_nothing_is_fetched_from_elsewhere() -> None:
    assert not re.search(r"animation|transition|@keyframes|scroll-behavior|@import|url\(|@font-face", STYLE)


def test_focus_is_always_visible() -> None:
    assert "outline: 3px solid var(--focus)" in rule_for(":focus-visible")
    takes_away = re.findall(r"([^{}]+){[^{}]*outline:\s*(?:none|0)", STYLE)
    assert [rule.split("*/")[-1].strip() for rule in takes_away] == ["main:focus"]


def test_it_weighs_less_than_four_kilobytes_on_the_way() -> None:
    assert len(gzip.compress(STYLE.encode(), 9)) <= 4096
