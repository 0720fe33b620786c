"""Looks at a screen as a sceptic with bad eyes and a small old phone would, by night and by day."""

import re
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

from tests.browser.phones import Phone
from tests.provision.folders import HOUSE

AXE = HOUSE / "browser" / "node_modules" / "axe-core" / "axe.min.js"
_MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")

# Contrast of 7:1, more than AA asks for. By itself that rule is silent below what AA's own would have told, 4.5:1.
_NO_LEAST = {"contrastRatio": {"normal": {"minThreshold": None}, "large": {"minThreshold": None}}}
_ALWAYS = {"resultTypes": ["violations"], "checks": {"color-contrast-enhanced": {"options": _NO_LEAST}}}
# WCAG 2.2 AA and what axe's makers call good practice; AA's own contrast is within the stricter one.
_RULES = {
    **_ALWAYS,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "color-contrast": {"enabled": False}},
}
_COLOURS = {**_ALWAYS, "runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}
_LOOKED_AT = "'axe' in window"
_RUN = "options => { window.axe ?? bringAxe(); return axe.run(document, options).then(said => said.violations); }"

_SCHEME: dict[str, Literal["dark", "light"]] = {"night": "dark", "day": "light"}
# Written into the text of a screen, these would run or paint from within it; the policy forbids it, and so do we.
_INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]*>")


class Look:
    """Collects what is wrong, so that one walk tells everything that is wrong on its way."""

    def __init__(self, axe: str, *, pictures: Path | None) -> None:
        self.found: list[str] = []
        self.seen: list[str] = []
        self._axe = f"window.bringAxe = () => {{\n{axe}\n}};"
        self._has_axe: set[Page] = set()
        self._pictures = pictures

    def at(self, phone: Phone, name: str) -> None:
        """Look at the screen that is open now."""
        page = phone.page
        page.wait_for_load_state("load")
        self.seen.append(name)
        self._note(name, "", page.evaluate(_MEASURE))
        if not page.evaluate(_LOOKED_AT):  # our own measuring moves it, and a picture writes a style into it
            self._note(name, "", _shifted(page))
            self._note(name, "", _written_inside(page))
        self._judge(page, name, phone.held.light, _RULES)
        self._keep_a_picture(page, name, phone.held.light)
        other = "day" if phone.held.light == "night" else "night"
        page.emulate_media(color_scheme=_SCHEME[other])
        self._judge(page, name, other, _COLOURS)
        self._keep_a_picture(page, name, other)
        page.emulate_media(color_scheme=_SCHEME[phone.held.light])
        self._note(name, "with text twice as large", _with_large_text(page))

    def _judge(self, page: Page, name: str, light: str, rules: dict[str, Any]) -> None:
        if page not in self._has_axe:  # half a megabyte: brought to each phone once, and run on what is looked at
            self._has_axe.add(page)
            page.add_init_script(self._axe)
            page.evaluate(self._axe)
        from_a_house = not page.url.startswith("file:")  # a screen from the disk may not read its own style sheet
        for broken in page.evaluate(_RUN, {**rules, "preload": from_a_house}):
            where = [node["html"][:120] for node in broken["nodes"][:3]]
            self._note(name, light, [f"{broken['id']}: {broken['help']}: {where}"])

    def _note(self, name: str, how: str, complaints: list[str]) -> None:
        self.found += [f"{name}{f' ({how})' if how else ''}: {complaint}" for complaint in complaints]

    def _keep_a_picture(self, page: Page, name: str, light: str) -> None:
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            page.bring_to_front()  # a tab that nobody looks at is not drawn
            page.screenshot(path=self._pictures / f"{name.replace(' ', '-')}-{light}.png", full_page=True)


def _shifted(page: Page) -> list[str]:
    moved = page.evaluate("window.moved ?? 0")
    return [f"moves by {moved} after it was drawn"] if moved else []


def _written_inside(page: Page) -> list[str]:
    """What runs or paints from within the text that the house sent, rather than from a file of ours."""
    text = page.evaluate("document.documentElement.outerHTML")
    return [f"written inside the screen: {tag[:150]}" for tag in _TAGS.findall(text) if _INLINE.search(tag)]


def _with_large_text(page: Page) -> list[str]:
    """Twice the letters, as somebody sets them in the phone: everything still fits the width."""
    page.evaluate("document.documentElement.style.fontSize = '225%'")  # the style sheet says 112.5 %
    said: list[str] = page.evaluate(_MEASURE)
    page.evaluate("document.documentElement.removeAttribute('style')")
    return [complaint for complaint in said if complaint.startswith("scrolls sideways")]
