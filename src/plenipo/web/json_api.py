"""
The JSON API beside the page, under /api/v1: the calls of the library, with facts in and the same documents out.

Its own description, in OpenAPI, is at /api/v1/openapi.json. A program brings the word that `plenipo serve` printed, as
`Authorization: Bearer WORD`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from functools import partial, wraps
from typing import Annotated, Any, ParamSpec

from fastapi import FastAPI, Path, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

import plenipo
from plenipo.errors import FaultsError, PlenipoError, UnknownNameError, UsageError
from plenipo.report.document import Showing
from plenipo.report.json import reading_data
from plenipo.report.registry import module_of
from plenipo.rulebook.loose_names import heard_by
from plenipo.rulebook.model import UNKNOWN, LooseReading, Rulebook
from plenipo.rulebook.model import Situation as KnownSituation
from plenipo.version import VERSION
from plenipo.web.address import read_text
from plenipo.web.json_shapes import (
    Answer,
    ChangeInquiry,
    CompareInquiry,
    ExplainInquiry,
    Given,
    GraphInquiry,
    Inquiry,
    QuestionInquiry,
    RequestFault,
    RequestFaults,
    RoadmapInquiry,
    SweepInquiry,
    TraceInquiry,
)
from plenipo.web.turns import TooManyError, Turns

#: JSON set in deeper than this is refused, before Python's own reader would give up.
DEEPEST = 20
#: What is answered where there is no answer, by its status.
REFUSED = {
    400: "The request is not JSON, or says something that JSON cannot",
    404: "The rulebook does not have what is asked for by its name, or there is no such path",
    422: "The request is read, and cannot be answered: its shape, its situation, or what is asked of it is wrong",
    429: "So many requests are waiting that this one may not",
    500: "A fault of plenipo",
}
#: A text in JSON, closed or not: its brackets set nothing in.
_TEXT = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)

Arguments = ParamSpec("Arguments")


class WrongError(Exception):
    """A request that cannot be answered: its status and faults."""

    def __init__(self, status: int, *faults: RequestFault) -> None:
        super().__init__(status)
        self.status, self.faults = status, faults


class _StrictRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request, once its JSON was read as it was meant, or refused."""
        answer = super().get_route_handler()

        async def strict(request: Request) -> Response:
            if request.method == "POST":
                read_json(await request.body())
            try:
                found: Response = await request.app.state.turns.answer(request, partial(answer, request))
            except TooManyError as wrong:
                raise WrongError(429, RequestFault(check="request", place="", message=str(wrong), help=[])) from None
            return found

        return strict


def read_json(body: bytes) -> Any:
    """
    Return JSON as plain values.

    >>> read_json(b'{"a": [1, true]}')
    {'a': [1, True]}

    Raises:
        WrongError: it is not JSON, says something twice, or has numbers or letters that JSON does not know.
    """

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            (twice, _), *_ = Counter(name for name, _ in pairs).most_common(1)
            raise ValueError(f"`{twice[:60]}` is there twice")
        return found

    def no_number(word: str) -> Any:
        raise ValueError(f"`{word}` is no number of JSON")

    try:
        text = body.decode("utf-8")
        _check_depth(text)
        found = json.loads(text, object_pairs_hook=once, parse_constant=no_number)
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as wrong:
        said = "this is not UTF-8 text" if isinstance(wrong, UnicodeError) else str(wrong)
        raise WrongError(
            400, RequestFault(check="json", place="body", message=said, help=["send one JSON object"])
        ) from None
    return found


def _check_depth(text: str) -> None:
    depth = deepest = 0
    for letter in _TEXT.sub("", text):
        depth += (letter in "[{") - (letter in "]}")
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise ValueError(f"the JSON is set in deeper than {DEEPEST}")


def json_api(rulebook: Rulebook) -> FastAPI:
    """Return the API for one rulebook, as an app to mount under /api/v1."""
    refused: dict[int | str, dict[str, Any]] = {
        status: {"model": RequestFaults, "description": why} for status, why in REFUSED.items()
    }
    api = FastAPI(
        title="plenipo",
        version=VERSION,
        description=(
            "What a rulebook advises on a situation, and why. Answers are the documents of `--format json`. A program "
            "brings the word that `plenipo serve` prints, as `Authorization: Bearer WORD`."
        ),
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        responses={200: {"model": Answer}, **refused},
    )
    api.state.turns = Turns()
    api.router.route_class = _StrictRoute
    _add_answers(api, rulebook)
    _add_more_answers(api, rulebook)
    _add_names(api, rulebook)
    _add_faults(api)
    return api


def _add_answers(api: FastAPI, rulebook: Rulebook) -> None:
    known = _known(rulebook)

    @api.post("/advise", summary="What to do now, what not yet, what to avoid, and why")
    @_with_readings
    def advise(asked: Inquiry) -> object:
        situation, how = known(asked)
        return plenipo.brief(situation, **how)

    @api.post("/outlook", summary="Which verdicts are settled, and what to find out")
    @_with_readings
    def outlook(asked: Inquiry) -> object:
        situation, how = known(asked)
        return plenipo.outlook(situation, **how)

    @api.post("/explain", summary="Why an option has its verdict, and why not another")
    @_with_readings
    def explain(asked: ExplainInquiry) -> object:
        situation, how = known(asked)
        return plenipo.explain(situation, asked.option, why_not=asked.why_not, **how)

    @api.post("/change", summary="The smallest changes that would give an option a verdict")
    @_with_readings
    def change(asked: ChangeInquiry) -> object:
        situation, how = known(asked)
        may_change, hold = asked.may_change, asked.hold
        return plenipo.change(situation, asked.option, asked.verdict, may_change=may_change, hold=hold, **how)


def _add_more_answers(api: FastAPI, rulebook: Rulebook) -> None:
    known = _known(rulebook)

    @api.post("/compare", summary="How the advice on two situations differs, and why")
    @_with_readings
    def compare(asked: CompareInquiry) -> object:
        before, after = (_situation(rulebook, given) for given in (asked.before, asked.after))
        return plenipo.compare(before, after, rulebook=rulebook)

    @api.post("/sweep", summary="The advice on every combination of some facts")
    @_with_readings
    def sweep(asked: SweepInquiry) -> object:
        situation, how = known(asked)
        return plenipo.sweep(situation, asked.over, unknown=asked.unknown, about=asked.about, **how)

    @api.post("/roadmap", summary="What comes up once the next steps succeed")
    @_with_readings
    def roadmap(asked: RoadmapInquiry) -> object:
        situation, how = known(asked)
        return plenipo.roadmap(situation, suppose=asked.suppose, depth=asked.depth, **how)

    @api.post("/graph", summary="The reasoning as a graph")
    @_with_readings
    def graph(asked: GraphInquiry) -> object:
        situation, how = known(asked)
        return plenipo.graph(situation, asked.option, unfolded=asked.unfolded, **how)

    @api.post("/trace", summary="Every rule that fired, and why the others did not")
    @_with_readings
    def trace(asked: TraceInquiry) -> object:
        situation, how = known(asked)
        what = {
            "rules": asked.rules,
            "options": asked.options,
            "findings": asked.findings,
            "not_fired": asked.not_fired,
        }
        return plenipo.trace(situation, **{**what, **how})

    @api.post("/next-question", summary="The most telling question")
    @_with_readings
    def next_question(asked: QuestionInquiry) -> object:
        _check_facts(rulebook, asked.declined)
        situation, _ = known(asked)
        return plenipo.interview(situation, rulebook=rulebook, declined=asked.declined, about=asked.about)


def _known(rulebook: Rulebook) -> Callable[[Inquiry], tuple[KnownSituation, dict[str, Any]]]:
    """Return what reads the situation of a question, and how it is to be advised on."""
    return lambda asked: (_situation(rulebook, asked.situation), {"rulebook": rulebook, "source": asked.source})


def _add_names(api: FastAPI, rulebook: Rulebook) -> None:
    @api.get("/rulebook", summary="What the rulebook holds")
    @_with_readings
    def overview() -> object:
        return plenipo.overview(rulebook=rulebook)

    @api.get("/show/{id}", summary="What a name means")
    @_with_readings
    def show(id: Annotated[str, Path(max_length=200)]) -> object:
        return plenipo.show(id, rulebook=rulebook)


def _add_faults(api: FastAPI) -> None:
    @api.exception_handler(WrongError)
    def wrong(_: Request, error: WrongError) -> JSONResponse:
        return _refusal(error.status, error.faults)

    @api.exception_handler(HTTPException)
    def absent(_: Request, error: HTTPException) -> JSONResponse:
        help = ["/api/v1/openapi.json lists what there is"]
        found = _refusal(error.status_code, [RequestFault(check="request", place="", message=error.detail, help=help)])
        found.headers.update(error.headers or {})
        return found

    @api.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        found = [
            RequestFault(check="request", place=".".join(map(str, each["loc"])), message=each["msg"], help=[])
            for each in error.errors()
        ]
        return _refusal(422, found)

    @api.exception_handler(PlenipoError)
    def refused(request: Request, error: PlenipoError) -> JSONResponse:
        if isinstance(error, FaultsError):
            return _refusal(422, list(_faults(error)))
        if isinstance(error, UsageError):
            status = 404 if isinstance(error, UnknownNameError) else 422
            place = "body" if request.method == "POST" else "path"
            fault = RequestFault(check="usage", place=place, message=error.message, help=list(error.help))
            return _refusal(status, [fault])
        raise error

    @api.exception_handler(Exception)
    def broken(_: Request, __: Exception) -> JSONResponse:
        help = ["more is said where `plenipo serve` runs"]
        return _refusal(
            500, [RequestFault(check="internal", place="", message="this is a fault of plenipo", help=help)]
        )


def _refusal(status: int, faults: Any) -> JSONResponse:
    return JSONResponse(RequestFaults(errors=list(faults)).model_dump(), status)


def _faults(error: FaultsError) -> Iterator[RequestFault]:
    for each in error.diagnostics:
        yield RequestFault(check=each.check, place=str(each.location), message=each.message, help=list(each.help))


def _check_facts(rulebook: Rulebook, ids: list[str]) -> None:
    for id in ids:
        plenipo.load_situation({id: UNKNOWN}, rulebook=rulebook)


def _situation(rulebook: Rulebook, given: Given) -> KnownSituation:
    """Return a situation as a fact file would give it, with every fault of it."""
    said = {name: value for name, value in given.model_dump().items() if value}
    return read_text(rulebook, json.dumps({"facts": {}, **said}), "situation")


def _with_readings(answer: Callable[Arguments, object]) -> Callable[Arguments, dict[str, Any]]:
    """Return what answers with a document, which says as well which words of the request were read loosely."""

    @wraps(answer)
    def document(*given: Arguments.args, **named: Arguments.kwargs) -> dict[str, Any]:
        readings = dict[LooseReading, None]()
        with heard_by(readings.setdefault):
            found = answer(*given, **named)
        read_as = {"read_as": [reading_data(each) for each in readings]} if readings else {}
        return {**module_of(found).data(found, Showing()), **read_as}

    return document
