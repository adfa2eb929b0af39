"""Answers as Markdown, for notes, issues and mail; text from files is escaped so that it shows as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plenipo.advice.by_source import Agreement, BySource
from plenipo.advice.explain import Explanation
from plenipo.counsel.plan import Entry, Plan, Tie
from plenipo.inquiry.outlook import Outlook, outlook
from plenipo.report import outline, words
from plenipo.report.agreements import AGREEMENTS, NEITHER_SPEAKS
from plenipo.report.citations import Texts, citations
from plenipo.report.inquiries import prospect as wording
from plenipo.report.outline import Item, Sign
from plenipo.report.safe import clean, escape_markdown
from plenipo.rulebook.model import Option, Rule, Rulebook

if TYPE_CHECKING:
    from plenipo.report import Answer

SIGNS = {Sign.YES: "✓ ", Sign.NO: "✗ ", Sign.UNKNOWN: "? ", Sign.RULE: "", Sign.NONE: ""}


def written(answer: Answer, *, full: bool = False, texts: Texts | None = None, remark: str = "") -> str:
    """Return any answer as Markdown."""
    match answer:
        case Plan():
            return advice(answer, full=full, remark=remark)
        case Explanation():
            return explanation(answer, full=full, texts=texts, remark=remark)
        case BySource():
            return by_source(answer, full=full, remark=remark)
        case _:
            from plenipo.report.inquiries import answer as asked  # noqa: PLC0415 - advice does without the rest of it
            from plenipo.report.inquiries import dress  # noqa: PLC0415

            return dress.markdown(asked.told(answer, full=full, remark=remark))


def advice(plan: Plan, *, full: bool = False, remark: str = "") -> str:
    """Return a plan; `full` adds every caution, the options the sources leave alone, and the trace."""
    ahead = outlook(plan.advice)
    header = f"{words.header(plan.advice, remark)} · {wording.count(ahead)}"
    lines = [f"# {_text(words.title(plan.advice.situation))}", "", f"*{_text(header)}*"]
    for name, heading, _ in words.GROUPS:
        entries: tuple[Entry, ...] = getattr(plan, name)
        lister = _Lister(ahead, full=full, cautioned=full or name not in words.UNCAUTIONED)
        lines += ["", f"## {heading}", ""] if entries else []
        lines += [line for entry in entries for line in lister.entry(entry, named=name == "considering")]
    lines += ["", words.silence(plan), *(["", more] if (more := wording.silent(ahead)) and not full else [])]
    if full:
        lister = _Lister(ahead, full=full, cautioned=False)
        lines += ["", *(line for option in plan.silent for line in lister.silent(option)), *_trace(plan)]
    return "\n".join(lines) + "\n"


def explanation(explanation: Explanation, *, full: bool = False, texts: Texts | None = None, remark: str = "") -> str:
    """Return an explanation as nested lists, the propositions it cites at its end."""
    said = explanation.advice
    verdict = explanation.verdict
    lines = [
        f"# {_text(explanation.option.title)} {_code(explanation.option.id)}",
        "",
        f"**{verdict}**: {words.MEANING[verdict]}",
        "",
        f"*{_text(words.title(said.situation))} · {_text(words.header(said, remark))}*",
    ]
    seen: set[str] = set()
    for section in outline.sections(explanation):
        lines += ["", f"## {section.heading}", "", *([section.lead, ""] if section.lead else [])]
        lines += [_item(item) for item in outline.items(section, explanation, seen, full=full)]
    rest = outline.untold(explanation)
    lines += ["", rest] if rest else []
    return "\n".join([*lines, *_cited(said.rulebook, seen, texts or {})]) + "\n"


def by_source(answer: BySource, *, full: bool = False, remark: str = "") -> str:
    """Return the essays side by side as tables; `full` names the options on which neither says a word."""
    said = answer.together
    lines = [f"# {_text(words.title(said.situation))}", "", f"*{_text(words.header(said, remark))}*"]
    sources = list(answer.alone)
    for agreement, heading in AGREEMENTS.items():
        compared = [found for found in answer.options if found.agreement is agreement]
        if not compared:
            continue
        lines += ["", f"## {heading} ({len(compared)})", ""]
        if agreement is Agreement.SILENT and not full:
            lines.append(NEITHER_SPEAKS)
            continue
        lines += [_row("Option", *sources, "together"), _row(*["---"] * (len(sources) + 2))]
        for found in compared:
            verdicts = [found.alone[source].value for source in sources]
            lines.append(_row(f"{_text(found.option.title)} {_code(found.option.id)}", *verdicts, found.together.value))
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class _Lister:
    """Lists options with their reasons, their order, their cautions and their parts."""

    outlook: Outlook
    full: bool
    cautioned: bool

    def entry(self, entry: Entry, depth: int = 0, *, named: bool = False) -> Iterator[str]:
        """Yield the lines of an option; `named` says its verdict in words."""
        verdict = f"*{entry.verdict}:* " if named else ""
        yield _line(depth, f"{verdict}**{_text(entry.option.title)}** {_code(entry.option.id)}")
        reason = f"{_text(entry.because)} {_cite(words.entry_citation(entry))}" if entry.because else words.NO_ADVICE
        yield _line(depth + 1, reason)
        yield from self._open(entry.option, depth + 1)
        yield from _after(entry.after, depth + 1)
        yield from _ties("with", entry.beside, depth + 1)
        for word, way in wording.ways_out(entry.option.id, self.outlook, full=self.full):
            yield _line(depth + 1, f"*{word}* {_text(way)}")
        for rule in words.cautions(entry, standing=self.cautioned):
            yield _line(depth + 1, _caution(rule))
        for part in entry.parts:
            yield from self.entry(part, depth + 1, named=True)

    def silent(self, option: Option) -> Iterator[str]:
        """Yield the lines of an option on which there is no advice."""
        yield _line(0, f"{_text(option.title)} {_code(option.id)}")
        yield from self._open(option, 1)

    def _open(self, option: Option, depth: int) -> Iterator[str]:
        prospect = self.outlook.options[option.id]
        if not prospect.settled:
            yield _line(depth, f"*open:* {_text(wording.line(prospect, self.outlook.advice.rulebook))}")


def _ties(word: str, ties: Iterable[Tie], depth: int) -> Iterator[str]:
    for tie in ties:
        yield _line(depth, f"*{word}* {_text(tie.option.title)} {_cite(words.link_citation(tie.link))}")


def _after(ties: Iterable[Tie], depth: int) -> Iterator[str]:
    for tie in ties:
        yield from _ties(words.after(tie.link), [tie], depth)


def _caution(rule: Rule) -> str:
    return f"**Caution:** {_text(rule.because)} {_cite(words.rule_citation(rule))}"


def _trace(plan: Plan) -> Iterator[str]:
    yield from ("", "## Rules that fired", "")
    for firing in plan.advice.trace:
        yield _line(0, f"{_code(firing.rule.id)} {_cite(words.rule_citation(firing.rule))}")
        for label, told in words.firing_lines(firing):
            yield _line(1, f"*{label}* {_text(told)}")


def _item(item: Item) -> str:
    label = f"*{item.label}* " if item.label else ""
    parts = (
        _code(item.name) if item.name else "",
        _text(item.text) if item.text else "",
        _cite(item.cite),
        _code(item.aside) if item.aside else "",
    )
    return _line(item.depth, f"{SIGNS[item.sign]}{label}{' '.join(part for part in parts if part)}")


def _cited(rulebook: Rulebook, told: Iterable[str], texts: Texts) -> Iterator[str]:
    cited = citations(rulebook, told)
    if cited:
        yield from ("", "## Cited", "")
    shown: set[tuple[str, int]] = set()
    for said in cited:
        hedge = f" ({_text(said.hedge)})" if said.hedge else ""
        yield _line(0, f"**{_text(said.id)}**, paragraph {said.paragraph}: {_text(said.says)}{hedge}")
        where = (said.source, said.paragraph)
        if where in texts and where not in shown:
            shown.add(where)
            yield _line(1, f"> {_text(texts[where])}")


def _line(depth: int, text: str) -> str:
    return f"{'  ' * depth}- {text}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    return escape_markdown(text)


def _code(text: str) -> str:
    return f"`{clean(text).replace('`', '')}`"


def _cite(citation: str) -> str:
    return escape_markdown(citation)
