"""Answers to a provider's requests, in its own markup (TwiML)."""

from xml.etree import ElementTree as Tree

from django.http import HttpResponse

# How the provider calls the voices.
_VOICES = {"en": "en-US", "es": "es-MX"}


def message(text: str) -> HttpResponse:
    """Let this text go back to whoever wrote; nothing goes back where there is none."""
    root = Tree.Element("Response")
    if text:
        Tree.SubElement(root, "Message").text = text
    return answer(root)


def answer(root: Tree.Element) -> HttpResponse:
    """The markup as an answer that nobody keeps."""
    response = HttpResponse(
        Tree.tostring(root, encoding="utf-8", xml_declaration=True), content_type="text/xml; charset=utf-8"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def say(parent: Tree.Element, words: str, language: str) -> None:
    """Let this be spoken."""
    add(parent, "Say", words, language=_VOICES[language])


def hang_up(root: Tree.Element) -> HttpResponse:
    """The markup, and the end of the ring after it."""
    add(root, "Hangup")
    return answer(root)


def add(parent: Tree.Element, tag: str, text: str = "", **attributes: str) -> Tree.Element:
    """One element more."""
    element = Tree.SubElement(parent, tag, {name.rstrip("_"): value for name, value in attributes.items()})
    element.text = text or None
    return element
