"""The routes of the page: each reads the address, works out a view and fills in a template."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import plenipo
from plenipo.errors import SituationError, UsageError
from plenipo.report import html
from plenipo.report.untrusted_text import clean
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.situations.read import read_situation
from plenipo.situations.write import fact_file
from plenipo.version import VERSION
from plenipo.web.address import Asked, opened, parameters, read_address
from plenipo.web.views import Home, OptionView, document_of, situations

HERE = Path(__file__).parent
VIEWS = (
    ("Brief", "/"),
    ("Full advice", "/advice"),
    ("Roadmap", "/roadmap"),
    ("Picture", "/picture"),
    ("Compare", "/compare"),
)
#: The situation that holds what the essays take as given.
GIVEN = "what-the-essays-take-as-given"


@dataclass(frozen=True)
class Pages:
    """The routes of the page for one rulebook, which is read once and stays while the server runs."""

    rulebook: Rulebook
    folder: str | None = None

    @property
    def routes(self) -> list[Route]:
        """Every route."""
        views: Mapping[str, Callable[[Asked, Request], Response]] = {
            "/": self._home,
            "/advice": self._advice,
            "/roadmap": self._roadmap,
            "/picture": self._picture,
            "/compare": self._compare,
            "/option/{id}": self._option,
            "/save": self._save,
            "/report": self._report,
        }
        own = [Route(path, self._answering(view), methods=["GET", "POST"]) for path, view in views.items()]
        return [
            *own,
            Route("/open", self._open, methods=["GET", "POST"]),
            Route("/style.css", self._style),
            Route("/page.js", self._script),
        ]

    def _answering(self, view: Callable[[Asked, Request], Response]) -> Callable[[Request], Any]:
        """Return an endpoint that reads what is asked for, and says in words what is wrong with it."""

        async def answer(request: Request) -> Response:
            form = (await request.body()).decode("utf-8", "replace")
            nothing = Asked(self.rulebook)
            try:
                asked = read_address(self.rulebook, request.url.query, form)
            except (SituationError, ValueError) as wrong:
                return self._wrong(nothing, "This cannot be opened", str(wrong), 400)
            try:
                return view(asked, request)
            except SituationError as wrong:
                return self._wrong(asked, "This situation is not possible", str(wrong), 409)
            except UsageError as wrong:
                return self._wrong(asked, "This is not there", str(wrong), 404)

        return answer

    def _home(self, asked: Asked, _: Request) -> Response:
        home = Home(asked)
        brief = html.article(home.brief, level=1, elsewhere=self._links(asked), new={f"option-{id}" for id in home.new})
        return self._page("home.html", asked, "/", home=home, brief=brief)

    def _advice(self, asked: Asked, _: Request) -> Response:
        situation = plenipo.load_situation(asked.situation, rulebook=self.rulebook)
        return self._document(asked, "/advice", plenipo.plan(situation, rulebook=self.rulebook))

    def _roadmap(self, asked: Asked, _: Request) -> Response:
        situation = plenipo.load_situation(asked.situation, rulebook=self.rulebook)
        return self._document(asked, "/roadmap", plenipo.roadmap(situation, rulebook=self.rulebook))

    def _picture(self, asked: Asked, _: Request) -> Response:
        situation = plenipo.load_situation(asked.situation, rulebook=self.rulebook)
        return self._document(asked, "/picture", plenipo.graph(situation, rulebook=self.rulebook))

    def _option(self, asked: Asked, request: Request) -> Response:
        view = OptionView(asked, request.path_params["id"], request.query_params.get("_why_not", ""))
        article = html.article(view.explanation, level=1, elsewhere=self._links(asked))
        return self._page("option.html", asked, f"/option/{view.option}", view=view, article=article)

    def _compare(self, asked: Asked, request: Request) -> Response:
        other = dict(parameters(request.url.query)).get("_with", "")
        article = Markup("")
        if other:
            there = plenipo.load_situation(other, rulebook=self.rulebook)
            here = plenipo.load_situation(asked.situation, rulebook=self.rulebook)
            contrast = plenipo.compare(there, here, rulebook=self.rulebook)
            article = html.article(document_of(contrast), level=2, elsewhere=self._links(asked))
        return self._page("compare.html", asked, "/compare", article=article, situations=self.situations, other=other)

    def _save(self, asked: Asked, _: Request) -> Response:
        situation = plenipo.load_situation(asked.situation, rulebook=self.rulebook)
        unknown = [id for id, value in asked.answers.items() if value == UNKNOWN]
        comment = f"asked, and not known: {', '.join(unknown)}" if unknown else ""
        return _download(fact_file(situation, comment), "situation.yaml", "text/yaml")

    def _report(self, asked: Asked, _: Request) -> Response:
        situation = plenipo.load_situation(asked.situation, rulebook=self.rulebook)
        report = plenipo.report(situation, rulebook=self.rulebook)
        return _download(plenipo.render(report, "html"), "advice.html", "text/html")

    async def _open(self, request: Request) -> Response:
        text = dict(parameters((await request.body()).decode("utf-8", "replace"))).get("text", "")
        nothing = Asked(self.rulebook)
        if request.method != "POST":
            return self._page(
                "open.html", nothing, "/open", text="", faults="", given=GIVEN, situations=self.situations
            )
        try:
            asked = opened(self.rulebook, read_situation(self.rulebook, text, "the text"))
        except SituationError as wrong:
            told = {"text": text, "faults": str(wrong), "given": GIVEN, "situations": self.situations}
            return self._page("open.html", nothing, "/open", status=422, **told)
        if asked.carries:
            return self._home(asked, request)
        return RedirectResponse(asked.address(), 303)

    @cached_property
    def situations(self) -> tuple[tuple[str, str, str], ...]:
        """The situations that come with the rulebook: name, title, address."""
        return situations(self.rulebook, self.folder)

    def _links(self, asked: Asked) -> html.Elsewhere:
        """Return what leads to something that a document names: options have a view of their own, facts a question."""
        carried = asked.carried_text

        def lead(place: str, words: Markup) -> Markup:
            kind, _, id = place.partition("-")
            if kind == "option" and id in self.rulebook.options:
                return _place(asked.address(f"/option/{id}"), words, carried)
            if kind == "fact" and id in self.rulebook.facts:
                return _place(asked.address(_ask=id), words, carried)
            return words

        return lead

    def _document(self, asked: Asked, path: str, answer: object) -> Response:
        article = html.article(document_of(answer), level=1, elsewhere=self._links(asked))
        return self._page("document.html", asked, path, article=article, lead="")

    def _wrong(self, asked: Asked, heading: str, faults: str, status: int) -> Response:
        ways = [
            (f"{fact.name}: {asked.spelled(id, asked.answers[id])}", asked.answered(id, "").address())
            for id, fact in self.rulebook.facts.items()
            if id in asked.answers and f"`{id}`" in faults
        ]
        return self._page("wrong.html", asked, "", status=status, heading=heading, faults=faults, ways=ways)

    def _page(self, template: str, asked: Asked, here: str, status: int = 200, **more: object) -> Response:
        carried = asked.carried_text

        def go(address: str, label: str, *, current: bool = False, **how: str) -> Markup:
            return _place(address, clean(label), carried, current, **how)

        def to(address: str, label: str) -> Markup:
            return _place(address, clean(label))

        title = clean(asked.title) or "A situation"
        known = {"asked": asked, "here": here, "go": go, "to": to, "title": title, "views": VIEWS, "version": VERSION}
        written = _environment().get_template(template).render(**known, **_versions(), **more)
        return Response(written, status, media_type="text/html; charset=utf-8")

    async def _style(self, _: Request) -> Response:
        return Response(_stylesheet(), media_type="text/css; charset=utf-8")

    async def _script(self, _: Request) -> Response:
        return Response(_file("page.js"), media_type="text/javascript; charset=utf-8")


def _place(address: str, label: str, carried: str = "", current: bool = False, **how: str) -> Markup:
    """Return a link to an address, or, where notes travel with the form, a button."""
    macro = _environment().get_template("go.html").module.place  # type: ignore[attr-defined]
    return Markup(macro(address, label, carried, current, **how))  # noqa: S704 - the template escapes


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _file(name: str) -> str:
    return (HERE / "static" / name).read_text(encoding="utf-8")


def _stylesheet() -> str:
    return f"{html.stylesheet()}\n{_file('page.css')}"


def _versions() -> Mapping[str, str]:
    """Return a word for each file of the page that changes with it, so that a browser never uses an old one."""
    digests = {"style_version": _stylesheet(), "script_version": _file("page.js")}
    return {name: hashlib.sha256(text.encode()).hexdigest()[:12] for name, text in digests.items()}


def _download(text: str, name: str, media_type: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=f"{media_type}; charset=utf-8", headers=headers)
