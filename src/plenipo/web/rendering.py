"""How a view becomes a page: its template filled in, and links that take along what the address cannot say."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import Response

from plenipo.report import html
from plenipo.report.untrusted_text import clean, clean_lines
from plenipo.version import VERSION
from plenipo.web.address import ABOUT, Asked

HERE = Path(__file__).parent
VIEWS = (
    ("Brief", "/"),
    ("Full advice", "/advice"),
    ("Roadmap", "/roadmap"),
    ("Picture", "/picture"),
    ("Compare", "/compare"),
)
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Links:
    """The links of one page: where notes travel with the form, each is a button that sends them along."""

    asked: Asked

    def go(self, address: str, label: str, **how: str | bool) -> Markup:
        """Return what leads to an address of this situation; `how` are attributes besides."""
        if not self.asked.carried_text:
            return self.to(address, label, **how)
        return Markup('<button form="carry" formaction="{}"{}>{}</button>').format(
            address, _attributes(how), _said(label)
        )

    @staticmethod
    def to(address: str, label: str, **how: str | bool) -> Markup:
        """Return a link to an address that takes nothing along."""
        return Markup('<a href="{}"{}>{}</a>').format(address, _attributes(how), _said(label))

    def elsewhere(self, place: str, words: Markup) -> Markup:
        """Return what leads to something that a document names: an option's own view, or the question on a fact."""
        book, id = self.asked.rulebook, place.removeprefix("option-").removeprefix("fact-")
        if id in book.options:
            return self.go(self.asked.address(f"/option/{id}"), words)
        if id in book.facts:
            return self.go(self.asked.address(**{ABOUT: id}), words)
        return words


def _said(label: str) -> str:
    return label if isinstance(label, Markup) else clean(label)


def _attributes(how: Mapping[str, str | bool]) -> Markup:
    """Return attributes; one that is False or empty is left out, and True is the word that ARIA has for it."""
    said = {name.replace("_", "-"): "true" if value is True else value for name, value in how.items() if value}
    return Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in said.items())


def page(template: str, asked: Asked, here: str, *, status: int = 200, notice: str = "", **more: object) -> Response:
    """Return a view as a page: `here` is its path, and `notice` what is to be said before everything else."""
    links = Links(asked)
    known = {
        "asked": asked,
        "here": here,
        "own": asked.own_address(here) if here else "",
        "go": links.go,
        "to": links.to,
        "title": asked.title or "A situation",
        "views": VIEWS,
        "version": VERSION,
        "notice": notice,
    }
    written = _environment().get_template(template).render(**known, **_versions(), **more)
    # unpaired surrogates, which no page can hold, come from nowhere but texts of others
    return Response(written.encode("utf-8", "replace"), status, media_type=HTML)


@cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    found.filters.update(lines=lambda text: escape(clean_lines(text)), exact=escape)
    return found


def _shown(value: object) -> object:
    """Return what a template puts in: texts are of others, and become one line of letters that can be seen."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def stylesheet() -> str:
    """Return the stylesheet: that of every answer, and what the page around it needs."""
    return f"{html.stylesheet()}\n{_file('page.css')}"


@cache
def script() -> str:
    """Return the script."""
    return _file("page.js")


def _file(name: str) -> str:
    return (HERE / "static" / name).read_text(encoding="utf-8")


@cache
def _versions() -> Mapping[str, str]:
    """Return a word for each file of the page that changes with it, so that a browser never uses an old one."""
    digests = {"style_version": stylesheet(), "script_version": script()}
    return {name: hashlib.sha256(text.encode()).hexdigest()[:12] for name, text in digests.items()}


def download(text: str, name: str, media_type: str) -> Response:
    """Return a file to save."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text.encode("utf-8", "replace"), media_type=f"{media_type}; charset=utf-8", headers=headers)
