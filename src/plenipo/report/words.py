"""
Words that several kinds of answer share: numbers, lists, citations, situations, facts with their values.

All of it is plain text; each format adds its own marks and cleans what came from files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plenipo.advice.conclude import Advice
from plenipo.errors import counted as counted  # noqa: PLC0414 - reports count by the same words as errors
from plenipo.errors import with_small_letter as with_small_letter  # noqa: PLC0414 - as above
from plenipo.inquiry.waiting import Need
from plenipo.rulebook.model import UNKNOWN, Basis, Fact, Proposition, Rule, Rulebook, Situation, Strength
from plenipo.rulebook.verdict import Verdict

#: What is said of a statement that a source does not make itself.
OUR_READING = "our reading"
#: So many names are listed at most.
MOST_NAMED = 5
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(few: int) -> str:
    """
    Return a number as a word where it is small.

    >>> number(2), number(11)
    ('two', '11')
    """
    return NUMBERS[few] if few < len(NUMBERS) else f"{few:,}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """
    Return words as a list in a sentence.

    >>> listed(["one"]), listed(["one", "two", "three"], "or")
    ('one', 'one, two or three')
    """
    *before, final = words
    return f"{', '.join(before)} {last} {final}" if before else final


def labels(fact: Fact, values: Iterable[str]) -> str:
    """
    Return the answers that values mean, any of which would do.

    >>> sky = Fact("sky", "weather", "What is the sky like?", {"red": "red, at dusk", "dark": "dark"})
    >>> labels(sky, ["red", "dark"])
    '"red, at dusk" or "dark"'
    """
    said = _labels(fact, values)
    clear = len(said) == 1 or not any("," in each or " or " in each for each in said)
    return listed((each if clear else f'"{each}"' for each in said), "or")


def _labels(fact: Fact, values: Iterable[str]) -> list[str]:
    return ["not known" if value == UNKNOWN else fact.values.get(value, value) for value in values]


def facts(rulebook: Rulebook, ids: Iterable[str]) -> str:
    """Return facts by the names that reports call them by."""
    return listed(rulebook.facts[id].name for id in ids)


def sources(cite: Iterable[Proposition], basis: Basis | None = None) -> str:
    """
    Return the paragraphs on which a statement rests, source by source, and whether it is our reading of them.

    >>> said = [Proposition(f"A{n}", "A", n, "premise", Strength.PLAIN, "So it is.") for n in (9, 10, 9)]
    >>> sources(said, Basis.INFERRED), sources([], Basis.STATED)
    ('[A ¶9 ¶10, our reading]', '')
    """
    places: dict[str, set[int]] = {}
    for said in cite:
        places.setdefault(said.source, set()).add(said.paragraph)
    parts = [f"{source} {paragraphs(numbers)}" for source, numbers in sorted(places.items())]
    return _bracketed([*parts, OUR_READING if basis is Basis.INFERRED else ""])


def paragraphs(numbers: Iterable[int]) -> str:
    """
    Return the numbers of paragraphs of a source.

    >>> paragraphs({9, 10})
    '¶9 ¶10'
    """
    return " ".join(f"¶{number}" for number in sorted(numbers))


def rule_sources(rule: Rule, rulebook: Rulebook) -> str:
    """Return the paragraphs on which a rule rests, and whether it is our reading of them."""
    return sources(rulebook.cited(rule.cite), rule.basis)


def citation(
    cite: Iterable[str], rulebook: Rulebook, basis: Basis | None = None, strength: Strength | None = None
) -> str:
    """Return the propositions on which a statement rests, whether it is our reading, and how strongly it is put."""
    known = rulebook.propositions
    ids = [f"{id} ¶{known[id].paragraph}" if id in known else id for id in cite]
    put = strength.value if strength and strength is not Strength.PLAIN else ""
    return _bracketed([*ids, OUR_READING if basis is Basis.INFERRED else "", put])


def rule_citation(rule: Rule, rulebook: Rulebook) -> str:
    """Return the propositions on which a rule rests, whether it is our reading of them, and how strongly it is put."""
    return citation(rule.cite, rulebook, rule.basis, rule.strength)


def _bracketed(parts: Iterable[str]) -> str:
    said = ", ".join(part for part in parts if part)
    return f"[{said}]" if said else ""


def needs(needed: Iterable[Need], rulebook: Rulebook) -> str:
    """
    Return what would have to be otherwise, in a clause: each fact with the answers that would do.

    Where one wishes for some of them and takes a step for it, these are named alone: what a step brings if it succeeds.
    """
    return " and ".join(
        f"{_so(rulebook.facts[need.name], _wished(rulebook, need))}{' (not known)' if need.now == UNKNOWN else ''}"
        for need in needed
    )


def supposed(needed: Iterable[Need], rulebook: Rulebook) -> str:
    """Return that unknown facts turn out so, as a clause; the question says it where no clause was written."""
    return " and ".join(_supposed(rulebook.facts[need.name], need.values) for need in needed)


def _supposed(fact: Fact, values: Sequence[str]) -> str:
    if all(value in fact.says for value in values):
        return _so(fact, values)
    return f'the answer to "{fact.ask}" is {labels(fact, values)}'


def _wished(rulebook: Rulebook, need: Need) -> Sequence[str]:
    brought = {option.brings[0].facts.get(need.name) for option in rulebook.options.values() if option.brings}
    return [value for value in need.values if value in brought] or need.values


def _so(fact: Fact, values: Sequence[str]) -> str:
    """Return the clause that a fact has one of some values; clauses that begin alike share their beginning."""
    clauses = [fact.says[value].split(" ") for value in values if value in fact.says]
    if len(clauses) < len(values):
        return f"{fact.name}: {labels(fact, values)}"
    alike = (
        next((n for n, each in enumerate(zip(*clauses, strict=False)) if len(set(each)) > 1), 0) if clauses[1:] else 0
    )
    ends = [" ".join(clause[alike:]) for clause in clauses]
    return " ".join([*clauses[0][:alike], listed(ends, "or")])


def clauses(rulebook: Rulebook, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the clauses that facts have these values, as far as any were written."""
    found = (rulebook.facts[id].says.get(value, "") for id, value in values.items())
    return tuple(dict.fromkeys(clause for clause in found if clause))


def done(numbers: Iterable[int]) -> str:
    """
    Return that the steps of some numbers are done, as a clause.

    >>> done([1]), done([2, 1])
    ('1 is done', '1 and 2 are done')
    """
    steps = sorted(set(numbers))
    return f"{listed(map(str, steps))} {'is' if len(steps) == 1 else 'are'} done"


def no_essay(rulebook: Rulebook) -> str:
    """Return that none of the sources does something, as the subject of a sentence."""
    return "Neither source" if len(rulebook.sources) == 2 else "No source"


def never_said(verdict: Verdict, rulebook: Rulebook) -> str:
    """Return in a sentence that no rule ever draws a verdict on an option."""
    does = {
        Verdict.DONE: "calls this done",
        Verdict.AVOID: "advises against this",
        Verdict.DEFER: "puts this off",
        Verdict.RECOMMEND: "recommends this",
        Verdict.CONSIDER: "finds this worth considering",
        Verdict.SILENT: "is silent on this",
    }
    return f"{no_essay(rulebook)} {does[verdict]} under any circumstances."


def place(rule: Rule) -> str:
    """Return where a rule is written, as its file's name and line."""
    if rule.location is None:
        return rule.track
    name = "/".join(rule.location.file.replace("\\", "/").split("/")[-2:])
    return f"{name}:{rule.location.line}" if rule.location.line else name


def title(situation: Situation) -> str:
    """Return what a situation is called."""
    return situation.title or situation.name or "A situation without a name"


def asked(situation: Situation, typed: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a command line that ask for a situation again, or none: as `typed`, or else its file."""
    return tuple(typed) or ((situation.file,) if situation.file and situation.file != "-" else ())


def header(advice: Advice, remark: str = "") -> str:
    """Return when a situation is set, how much of it is known, and whatever remark belongs to the answer."""
    situation = advice.situation
    as_of = f"as of {situation.as_of}" if situation.as_of else ""
    return " · ".join(part for part in (as_of, how_much_is_known(advice.rulebook, situation), remark) if part)


def known(rulebook: Rulebook, situation: Situation) -> tuple[str, ...]:
    """Return the facts that are known in the situation, in the order of the rulebook."""
    return tuple(id for id in rulebook.facts if situation.facts.get(id, UNKNOWN) != UNKNOWN)


def taken_over(situation: Situation) -> str:
    """Return how many facts were taken over from which situations, in a clause, or nothing."""
    counts = Counter(situation.taken_over.values())
    return "".join(f", {number} taken over from {origin}" for origin, number in counts.items())


def undecided(names: Sequence[str]) -> Iterator[str]:
    """Yield what was not settled in the time that searching may take, and what to add for more of it."""
    if names:
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        yield f"Not settled in time: {', '.join(names[:MOST_NAMED])}{more}. Add `--seconds 60` to search longer."


def how_much_is_known(rulebook: Rulebook, situation: Situation) -> str:
    """Return how many of the facts are known in the situation, in a clause."""
    number, all_facts = len(known(rulebook, situation)), len(rulebook.facts)
    likely = f" ({len(situation.likely)} more only likely, taken as unknown)" if situation.likely else ""
    likely += taken_over(situation)
    if not number:
        return f"none of {counted(all_facts, 'fact')} known{likely}, so this is only the advice that needs none"
    return f"{number} of {counted(all_facts, 'fact')} known{likely}"


def unconditional(rule: Rule, rulebook: Rulebook) -> str:
    """Return when a rule that asks for nothing applies: always, unless it can have an exception."""
    excepted = rule.unless is not None or any(rule.id in other.overrides for other in rulebook.rules.values())
    return "unless there is an exception" if excepted else "in every situation"
