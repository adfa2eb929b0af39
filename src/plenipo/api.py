"""
Every public call, each of which the package hands on under its own name (`plenipo.advise`).

A call reads what it is given once. A rulebook left out is the one that comes with plenipo. A situation may be facts by
id, a fact file, the name of a bundled situation, a `Situation`, or an `Advice`, which brings its own rulebook. What a
call needs is imported when it is called.

Names are read as people type them, by id or by title, whatever their case, spaces, hyphens and quotes: where one
reading is left it is taken, with the warning `LooselyRead`; where several are, that is an error. Within
`exact_names()` every name counts only as the rulebook writes it.
"""

from __future__ import annotations

from collections.abc import Mapping

from plenipo.report import print_answer, render
from plenipo.rulebook.loose_names import LooselyRead as LooselyRead  # noqa: PLC0414 - a public name like the others
from plenipo.rulebook.loose_names import exact_names as exact_names  # noqa: PLC0414 - likewise
from plenipo.rulebook.model import Situation
from plenipo.search_time import SECONDS, SECONDS_OVER_ALL, search_time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path
    from typing import Any, Literal

    from plenipo.advice.by_source import BySource
    from plenipo.advice.conclude import Advice
    from plenipo.advice.explain import Explanation
    from plenipo.advice.reasoning_graph import ReasoningGraph
    from plenipo.advice.trace import Trace
    from plenipo.audit.coverage import Coverage
    from plenipo.audit.diff import Difference
    from plenipo.audit.examine import Examination
    from plenipo.audit.generate import Generated
    from plenipo.audit.mutation import Mutation
    from plenipo.audit.suite import SuiteResult
    from plenipo.batch.counts import BatchSummary
    from plenipo.batch.lookup import AnsweredCase
    from plenipo.counsel.brief import Brief
    from plenipo.counsel.compare import Contrast
    from plenipo.counsel.plan import Plan
    from plenipo.counsel.report import Report
    from plenipo.counsel.roadmap import Roadmap
    from plenipo.counsel.sweep import Sweep
    from plenipo.inquiry.change import Change
    from plenipo.inquiry.outlook import Outlook
    from plenipo.inquiry.robustness import Robustness
    from plenipo.interview import Interview
    from plenipo.report.document import Texts
    from plenipo.rulebook.catalogue import Entry, Overview
    from plenipo.rulebook.essays import Sources, Verifications
    from plenipo.rulebook.model import Rulebook
    from plenipo.situations.read import Changes, GivenFacts

    #: Where a situation is wanted: one that was read, facts, a file, the name of a bundled one, or advice on one.
    SituationLike = Situation | GivenFacts | Path | str | Advice


# Files


def load_rulebook(folder: Path | str | None = None) -> Rulebook:
    """
    Return the rulebook in a folder that holds `rules/` and `seeds/`, or the one that comes with plenipo.

    One that was read before is taken from the user's cache folder as long as its files are the same (PLENIPO_CACHE
    names another folder, or is `off`).

    Raises:
        RulebookError: the rulebook has faults; the error holds all of them.
    """
    from pathlib import Path

    from plenipo.rulebook import load

    return load.load_rulebook(None if folder is None else Path(folder))


def load_situation(
    situation: SituationLike,
    *,
    rulebook: Rulebook | None = None,
    changes: GivenFacts | Changes | None = None,
    considering: Iterable[str] = (),
    based_on: str | Path = "",
) -> Situation:
    """
    Return a situation: from a fact file, `-` for stdin, the name of a bundled situation, or facts by id.

    `changes` set facts, overriding the situation; `unknown` and None say that a fact is not known. `considering` are
    options under discussion besides its own. `based_on` is another situation, by name or file, from which facts are
    taken over that this one leaves out, in the place of the one that a file names.

    >>> load_situation({"us_china_friction": "high"}, changes={"us_china_friction": None}).facts
    {}

    Raises:
        SituationError: the situation has faults; the error holds all of them.
        UsageError: there is no file and no bundled situation of that name.
    """
    from dataclasses import replace
    from pathlib import Path

    from plenipo.rulebook import locations, loose_names, unknown_names
    from plenipo.situations import read

    book = _book(rulebook, situation)
    set_beside = (
        changes if isinstance(changes, read.Changes) else read.read_changes(book, changes, considering, str(based_on))
    )
    given: Any = getattr(situation, "situation", situation)
    if isinstance(given, Situation):
        loose_names.tell(set_beside.read_as)
        return read.with_changes(book, given, set_beside)
    if isinstance(given, Mapping):
        found = read.situation_from(book, given, set_beside)
    else:
        path = locations.resolve(str(given), book.folder, unknown_names.out_of_place(book, str(given)))
        found = read.load_situation(book, path, set_beside)
        found = found if path == Path(given) else replace(found, name=path.stem, file="")
    loose_names.tell(found.read_as)
    return found


def situations(folder: Path | str | None = None) -> Mapping[str, str]:
    """
    Return the situations that come with plenipo, or else with the rulebook in a folder: name -> title.

    Raises:
        RulebookError: the rulebook has faults.
        SituationError: a situation has faults.
    """
    from pathlib import Path

    from plenipo.rulebook import locations

    book, found = load_rulebook(folder), locations.situations(None if folder is None else Path(folder))
    return {name: load_situation(path, rulebook=book).title for name, path in found.items()}


def write_situations(situations: Iterable[Situation], folder: Path | str, *, force: bool = False) -> tuple[Path, ...]:
    """
    Write each situation to a fact file of its name in a folder, which is made if need be, and return the files.

    Raises:
        UsageError: there is such a file already, and `force` does not allow to overwrite it; nothing is written then.
    """
    from pathlib import Path

    from plenipo.situations import write

    return write.write_fact_files(situations, Path(folder), force=force)


def template(*, rulebook: Rulebook | None = None, full: bool = False) -> str:
    """Return a fact file to fill in; `full` adds help on every question and the optional parts."""
    from plenipo.situations import template

    return template.template(_book(rulebook), full=full)


def write_table(
    path: Path | str,
    situations: Iterable[SituationLike] = (),
    *,
    rulebook: Rulebook | None = None,
    force: bool = False,
) -> None:
    """
    Write a table to fill in for `batch`: a column for the key and one for each fact, a row for each of some situations.

    The name shows whether it is CSV, TSV or a workbook (`.xlsx`), in which each fact offers its values.

    Raises:
        UsageError: the file is there and `force` does not allow to overwrite it, or its name shows no such kind.
        SituationError: a situation cannot be used.
    """
    from pathlib import Path

    from plenipo.batch.output import table_to_fill

    book = _book(rulebook)
    loaded = [load_situation(each, rulebook=book) for each in situations]
    table_to_fill.write_table(book, Path(path), loaded, force=force)


def schemas(*, rulebook: Rulebook | None = None) -> Mapping[str, Any]:
    """Return the JSON Schema of each kind of file, with the ids and values of the rulebook: kind -> schema."""
    from plenipo.situations import json_schema

    return json_schema.schemas(_book(rulebook))


def write_schemas(folder: Path | str, *, rulebook: Rulebook | None = None) -> tuple[Path, ...]:
    """Write each JSON Schema to its file in a folder, which is made if need be, and return the files."""
    from plenipo.situations import json_schema

    return json_schema.write_schemas(_book(rulebook), folder)


def output_schemas() -> Mapping[str, Any]:
    """
    Return the JSON Schema of each kind of JSON that comes out: kind, as documents name it -> schema.

    >>> sorted(output_schemas()["advice"]["properties"])[:3]
    ['brief', 'cautions', 'findings']
    """
    from plenipo.report import output_schemas

    return output_schemas.output_schemas()


def write_output_schemas(folder: Path | str) -> tuple[Path, ...]:
    """Write the JSON Schema of each kind of JSON that comes out to its file in a folder, and return the files."""
    from pathlib import Path

    from plenipo.report import output_schemas

    return output_schemas.write_output_schemas(Path(folder))


# What the rulebook holds


def show(id: str, *, rulebook: Rulebook | None = None) -> Entry:
    """
    Return what a name of the rulebook means (a fact, say, or a rule) and everything that has to do with it.

    >>> show("four_party_talks").kind
    'option'

    Raises:
        UsageError: nothing has that name; the error suggests the nearest one.
    """
    from plenipo.rulebook import catalogue

    return catalogue.look_up(_book(rulebook), id)


def overview(*, rulebook: Rulebook | None = None) -> Overview:
    """Return the rulebook at a glance; the bundled one with the situations that come with it."""
    from dataclasses import replace

    from plenipo.rulebook import catalogue

    glance = catalogue.overview(_book(rulebook))
    return glance if rulebook else replace(glance, situations=situations())


def sources(*, rulebook: Rulebook | None = None) -> Sources:
    """Return the sources behind the rulebook, with their propositions."""
    from plenipo.rulebook import essays

    return essays.Sources(_book(rulebook).sources.values())


def read_texts(where: Path | str, *, rulebook: Rulebook | None = None) -> Texts:
    """
    Return the cited paragraphs from the reader's own copy of the sources: (source, paragraph) -> text.

    They are in a folder, in a file, or in the files that a pattern matches.

    Raises:
        UsageError: there is no such folder, or none of the sources is there.
        FaultsError: it is a file that cannot be read as text.
    """
    from plenipo.rulebook import essay_files, essays

    known = _book(rulebook).sources
    return {
        (id, number): paragraph
        for id, text in essay_files.find_texts(known, where).items()
        for number, paragraph in essays.cited_paragraphs(known[id], text).items()
    }


def fingerprints(files: Iterable[Path | str]) -> str:
    """
    Return the fingerprints of the paragraphs of texts, as the `paragraphs:` of a source in a rulebook, in YAML.

    Each block between blank lines counts as a paragraph: leave out the lines of headings and captions.

    Raises:
        FaultsError: a file cannot be read as text.
    """
    from pathlib import Path

    from plenipo.errors import shown
    from plenipo.rulebook import essay_files, essays

    texts = essay_files.texts_of(files)
    return "\n".join(essays.fingerprints(text, shown(Path(name))) for name, text in texts.items())


def verify_sources(files: Iterable[Path | str], *, rulebook: Rulebook | None = None) -> Verifications:
    """
    Compare texts of the sources, paragraph by paragraph, with the fingerprints that the rulebook keeps.

    Of a folder, or of what a pattern matches, the texts that hold a paragraph of a source are compared.

    Raises:
        UsageError: there is no such folder, or none of the sources is there.
        FaultsError: a file cannot be read as text.
    """
    from plenipo.rulebook import essay_files, essays

    known = _book(rulebook).sources
    texts = essay_files.read_essays(known, files)
    return essays.Verifications(essays.verify(known, text, name) for name, text in texts.items())


# One situation


def advise(
    situation: SituationLike,
    *,
    rulebook: Rulebook | None = None,
    source: str | None = None,
    based_on: str | Path = "",
) -> Advice:
    """
    Return the advice on a situation: the rules that fired, and the verdict on every option.

    `source` asks for what one source alone advises; `based_on` is as in `load_situation`. A `Situation` is advised on
    as it is, and advice that was given before is returned unchanged unless something else is asked for.

    Raises:
        SituationError: the situation has faults.
        UsageError: there is no such source, or no situation of that name.
    """
    from plenipo.advice import adviser
    from plenipo.advice.conclude import Advice
    from plenipo.rulebook import loose_names
    from plenipo.rulebook.model import Source

    book = _book(rulebook, situation)
    if isinstance(situation, Advice) and situation.rulebook is book and not (source or based_on):
        return situation
    given_by = loose_names.taken(book, source, Source) if source else None
    return adviser.advise(book, _situation(situation, book, based_on), given_by)


def by_source(situation: SituationLike, *, rulebook: Rulebook | None = None) -> BySource:
    """Return what each source advises alone beside what they advise together; raises what `advise` raises."""
    from plenipo.advice import adviser, by_source

    book = _book(rulebook, situation)
    return by_source.by_source(book, _situation(situation, book), adviser.advise)


def brief(situation: SituationLike, *, rulebook: Rulebook | None = None, source: str | None = None) -> Brief:
    """
    Return what to hear first of the advice on a situation, on one screen; raises what `advise` raises.

    >>> [each.option.id for each in brief({"un_assessor_access": "all"}).lead][:1]
    ['humanitarian_assistance']
    """
    from plenipo.counsel import brief

    return brief.brief(advise(situation, rulebook=rulebook, source=source))


def plan(situation: SituationLike, *, rulebook: Rulebook | None = None, source: str | None = None) -> Plan:
    """Return the advice on a situation in the order in which somebody would act on it; raises what `advise` raises."""
    from plenipo.counsel import plan

    return plan.plan(advise(situation, rulebook=rulebook, source=source))


def report(
    situations: SituationLike | Iterable[SituationLike],
    *,
    rulebook: Rulebook | None = None,
    source: str | None = None,
) -> Report:
    """
    Return everything there is to say of a situation, or of several side by side, to be written as a report.

    That is the brief, the roadmap, the facts, every option with what would change its verdict, and what it all rests
    on; of several situations how verdicts and facts differ, and over time what came and went. Raises what `advise`
    raises.

    >>> len(report([{"us_china_friction": "high"}, {"us_china_friction": "low"}]).verdicts) > 70
    True
    """
    from pathlib import Path

    from plenipo.advice.conclude import Advice
    from plenipo.counsel import report
    from plenipo.errors import UsageError

    one = isinstance(situations, (str, Path, Mapping, Situation, Advice))
    given: list[Any] = [situations] if one else list(situations)  # type: ignore[arg-type]
    if not given:
        raise UsageError("there is no situation to report on")
    book = _book(rulebook, *given)
    return report.report(advise(each, rulebook=book, source=source) for each in given)


def write_answer(
    answer: object,
    file: Path | str,
    format: str | None = None,
    *,
    force: bool = False,
    spare: Iterable[Path | str] = (),
    full: bool = False,
    width: int | None = None,
    remark: str = "",
    texts: Texts | None = None,
    asked: Sequence[str] = (),
    seconds: float = SECONDS,
) -> None:
    """
    Write an answer to a file, whole or not at all: `-` is stdout, and a name ending in `.pdf` gives a PDF.

    The `format` is one of those of `render`, or `pdf`; without it the ending of the name says it. A PDF is made by
    WeasyPrint (`plenipo[pdf]`), or by a Chromium or Chrome that is found; neither fetches anything. Files in `spare`
    are never overwritten, `force` or not. The other parameters are as in `render`.

    Raises:
        TypeError: this is not an answer.
        UsageError: there is such a file already and `force` does not allow to overwrite it, it cannot be written, it
            has no such format, or nothing here can make a PDF.
    """
    from plenipo.report import registry, whole_file

    form = whole_file.format_of(str(file), format, registry.formats_of(registry.module_of(answer)))
    if str(file) == whole_file.STDOUT and form != "pdf":
        print_answer(answer, form, width=width, full=full, remark=remark, texts=texts, asked=asked, seconds=seconds)
        return

    def written(form: str) -> str:
        return render(answer, form, width=width, full=full, remark=remark, texts=texts, asked=asked, seconds=seconds)

    whole_file.write(str(file), form, written, force=force, spare=spare)


def roadmap(
    situation: SituationLike,
    *,
    suppose: GivenFacts | Changes | None = None,
    depth: int = 4,
    rulebook: Rulebook | None = None,
    source: str | None = None,
) -> Roadmap:
    """
    Return what to do now, and stage by stage what comes up once that has succeeded.

    Where another party chooses how a step ends, the roadmap branches. It starts from the situation in which the facts
    to `suppose` are so, and has at most `depth` stages, up to eight.

    >>> ahead = roadmap({"us_negotiator": "vacant", "dprk_counterpart": "not_invited"}, depth=2)
    >>> [step.option.id for step in ahead.first.steps][:2]
    ['appoint_negotiator', 'invite_counterpart']

    Raises:
        SituationError: the situation, or what is supposed of it, has faults.
        UsageError: there is no such source, no situation of that name, or no roadmap of that depth.
    """
    from plenipo.counsel import roadmap
    from plenipo.errors import UsageError
    from plenipo.situations import read

    book = _book(rulebook, situation)
    known = _situation(situation, book)
    supposed = suppose if isinstance(suppose, read.Changes) else read.read_changes(book, suppose)
    after = load_situation(known, rulebook=book, changes=supposed).facts
    if forgotten := sorted(id for id in supposed.facts if id not in after):
        help = (f"`--set {forgotten[0]}=unknown` makes a fact unknown",)
        raise UsageError(f"`{forgotten[0]}` is supposed to be unknown, and only a value can be supposed", help=help)
    new = {id: value for id, value in after.items() if known.facts.get(id) != value}
    return roadmap.roadmap(advise(known, rulebook=book, source=source), new, depth)


def explain(
    situation: SituationLike,
    option: str,
    *,
    why_not: str | None = None,
    rulebook: Rulebook | None = None,
    source: str | None = None,
) -> Explanation:
    """
    Return the whole justification of the verdict on an option, down to the facts.

    `why_not` names a verdict that the option might have had: for each rule that could have given it, the explanation
    says what the rule lacked.

    >>> explain({"us_china_friction": "high"}, "four_party_talks").verdict.value
    'defer'

    Raises:
        SituationError: the situation has faults.
        UsageError: there is no such option, verdict, source or situation.
    """
    from plenipo.advice import explain
    from plenipo.rulebook import unknown_names
    from plenipo.rulebook.verdict import Verdict

    why_not = None if why_not is None else _verdict(why_not)
    if why_not is not None and why_not not in set(Verdict):
        raise unknown_names.no_verdict(why_not)
    advice = advise(situation, rulebook=rulebook, source=source)
    (option,) = _taken(advice.rulebook, [option], "option")
    return explain.explain(advice, option, None if why_not is None else Verdict(why_not))


def trace(
    situation: SituationLike,
    *,
    rules: Iterable[str] = (),
    options: Iterable[str] = (),
    findings: bool = False,
    not_fired: bool = False,
    flat: bool = False,
    rulebook: Rulebook | None = None,
    source: str | None = None,
) -> Trace:
    """
    Return every rule that fired in a situation, with what met it, what it drew and what overrode or outranked it.

    `rules` and `options` narrow it to these rules and to those that speak of these options, `findings` to those that
    find something. It also holds the rules that did not fire, each with the first thing that it lacks; where it is
    rendered as text or Markdown, `not_fired` shows them in place of the others, and `flat` leaves out the subjects.

    >>> traced = trace({"us_china_friction": "high"}, options=["four_party_talks"])
    >>> [fired.node.rule.id for fired in traced.fired][-1]
    'rivalry-defers-four-party'

    Raises:
        SituationError: the situation has faults.
        UsageError: there is no such rule, option or source, or no situation of that name.
    """
    from plenipo.advice import trace

    advice = advise(situation, rulebook=rulebook, source=source)
    book = advice.rulebook
    narrowed = {"rules": _taken(book, rules, "rule"), "options": _taken(book, options, "option")}
    return trace.trace(advice, **narrowed, findings=findings, not_fired=not_fired, flat=flat)


def graph(
    situation: SituationLike | None = None,
    option: str | None = None,
    *,
    unfolded: bool = False,
    rulebook: Rulebook | None = None,
    source: str | None = None,
) -> ReasoningGraph:
    """
    Return the reasoning as a graph of facts, findings and options: what is at work in a situation, and what decides.

    Without a situation it is that of the rulebook; with an `option`, what can matter for it alone. Rules are folded
    into the edges, or nodes of their own where the graph is `unfolded`. `render(graph, "svg")` draws it.

    >>> render(graph(option="four_party_talks"), "mermaid").splitlines()[0]
    'flowchart LR'

    Raises:
        SituationError: the situation has faults.
        UsageError: there is no such option, source or situation.
    """
    from plenipo.advice import reasoning_graph

    book = _book(rulebook, situation)
    advice = None if situation is None else advise(situation, rulebook=book, source=source)
    (option,) = _taken(book, [option], "option") if option else (option,)
    return reasoning_graph.reasoning_graph(advice.rulebook if advice else book, advice, option, unfolded=unfolded)


def outlook(
    situation: SituationLike, *, rulebook: Rulebook | None = None, source: str | None = None, seconds: float = SECONDS
) -> Outlook:
    """
    Return which verdicts hold whatever the unknown facts turn out to be, and on which facts the others depend.

    It is exact, over all ways of filling in what is unknown, as far as searching takes no more than `seconds`; what is
    `undecided` by then is said. Raises what `advise` raises.

    >>> outlook({"us_china_friction": "high"}).options["concede_nuclear_right"].settled
    True
    """
    from plenipo.inquiry import outlook

    with search_time(seconds):
        return outlook.outlook(advise(situation, rulebook=rulebook, source=source))


def change(
    situation: SituationLike,
    option: str,
    verdict: str,
    *,
    may_change: Iterable[str] = (),
    hold: Iterable[str] = (),
    rulebook: Rulebook | None = None,
    source: str | None = None,
    seconds: float = SECONDS,
) -> Change:
    """
    Return all smallest sets of facts which, changed or learned, would give an option a verdict.

    Facts that nobody can move stay, unless named in `may_change`; those in `hold` stay and are not learned either.
    Searching may take so many `seconds`; what is `undecided` by then is said.

    Raises:
        SituationError: the situation has faults.
        UsageError: there is no such option, verdict or fact, or a fact is in both `hold` and `may_change`.
    """
    from plenipo.inquiry import change

    advice = advise(situation, rulebook=rulebook, source=source)
    book = advice.rulebook
    (option,) = _taken(book, [option], "option")
    may, held = _taken(book, may_change, "fact"), _taken(book, hold, "fact")
    with search_time(seconds):
        return change.change(advice, option, _verdict(verdict), may_change=may, hold=held)


def compare(
    before: SituationLike, after: SituationLike, *, rulebook: Rulebook | None = None, seconds: float = SECONDS
) -> Contrast:
    """
    Return what is advised differently in two situations, and which facts explain it.

    That is what leads, verdicts, each with the smallest part of the difference in facts that explains it, reasons,
    cautions, findings, and what deferred options wait for. Searching for what explains the verdicts may take so many
    `seconds`; what is `undecided` by then is said.

    Raises:
        SituationError: a situation has faults.
        UsageError: there is no situation of that name.
    """
    from plenipo.counsel import compare

    book = _book(rulebook, before, after)
    with search_time(seconds):
        return compare.compare(advise(before, rulebook=book), advise(after, rulebook=book))


def interview(
    situation: SituationLike | None = None,
    *,
    rulebook: Rulebook | None = None,
    declined: Iterable[str] = (),
    about: Iterable[str] = (),
    seconds: float = SECONDS,
) -> Interview:
    """
    Return a questionnaire at its start, or going on from a situation; it asks what can still change a verdict.

    `declined` are facts that were answered with "not known", `about` the options that count, by default all. Searching
    for what to ask next may take so many `seconds` each time.

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

    book = _book(rulebook, situation)
    known = None if situation is None else _situation(situation, book)
    declined, about = _taken(book, declined, "fact"), _taken(book, about, "option")
    return begin(book, known, declined=declined, about=about, seconds=seconds)


# Very many situations


def sweep(
    situation: SituationLike,
    over: Iterable[str],
    *,
    unknown: bool = False,
    about: Iterable[str] = (),
    rulebook: Rulebook | None = None,
    source: str | None = None,
) -> Sweep:
    """
    Return the advice on every combination of the values of some facts; all other facts are as in the situation.

    Combinations that constraints rule out are left out; cases in which the same is advised form a group (`alike`).
    `unknown` counts "not known" as one more value of each fact;
    `about` are the options that count, by default all; `source` asks for what one source advises alone.

    >>> swept = sweep({"us_china_friction": "low"}, ["dprk_wants_china", "wider_format_appetite"])
    >>> len(swept.facts), swept.counts["four_party_talks"]["consider"]
    (4, 1)

    Raises:
        SituationError: the situation has faults.
        UsageError: there is no such fact, option, source or situation, or there are too many combinations.
    """
    from plenipo.counsel import sweep

    book = _book(rulebook, situation)
    named = _taken(book, over, "fact")
    freed = load_situation(situation, rulebook=book, changes={fact: None for fact in named if fact in book.facts})
    advice = advise(freed, rulebook=book, source=source)
    return sweep.sweep(advice, named, unknown=unknown, about=_taken(book, about, "option"))


def robust(
    situation: SituationLike,
    *,
    samples: int | None = None,
    exact: bool = False,
    seed: int = 0,
    seconds: float = SECONDS_OVER_ALL,
    equally: Iterable[str] = (),
    about: Iterable[str] = (),
    rulebook: Rulebook | None = None,
    source: str | None = None,
) -> Robustness:
    """
    Return how often each verdict holds over all situations that are likely by what a situation says of unknown facts.

    The answer says in which share of these situations each option has each verdict, which facts move it, in which
    regions it changes and by which rules, and how much of the advice is left without each source. With `samples`, that
    many situations are sampled, with `seed`; with `exact`, all of them are weighed, for at most `seconds`; with
    neither, they are weighed unless that takes too many steps. Facts in `equally` have each value as likely as the
    others; `unknown` among them means all that are not known. `about` are the options that count; `source` asks for
    what one source advises alone.

    >>> found = robust({"us_china_friction": "low"}, equally=["dprk_wants_china", "wider_format_appetite"])
    >>> {verdict.value: str(share) for verdict, share in found.options["four_party_talks"].shares.items()}
    {'defer': '3/4', 'consider': '1/4'}

    Raises:
        SituationError: the situation has faults.
        UsageError: nothing is likely, there is no such fact, option, source or situation, or time is up.
    """
    from plenipo.inquiry import robustness

    advice = advise(situation, rulebook=rulebook, source=source)
    book = advice.rulebook
    return robustness.robustness(
        advice,
        samples=samples,
        exact=exact,
        seed=seed,
        seconds=seconds,
        equally=_taken(book, equally, "fact"),
        about=_taken(book, about, "option"),
        sources=() if source else None,
    )


def batch(
    inputs: Iterable[Path | str] | Path | str,
    out: Path | str | None = None,
    *,
    rulebook: Rulebook | None = None,
    form: str | None = None,
    kind: str | None = None,
    separator: str | None = None,
    sheet: str | int | None = None,
    encoding: str | None = None,
    key: str | None = None,
    reasons: str | None = None,
    facts: bool = True,
    extra: bool = False,
    strict: bool = False,
    force: bool = False,
    resume: bool = False,
    summary: bool = True,
    lead: bool = False,
    max_row: int | str | None = None,
    max_columns: int | None = None,
    max_unpacked: int | str | None = None,
    progress: Callable[[int, int], None] | None = None,
    say: Callable[[str], None] | None = None,
    engine: Literal["polars", "spark"] = "polars",
    master: str | None = None,
) -> BatchSummary:
    """
    Answer every situation of some files and return what came of it; the answers go to the file `out`, if one is named.

    Inputs are fact files, folders of them, tables (CSV, TSV, JSON Lines, Parquet, Arrow, workbooks), packed or not,
    patterns, and `-` for stdin; `kind` says what they are where their names do not, and `form` what `out` is to be
    (`parquet`, `arrow`, `csv`, `tsv`, `jsonl`, `xlsx`). `separator` is what separates cells in CSV and TSV whose header
    does not show it, `sheet` the name or the number of the sheet to read of workbooks, `encoding` the encoding of texts
    that are not UTF-8, which else is guessed. `key` names the column that identifies a row; without one, a key is made.
    `reasons` are `bits`, `ids` or `none`; without `facts`, `out` holds the verdicts alone; `extra` keeps columns that
    are not facts. A row that is wrong is rejected, unless `strict`. `out` is written whole or not at all, and is
    overwritten only with `force`; `resume` goes on with a run that was stopped. `summary` counts verdicts and rules.
    `lead` adds the columns `lead_1` to `lead_3`: the options that the brief of the row names first. `max_row`, as
    in `64MB`, `max_columns` and `max_unpacked` raise the bounds on the bytes of a row, the columns of a table, and the
    bytes that a packed file unpacks to. `progress` is called with the number of rows done, and how many there may be,
    `say` with each remark on how the inputs are read.
    With the engine `spark` the inputs are what Spark reads, `out` is a folder, and the work is done by the cluster
    `master`; see docs/spark.md.

    Raises:
        SituationError: an input cannot be read, a column is not a fact, or, where `strict`, a row is wrong.
        UsageError: two parameters do not go together, one has no such value, or `out` cannot be written.
    """
    from functools import partial

    from plenipo.batch import parameters

    job = parameters.job_of(
        inputs,
        out,
        form=form,
        kind=kind,
        separator=separator,
        sheet=sheet,
        encoding=encoding,
        key=key,
        reasons=reasons,
        facts=facts,
        extra=extra,
        strict=strict,
        force=force,
        resume=resume,
        summary=summary,
        lead=lead,
        max_row=max_row,
        max_columns=max_columns,
        max_unpacked=max_unpacked,
    )
    book = _book(rulebook)
    if parameters.runs_on_spark(engine, master, lead=lead):
        from plenipo.batch import spark

        return spark.run_on_spark(book, job, master)
    from plenipo.batch import run
    from plenipo.counsel import leads

    return run.run_batch(book, job, progress, partial(leads.leads, book) if lead else None, say)


def find_case(out: Path | str, key: str | int, *, rulebook: Rulebook | None = None) -> AnsweredCase:
    """
    Return a row of a finished batch, by its key: its situation, and what was answered then.

    Raises:
        UsageError: the file is not a batch, has no facts, or has no such row, or several.
        SituationError: the file cannot be read.
    """
    from pathlib import Path

    from plenipo.batch import lookup

    return lookup.find_row(_book(rulebook), Path(out), str(key))


# The rulebook itself


def check(
    folder: Path | str | None = None, *, seconds: float = SECONDS_OVER_ALL, witnesses: bool = False, style: bool = False
) -> Examination:
    """
    Run every check on the rulebook in a folder, or on the one that comes with plenipo, and count what it cites.

    All questions over every situation together may take `seconds`; `witnesses` asks for situations that show what is
    found. With `style`, the sentences are examined as well.

    Raises:
        RulebookError: the rulebook cannot be loaded; the error holds all that was found.
    """
    from pathlib import Path

    from plenipo.audit import examine

    return examine.examine(None if folder is None else Path(folder), seconds=seconds, witnesses=witnesses, style=style)


def diff(
    first: Path | str | Rulebook, second: Path | str | Rulebook, *, seconds: float = SECONDS_OVER_ALL
) -> Difference:
    """
    Return the options on which two rulebooks can give different verdicts, each with a situation in which they do.

    On every other option the two are proved to agree always, unless the answer says that it is undecided.

    Raises:
        RulebookError: one of them cannot be loaded.
    """
    from plenipo.audit import diff
    from plenipo.rulebook.model import Rulebook

    one, other = (book if isinstance(book, Rulebook) else load_rulebook(book) for book in (first, second))
    return diff.difference(one, other, seconds)


def run_suite(cases: Iterable[SituationLike] | None = None, *, rulebook: Rulebook | None = None) -> SuiteResult:
    """
    Compare the advice on situations, by default all that come with plenipo, with what they expect.

    Raises:
        SituationError: a situation has faults.
    """
    from plenipo.audit import suite

    book = _book(rulebook)
    return suite.hold_to_expectations(book, (advise(each, rulebook=book) for each in _cases(cases, book)))


def coverage(
    cases: Iterable[SituationLike] | None = None, *, rulebook: Rulebook | None = None, seconds: float = SECONDS_OVER_ALL
) -> Coverage:
    """
    Return which rules fire in some situations, by default all that come with plenipo, and which conditions they decide.

    A condition is decided when it is true in one situation and false in another; what no situation could show is not
    counted. Searching for that may take `seconds`.

    Raises:
        SituationError: a situation has faults.
    """
    from plenipo.audit import coverage

    book = _book(rulebook)
    return coverage.coverage(book, [_situation(each, book).facts for each in _cases(cases, book)], seconds)


def mutate(
    cases: Iterable[SituationLike] | None = None, *, rulebook: Rulebook | None = None, seconds: float = SECONDS_OVER_ALL
) -> Mutation:
    """
    Return which small mistakes in the rulebook the expectations of some situations notice, and which they do not.

    A mistake that no situation at all shows by a verdict is not counted. Searching for such situations may take
    `seconds`.

    Raises:
        SituationError: a situation has faults.
    """
    from plenipo.audit import mutation

    book = _book(rulebook)
    return mutation.mutation(book, [_situation(each, book) for each in _cases(cases, book)], seconds)


def generate(*, rulebook: Rulebook | None = None, seconds: float = SECONDS_OVER_ALL) -> Generated:
    """Return a small set of situations that fires every rule and decides every condition both ways."""
    from plenipo.audit import generate

    return generate.generate(_book(rulebook), seconds)


def _book(rulebook: Rulebook | None, *given: object) -> Rulebook:
    """Return the rulebook that is asked for, else that of the first advice given, else the one of plenipo."""
    advised = (book for each in given if (book := getattr(each, "rulebook", None)))
    return rulebook or next(advised, None) or load_rulebook()


def _situation(situation: SituationLike, rulebook: Rulebook, based_on: str | Path = "") -> Situation:
    """Return what was given as a situation; one that is a `Situation` already is not checked again."""
    given = getattr(situation, "situation", situation)
    if isinstance(given, Situation) and not based_on:
        return given
    return load_situation(given, rulebook=rulebook, based_on=based_on)


def _taken(rulebook: Rulebook, words: Iterable[str], kind: Literal["fact", "option", "rule"]) -> tuple[str, ...]:
    """Return the ids of a kind that words mean, each once; those that mean none stay, and are refused later."""
    from plenipo.rulebook import loose_names, model

    thing = {"fact": model.Fact, "option": model.Option, "rule": model.Rule}[kind]
    return tuple(dict.fromkeys(loose_names.taken(rulebook, word, thing) for word in words))


def _verdict(word: str) -> str:
    from plenipo.rulebook import loose_names
    from plenipo.rulebook.verdict import Verdict

    return loose_names.only(word, loose_names.Names({verdict.value: () for verdict in Verdict}).meant(word), "verdict")


def _cases(cases: Iterable[SituationLike] | None, rulebook: Rulebook) -> Iterable[SituationLike]:
    """Return the situations that are given, by default all that come with the rulebook."""
    from plenipo.rulebook import locations

    return locations.situations(rulebook.folder) if cases is None else cases
