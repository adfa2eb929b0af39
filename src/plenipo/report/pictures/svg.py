"""SVG, element by element: every text is escaped and cleaned, and nothing is fetched or run."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from xml.etree import ElementTree

from plenipo.report.pictures.node_texts import LINE
from plenipo.report.untrusted_text import clean

Element = ElementTree.Element


def picture(width: int, height: int, label: str, *, linked: bool = False) -> Element:
    """Return an empty picture of a size, and what a screen reader calls it; one with links is not one image to it."""
    attributes = {"xmlns": "http://www.w3.org/2000/svg", "class": "picture", "role": "group" if linked else "img"}
    size = {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height)}
    return Element("svg", {**attributes, **size, "aria-label": clean(label)})


def group(parent: Element, classes: Iterable[str], tooltip: str = "", href: str = "") -> Element:
    """Return a new group inside another element, which is a link where it has somewhere to lead."""
    around = ElementTree.SubElement(parent, "a", {"href": href}) if href else parent
    found = ElementTree.SubElement(around, "g", {"class": " ".join(classes)})
    if tooltip:
        ElementTree.SubElement(found, "title").text = tooltip
    return found


def text(parent: Element, x: float, y: float, said: str, classes: str = "", *, anchor: str = "") -> None:  # noqa: PLR0913
    """Put a line of text whose letters stand on (x, y)."""
    attributes = {"x": _number(x), "y": _number(y)}
    attributes |= {"class": classes} if classes else {}
    attributes |= {"text-anchor": anchor} if anchor else {}
    ElementTree.SubElement(parent, "text", attributes).text = clean(said)


def lines(parent: Element, x: float, y: float, said: Iterable[str], classes: str = "") -> float:
    """Put lines of text below one another, the first with its letters on (x, y); return where the next would stand."""
    for line in said:
        text(parent, x, y, line, classes)
        y += LINE
    return y


def box(parent: Element, x: float, y: float, width: float, height: float) -> None:
    """Put a box with its upper left corner at (x, y)."""
    places = {"x": x, "y": y, "width": width, "height": height}
    ElementTree.SubElement(parent, "rect", {name: _number(place) for name, place in places.items()})


def path(parent: Element, steps: str, classes: str, tooltip: str = "") -> None:
    """Put a line or a filled shape along the steps of an SVG path."""
    found = ElementTree.SubElement(parent, "path", {"d": steps, "class": classes})
    if tooltip:
        ElementTree.SubElement(found, "title").text = tooltip


def written(drawn: Element, *, alone: bool = True) -> str:
    """Return a picture as text: one that stands `alone` carries its style, one inside a page uses the page's."""
    if alone:
        style = Element("style")
        style.text = stylesheet()
        drawn.insert(0, style)
    return ElementTree.tostring(drawn, encoding="unicode") + "\n"


@cache
def stylesheet() -> str:
    """Return the style of every picture."""
    return files("plenipo.report").joinpath("styles", "picture.css").read_text(encoding="utf-8")


def _number(place: float) -> str:
    return f"{place:g}"
