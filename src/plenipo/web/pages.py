"""The routes of the page: each reads the address, works out a view and fills in a template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import plenipo
from plenipo.errors import FaultsError, UnknownNameError, UsageError
from plenipo.report import html
from plenipo.rulebook import locations
from plenipo.rulebook.as_of import is_time
from plenipo.rulebook.loose_names import heard_by
from plenipo.rulebook.model import LooseReading, Rulebook, Situation
from plenipo.situations.constraints import facts_at_odds
from plenipo.situations.write import fact_file
from plenipo.web.address import TEXT, WITH, Asked, opened, parameters, read_address, read_text
from plenipo.web.rendering import Links, download, page, script, stylesheet
from plenipo.web.turns import TooManyError, Turns
from plenipo.web.views import Home, Known, OptionView, document_of, known_situations

#: The situation that holds what the sources take as given.
GIVEN = "what-the-essays-take-as-given"
#: What is said where the rulebook on the disk is another one by now.
CHANGED = (
    "The files of the rulebook have changed since this page was started, and it still uses them as they were. "
    "To have them read anew, stop plenipo serve and start it again."
)

#: A view: what is asked for, what the form says, and the rest of the path -> the page.
View = Callable[[Asked, Mapping[str, str], str], Response]


def _file_times(folder: str | None) -> frozenset[tuple[str, int, int]]:
    """Return the files of a rulebook with their times and sizes."""
    home = Path(folder) if folder else locations.home()
    times = set()
    for path in (path for part in ("rules", "seeds", "facts") for path in (home / part).glob("[!.]*.*")):
        with suppress(OSError):
            found = path.stat()
            times.add((str(path), found.st_mtime_ns, found.st_size))
    return frozenset(times)


@dataclass(frozen=True)
class Pages:
    """The routes of the page for one rulebook, which is read once and stays while the server runs."""

    rulebook: Rulebook
    folder: str | None = None
    times: frozenset[tuple[str, int, int]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "times", _file_times(self.folder))

    @cached_property
    def _turns(self) -> Turns:
        return Turns()

    @property
    def routes(self) -> list[Route]:
        """Every route."""
        views: Mapping[str, View] = {
            "/": self._home,
            "/advice": self._advice,
            "/roadmap": self._roadmap,
            "/picture": self._picture,
            "/compare": self._compare,
            "/option/{id}": self._option,
            "/save": self._save,
            "/report": self._report,
            "/open": self._open,
        }
        own = [Route(path, self._answering(view), methods=["GET", "POST"]) for path, view in views.items()]
        return [*own, Route("/style.css", self._style), Route("/page.js", self._script)]

    def _answering(self, view: View) -> Callable[[Request], Any]:
        """Return an endpoint that has a view worked out beside the loop, so that others can be refused meanwhile."""

        async def answer(request: Request) -> Response:
            form = (await request.body()).decode("utf-8", "replace")
            rest = str(request.path_params.get("id", ""))
            work = partial(run_in_threadpool, self._answer, view, request.url.query, form, rest)
            try:
                return await self._turns.answer(request, work)
            except TooManyError as wrong:
                return self._wrong(Asked(self.rulebook), "Too many ask at once", f"{wrong}.", 429)

        return answer

    def _answer(self, view: View, query: str, form: str, rest: str) -> Response:
        """Return a view of what is asked for, or a page that says in words what is wrong with it."""
        nothing, readings = Asked(self.rulebook), dict[LooseReading, None]()
        with heard_by(readings.setdefault):
            try:
                said = dict(reversed(parameters(form)))
                asked = replace(read_address(self.rulebook, query, form, self._named), readings=readings)
            except FaultsError as wrong:
                return self._wrong(nothing, "This cannot be opened", str(wrong), 400)
            except ValueError:
                return self._wrong(nothing, "This cannot be opened", "It says more than any situation could.", 400)
            return self._view(view, asked, said, rest)

    def _view(self, view: View, asked: Asked, said: Mapping[str, str], rest: str) -> Response:
        try:
            return view(asked, said, rest)
        except FaultsError as wrong:
            return self._wrong(asked, "This situation cannot be used", str(wrong), 409)
        except UnknownNameError as wrong:
            return self._wrong(asked, "This is not there", str(wrong), 404)
        except UsageError as wrong:
            return self._wrong(asked, "This cannot be answered", str(wrong), 422)

    def _home(self, asked: Asked, _: Mapping[str, str], __: str) -> Response:
        home = Home(asked)
        new = {f"option-{id}" for id in home.new}
        article = html.article(document_of(home.answer), level=1, elsewhere=Links(asked).elsewhere, new=new)
        return self._page("home.html", asked, "/", home=home, brief=article)

    def _advice(self, asked: Asked, _: Mapping[str, str], __: str) -> Response:
        return self._document(asked, "/advice", plenipo.plan(self._situation(asked), rulebook=self.rulebook))

    def _roadmap(self, asked: Asked, _: Mapping[str, str], __: str) -> Response:
        return self._document(asked, "/roadmap", plenipo.roadmap(self._situation(asked), rulebook=self.rulebook))

    def _picture(self, asked: Asked, _: Mapping[str, str], __: str) -> Response:
        return self._document(asked, "/picture", plenipo.graph(self._situation(asked), rulebook=self.rulebook))

    def _option(self, asked: Asked, _: Mapping[str, str], id: str) -> Response:
        view = OptionView(asked, id)
        article = html.article(document_of(view.explanation), level=1, elsewhere=Links(asked).elsewhere)
        return self._page("option.html", asked, view.path, view=view, article=article)

    def _compare(self, asked: Asked, said: Mapping[str, str], _: str) -> Response:
        text, name = said.get(TEXT, ""), asked.more.get(WITH, "")
        article, faults, other = Markup(""), "", None
        try:
            other = read_text(self.rulebook, text, "the text") if text.strip() else self._named(name)
        except FaultsError as wrong:
            faults = str(wrong)
        if name and other is None and not text.strip():
            raise UnknownNameError(f"no situation of this rulebook is called `{name}`")
        if other is not None:
            contrast = plenipo.compare(other, self._situation(asked), rulebook=self.rulebook)
            article = html.article(document_of(contrast), level=2, elsewhere=Links(asked).elsewhere)
        told = {"article": article, "faults": faults, "text": text, "other": name, "situations": self.situations}
        return self._page("compare.html", asked, "/compare", status=422 if faults else 200, **told)

    def _save(self, asked: Asked, _: Mapping[str, str], __: str) -> Response:
        comment = f"asked, and not known: {', '.join(asked.unknown)}" if asked.unknown else ""
        return download(fact_file(self._situation(asked), comment), "situation.yaml", "text/yaml")

    def _report(self, asked: Asked, _: Mapping[str, str], __: str) -> Response:
        report = plenipo.report(self._situation(asked), rulebook=self.rulebook)
        return download(plenipo.render(report, "html"), "advice.html", "text/html")

    def _open(self, asked: Asked, said: Mapping[str, str], _: str) -> Response:
        text, faults = said.get(TEXT), ""
        if text is not None:
            try:
                found = opened(self.rulebook, read_text(self.rulebook, text, "the text"))
            except FaultsError as wrong:
                faults = str(wrong)
            else:
                if not (found.carried_text or asked.readings):
                    return RedirectResponse(found.address(), 303)
                return self._home(replace(found, readings=asked.readings), {}, "")
        told = {"text": text or "", "faults": faults, "given": GIVEN, "situations": self.situations}
        return self._page("open.html", asked, "/open", status=422 if faults else 200, **told)

    @cached_property
    def situations(self) -> Mapping[str, Known]:
        """The situations that come with the rulebook, by name."""
        return known_situations(self.rulebook, self.folder)

    def _named(self, name: str) -> Situation | None:
        """Return a situation that comes with the rulebook; no other file is ever read."""
        return self.situations[name].situation if name in self.situations else None

    def _situation(self, asked: Asked) -> Situation:
        return plenipo.load_situation(asked.situation, rulebook=self.rulebook)

    def _document(self, asked: Asked, path: str, answer: object) -> Response:
        article = html.article(document_of(answer), level=1, elsewhere=Links(asked).elsewhere)
        return self._page("document.html", asked, path, article=article)

    def _wrong(self, asked: Asked, heading: str, faults: str, status: int) -> Response:
        at_odds = facts_at_odds(self.rulebook, asked.known)
        ways = [
            (f"{fact.name}: {asked.spelled(id, asked.answers[id])}", asked.answered({id: ""}).address())
            for id, fact in self.rulebook.facts.items()
            if id in at_odds
        ]
        if not is_time(asked.as_of):
            ways.append((f"The time it describes: {asked.as_of}", replace(asked, as_of="").address()))
        return self._page("wrong.html", asked, "", status=status, heading=heading, faults=faults, ways=ways)

    def _page(self, template: str, asked: Asked, here: str, status: int = 200, **more: object) -> Response:
        notice = "" if _file_times(self.folder) == self.times else CHANGED
        return page(template, asked, here, status=status, notice=notice, **more)

    async def absent(self, request: Request, _: Exception) -> Response:
        """Answer for a path that is not there."""
        said = f"There is no page `{request.url.path[:200]}` here."
        return self._wrong(Asked(self.rulebook), "This is not there", said, 404)

    async def broken(self, _: Request, __: Exception) -> Response:
        """Answer where plenipo itself is at fault; where it runs, more is said."""
        said = "This is a fault of plenipo, not of your situation. More is said where `plenipo serve` runs."
        return self._wrong(Asked(self.rulebook), "Something went wrong", said, 500)

    async def _style(self, _: Request) -> Response:
        return Response(stylesheet(), media_type="text/css; charset=utf-8")

    async def _script(self, _: Request) -> Response:
        return Response(script(), media_type="text/javascript; charset=utf-8")
