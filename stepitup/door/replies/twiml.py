"""Answers to a provider's requests, in its own markup (TwiML)."""

from xml.etree import ElementTree as Tree

from django.http import HttpResponse


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


def add(parent: Tree.Element, tag: str, text: str = "", **attributes: str) -> Tree.Element:
    """One element more."""
    element = Tree.SubElement(parent, tag, {name.rstrip("_"): value for name, value in attributes.items()})
    element.text = text or None
    return element
