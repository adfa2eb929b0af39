"""
plenipo: decision support on North Korea policy that can be run, questioned and audited.

Whatever the command line can do is one call here. A rulebook left out is the one that comes with plenipo; a situation
is a fact file, the name of a bundled situation, or a plain mapping of facts.

>>> import plenipo
>>> advice = plenipo.advise({"us_china_friction": "high"})
>>> advice.options["four_party_talks"].verdict.value
'defer'

Importing this costs next to nothing: what a call needs is imported when it is called.
"""

from __future__ import annotations

import sys
from types import ModuleType

from plenipo.version import VERSION as __version__  # noqa: N811 - the name that Python has for it

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import Any, TextIO

    from plenipo.advice import Advice
    from plenipo.catalogue import Entry, Overview
    from plenipo.essays import BySource
    from plenipo.examination import Examination
    from plenipo.explain import Explanation
    from plenipo.inquiry.change import Change
    from plenipo.inquiry.compare import Contrast
    from plenipo.inquiry.coverage import Coverage
    from plenipo.inquiry.difference import Difference
    from plenipo.inquiry.generation import Generated
    from plenipo.inquiry.mutation import Mutation
    from plenipo.inquiry.outlook import Outlook
    from plenipo.interview import Interview
    from plenipo.plan import Plan
    from plenipo.report import Answer
    from plenipo.report.citations import Texts
    from plenipo.rulebook.fingerprint import Verification
    from plenipo.rulebook.model import Rulebook, Situation, Source
    from plenipo.suite import SuiteResult

    #: What stands for a situation: a loaded one, facts by id, a file, or the name of a bundled situation.
    SituationLike = Situation | Mapping[str, str | bool | None] | Path | str

__all__ = [
    "__version__",
    "advise",
    "by_source",
    "change",
    "check",
    "compare",
    "coverage",
    "diff",
    "explain",
    "generate",
    "interview",
    "load_rulebook",
    "load_situation",
    "mutate",
    "outlook",
    "overview",
    "plan",
    "read_texts",
    "render",
    "run_suite",
    "schemas",
    "show",
    "situations",
    "sources",
    "template",
    "verify_sources",
    "write_schemas",
    "write_situations",
]


def load_rulebook(folder: Path | str | None = None) -> Rulebook:
    """
    Return the rulebook in a folder that holds `rules/` and `seeds/`, or the one that comes with plenipo.

    One that was read before is taken from the user's cache folder as long as its files are the same (PLENIPO_CACHE
    names another folder, or is `off`).

    Raises:
        RulebookError: the rulebook has faults; all of them are told.
    """
    from pathlib import Path

    from plenipo.rulebook.load import load_rulebook

    return load_rulebook(None if folder is None else Path(folder))


def load_situation(
    situation: SituationLike,
    *,
    rulebook: Rulebook | None = None,
    changes: Mapping[str, str | bool | None] | None = None,
    considering: Iterable[str] = (),
) -> Situation:
    """
    Return a situation: from a fact file, `-` for stdin, the name of a bundled situation, or facts by id.

    `changes` are facts to be held whatever the situation says, `unknown` or None among their values; `considering` are
    options under discussion besides its own.

    >>> load_situation({"us_china_friction": "high"}, changes={"us_china_friction": None}).facts
    {}

    Raises:
        SituationError: the situation has faults; all of them are told.
        UsageError: there is no file and no bundled situation of that name.
    """
    from collections.abc import Mapping

    from plenipo.rulebook import bundle
    from plenipo.rulebook import situation as reading
    from plenipo.rulebook.model import Situation

    book = rulebook or load_rulebook()
    if isinstance(situation, Situation):
        read = situation
    elif isinstance(situation, Mapping):
        read = reading.situation_from(book, situation)
    else:
        read = reading.load_situation(book, bundle.resolve(str(situation)))
    added = reading.situation_from(book, changes or {}, considering=considering)
    return reading.combined(book, read, added, changes or {})


def situations() -> Mapping[str, str]:
    """Return the situations that come with plenipo: name -> title."""
    from plenipo.rulebook import bundle

    book = load_rulebook()
    return {name: load_situation(path, rulebook=book).title for name, path in bundle.situations().items()}


def advise(situation: SituationLike, *, rulebook: Rulebook | None = None, source: str | None = None) -> Advice:
    """
    Return the advice on a situation: the rules that fired, and the verdict on every option.

    `source` asks for what one essay gives alone.

    Raises:
        SituationError: the situation has faults.
        UsageError: there is no such source, or no situation of that name.
    """
    from plenipo.adviser import advise

    book = rulebook or load_rulebook()
    return advise(book, load_situation(situation, rulebook=book), source)


def by_source(situation: SituationLike, *, rulebook: Rulebook | None = None) -> BySource:
    """Return what each essay advises alone beside what they advise together; raises as `advise` does."""
    from plenipo.adviser import advise
    from plenipo.essays import by_source

    book = rulebook or load_rulebook()
    return by_source(book, load_situation(situation, rulebook=book), advise)


def plan(advice: Advice) -> Plan:
    """Return advice in the order in which somebody would act on it."""
    from plenipo.plan import plan

    return plan(advice)


def explain(advice: Advice, option: str, *, why_not: str | None = None) -> Explanation:
    """
    Return the whole justification of the verdict on an option, down to the facts.

    `why_not` names a verdict that might have been: the rules that could have given it are told with what they lacked.

    Raises:
        UsageError: there is no such option, or no such verdict.
    """
    from plenipo.advice import Verdict
    from plenipo.errors import UsageError, did_you_mean
    from plenipo.explain import explain

    if why_not is not None and why_not not in set(Verdict):
        known = ", ".join(f"`{verdict}`" for verdict in Verdict)
        help = (*did_you_mean(why_not, Verdict), f"the verdicts are {known}")
        raise UsageError(f"no verdict is called `{why_not}`", help=help)
    return explain(advice, option, None if why_not is None else Verdict(why_not))


def interview(
    situation: SituationLike | None = None,
    *,
    rulebook: Rulebook | None = None,
    declined: Iterable[str] = (),
    about: Iterable[str] = (),
) -> Interview:
    """
    Return a questionnaire at its start, or going on from a situation; it asks what can still change a verdict.

    `declined` are facts that were answered with "not known", `about` the options that count, by default all.

    >>> begun = interview(about=["four_party_talks"])
    >>> begun.question.fact.id, begun.asking.open
    ('wider_format_appetite', ('four_party_talks',))
    >>> interview({"us_china_friction": "high"}, about=["four_party_talks"]).question is None
    True

    Raises:
        SituationError: the situation has faults.
        UsageError: there is no such option, or no situation of that name.
    """
    from plenipo.interview import begin

    book = rulebook or load_rulebook()
    known = None if situation is None else load_situation(situation, rulebook=book)
    return begin(book, known, declined=declined, about=about)


def render(
    answer: Answer,
    format: str = "text",
    *,
    stream: TextIO | None = None,
    width: int | None = None,
    full: bool = False,
    texts: Texts | None = None,
    remark: str = "",
    one_line: bool = False,
) -> None:
    """
    Write a plan, an explanation or a comparison of the essays, as `text`, `json` or `md`, to stdout or another stream.

    `full` shows everything; `texts` (see `read_texts`) quotes the essays in explanations; `remark` is a word for the
    header; `one_line` puts a JSON document on one line.
    """
    from plenipo.report import Format, render

    render(
        answer,
        Format(format),
        stream=stream,
        width=width,
        full=full,
        texts=texts,
        remark=remark,
        one_line=one_line,
    )


def outlook(advice: Advice) -> Outlook:
    """
    Return which verdicts stand whatever the unknown facts turn out to be, and on which facts the others turn.

    It is exact, over all ways of filling in what is unknown.

    >>> outlook(advise({"us_china_friction": "high"})).options["concede_nuclear_right"].settled
    True
    """
    from plenipo.inquiry.outlook import outlook

    return outlook(advice)


def change(
    advice: Advice, option: str, verdict: str, *, may_change: Iterable[str] = (), hold: Iterable[str] = ()
) -> Change:
    """
    Return all smallest sets of facts which, changed or learned, would give an option a verdict.

    Facts that nobody can move stay, unless named in `may_change`; those in `hold` stay and are not learned either.

    Raises:
        UsageError: there is no such option, verdict or fact, or a fact is both held and free to change.
    """
    from plenipo.inquiry.change import change

    return change(advice, option, verdict, may_change=tuple(may_change), hold=tuple(hold))


def compare(before: SituationLike, after: SituationLike, *, rulebook: Rulebook | None = None) -> Contrast:
    """
    Return which verdicts differ between two situations, and the smallest part of the difference that explains each.

    Raises:
        SituationError: a situation has faults.
        UsageError: there is no situation of that name.
    """
    from plenipo.adviser import advise
    from plenipo.inquiry.compare import compare

    book = rulebook or load_rulebook()
    first, second = (advise(book, load_situation(each, rulebook=book)) for each in (before, after))
    return compare(first, second)


def read_texts(folder: Path | str, *, rulebook: Rulebook | None = None) -> Texts:
    """
    Return the cited paragraphs from the reader's own copy of the essays: (source, paragraph) -> text.

    Raises:
        UsageError: the folder is not there, or holds none of the essays.
    """
    from pathlib import Path

    from plenipo.errors import UsageError
    from plenipo.rulebook.fingerprint import cited_paragraphs, find_texts

    known = (rulebook or load_rulebook()).sources
    texts = find_texts(known, Path(folder))
    if not texts:
        help = tuple(f"source {source.id} is the file `{source.file}`" for source in known.values())
        raise UsageError(f"the folder `{folder}` holds none of the essays", help=help)
    return {
        (id, number): paragraph
        for id, text in texts.items()
        for number, paragraph in cited_paragraphs(known[id], text).items()
    }


def show(id: str, *, rulebook: Rulebook | None = None) -> Entry:
    """
    Return what a fact, an option, a finding, a rule, a proposition or a source is, and everything that touches it.

    >>> show("four_party_talks").kind
    'option'

    Raises:
        UsageError: nothing bears that name; the nearest one is suggested.
    """
    from plenipo.catalogue import look_up

    return look_up(rulebook or load_rulebook(), id)


def overview(*, rulebook: Rulebook | None = None) -> Overview:
    """Return the rulebook at a glance."""
    from plenipo.catalogue import overview

    return overview(rulebook or load_rulebook())


def template(*, rulebook: Rulebook | None = None, full: bool = False) -> str:
    """Return a fact file to fill in; `full` adds help on every question and the optional parts."""
    from plenipo.template import template

    return template(rulebook or load_rulebook(), full=full)


def run_suite(cases: Iterable[SituationLike] | None = None, *, rulebook: Rulebook | None = None) -> SuiteResult:
    """
    Hold the advice on situations, by default all that come with plenipo, against what they expect.

    Raises:
        SituationError: a situation has faults.
    """
    from plenipo.adviser import advise
    from plenipo.rulebook import bundle
    from plenipo.suite import judge

    book = rulebook or load_rulebook()
    chosen = bundle.situations() if cases is None else cases
    return judge(book, (advise(book, load_situation(each, rulebook=book)) for each in chosen))


def coverage(
    cases: Iterable[SituationLike] | None = None, *, rulebook: Rulebook | None = None, seconds: float = 30.0
) -> Coverage:
    """
    Return which rules fire in some situations, by default all that come with plenipo, and which conditions they decide.

    A condition is decided when it is true in one situation and false in another; what no situation could show is not
    counted. To know that may take a search, for which so many seconds are given.

    Raises:
        SituationError: a situation has faults.
    """
    from plenipo.inquiry.coverage import coverage

    book = rulebook or load_rulebook()
    return coverage(book, [case.facts for case in _cases(cases, book)], seconds)


def mutate(
    cases: Iterable[SituationLike] | None = None, *, rulebook: Rulebook | None = None, seconds: float = 30.0
) -> Mutation:
    """
    Return which small mistakes in the rulebook the expectations of some situations notice, and which they do not.

    A mistake that no situation at all shows by a verdict is not counted. One search for such a situation may take so
    many seconds.

    Raises:
        SituationError: a situation has faults.
    """
    from plenipo.inquiry.mutation import mutation

    book = rulebook or load_rulebook()
    return mutation(book, _cases(cases, book), seconds)


def generate(*, rulebook: Rulebook | None = None, seconds: float = 30.0) -> Generated:
    """Return a small set of situations that fires every rule and decides every condition both ways."""
    from plenipo.inquiry.generation import generate

    return generate(rulebook or load_rulebook(), seconds)


def _cases(cases: Iterable[SituationLike] | None, book: Rulebook) -> list[Situation]:
    from plenipo.rulebook import bundle

    return [load_situation(each, rulebook=book) for each in (bundle.situations() if cases is None else cases)]


def check(folder: Path | str | None = None, *, seconds: float = 60.0, witnesses: bool = False) -> Examination:
    """
    Run every check on the rulebook in a folder, or on the one that comes with plenipo, and count what it cites.

    Each question over every situation is given so many seconds; `witnesses` asks for situations that bear out what is
    found.

    Raises:
        RulebookError: the rulebook cannot be loaded; all that was found is told.
    """
    from pathlib import Path

    from plenipo.examination import examine

    return examine(None if folder is None else Path(folder), seconds=seconds, witnesses=witnesses)


def diff(first: Path | str | Rulebook, second: Path | str | Rulebook, *, seconds: float = 60.0) -> Difference:
    """
    Return the options on which two rulebooks can give different verdicts, each with a situation in which they do.

    That an option is not among them is proof that they always agree on it, unless it is said to be undecided.

    Raises:
        RulebookError: one of them cannot be loaded.
    """
    from plenipo.inquiry.difference import difference
    from plenipo.rulebook.model import Rulebook

    one, other = (book if isinstance(book, Rulebook) else load_rulebook(book) for book in (first, second))
    return difference(one, other, seconds)


def write_situations(situations: Iterable[Situation], folder: Path | str) -> tuple[Path, ...]:
    """Write each situation to a fact file of its name in a folder, which is made if need be, and return the files."""
    from pathlib import Path

    from plenipo.rulebook.telling import write_fact_files

    return write_fact_files(situations, Path(folder))


def sources(*, rulebook: Rulebook | None = None) -> tuple[Source, ...]:
    """Return the essays behind the rulebook, with their propositions."""
    return tuple((rulebook or load_rulebook()).sources.values())


def verify_sources(files: Iterable[Path | str], *, rulebook: Rulebook | None = None) -> tuple[Verification, ...]:
    """
    Compare texts of the essays, paragraph by paragraph, with the fingerprints that the rulebook keeps.

    Raises:
        FaultsError: a file cannot be read as text.
    """
    from pathlib import Path

    from plenipo.errors import FaultsError
    from plenipo.rulebook.faults import Faults
    from plenipo.rulebook.fingerprint import read_text, verify

    known = (rulebook or load_rulebook()).sources
    faults = Faults()
    texts = {str(file): read_text(Path(file), faults) for file in files}
    if faults.fatal:
        raise FaultsError(tuple(faults))
    return tuple(verify(known, text, name) for name, text in texts.items() if text is not None)


def schemas(*, rulebook: Rulebook | None = None) -> Mapping[str, Any]:
    """Return the JSON Schema of each kind of file, with the ids and values of the rulebook: kind -> schema."""
    from plenipo.rulebook.schema import schemas

    return schemas(rulebook or load_rulebook())


def write_schemas(folder: Path | str, *, rulebook: Rulebook | None = None) -> tuple[Path, ...]:
    """Write each JSON Schema to its file in a folder, which is made if need be, and return the files."""
    from plenipo.rulebook.schema import write_schemas

    return write_schemas(rulebook or load_rulebook(), folder)


class _Library(ModuleType):
    """The package, whose functions stay when a submodule of the same name is imported (docs/decisions/0006)."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in __all__):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Library
