"""
Everything that is advised in each of many cases, for answers that set one case beside another.

All cases are worked out at once, a bit each, and cases in which the same is advised share one `Advised`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plenipo.counsel.choice import Choice, choose
from plenipo.counsel.salience import Weighed, verdicts, weigh
from plenipo.engines.bitset.situation_columns import Facts, SituationColumns, all_rows, layout, row_numbers
from plenipo.inquiry.scope import known_facts, scope
from plenipo.inquiry.waiting import Waiting, waiting_with
from plenipo.rulebook.model import TRUE, Rulebook, Verb
from plenipo.rulebook.verdict import Verdict

#: So many cases are worked out at once.
AT_ONCE = 2048


@dataclass(frozen=True)
class Advised:
    """
    What is advised in one case: the verdict on every option, the rules that decided it, and what a brief names.

    `cautions` has the rules that caution, for options that have any; `findings` are those that hold.
    """

    verdicts: Mapping[str, Verdict]
    decided_by: Mapping[str, tuple[str, ...]]
    cautions: Mapping[str, tuple[str, ...]]
    findings: tuple[str, ...]
    choice: Choice

    def about(self, options: Collection[str]) -> Advised:
        """Return what of it concerns some options."""
        choice = self.choice
        return Advised(
            {id: verdict for id, verdict in self.verdicts.items() if id in options},
            {id: rules for id, rules in self.decided_by.items() if id in options},
            {id: rules for id, rules in self.cautions.items() if id in options},
            (),
            Choice(
                *(tuple(id for id in named if id in options) for named in (choice.lead, choice.not_yet, choice.beware))
            ),
        )


@dataclass(frozen=True)
class Differences:
    """
    In what one case differs from another.

    `verdicts` are options that have another one; `reasons` options that have the same, drawn by other rules;
    `cautions` are options each with a rule that cautions in one of the two cases; `findings` hold in one of them.
    """

    verdicts: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    cautions: tuple[tuple[str, str], ...] = ()
    findings: tuple[str, ...] = ()


def advised(rulebook: Rulebook, facts: Facts, variants: Sequence[Facts]) -> list[Advised]:
    """
    Return what is advised in each variant of a situation, which gives some facts other values.

    Where the same is advised it is the same object.
    """
    seen: dict[object, Advised] = {}
    found: list[Advised] = []
    for start in range(0, len(variants), AT_ONCE):
        some = variants[start : start + AT_ONCE]
        found += [seen.setdefault(key, each) for key, each in _advised(rulebook, facts, some)]
    return found


def differences(one: Advised, other: Advised) -> Differences:
    """Return in what one case differs from another."""
    turned = tuple(id for id, verdict in one.verdicts.items() if other.verdicts[id] is not verdict)
    reasons = tuple(id for id, rules in one.decided_by.items() if id not in turned and other.decided_by[id] != rules)
    warned = [{(id, rule) for id, rules in each.cautions.items() for rule in rules} for each in (one, other)]
    return Differences(
        turned,
        reasons,
        tuple(sorted(warned[0] ^ warned[1])),
        tuple(sorted({*one.findings} ^ {*other.findings})),
    )


class Waits:
    """What deferred options wait for, each looked for once for all cases that are alike in the facts that matter."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._near: dict[str, tuple[str, ...]] = {}
        self._found: dict[object, Waiting] = {}

    def of(self, facts: Facts, advised: Advised) -> Mapping[str, Waiting]:
        """
        Return what each deferred option of a case waits for: option -> smallest sets of facts that would do.

        Options that wait for the same have the same object wherever the facts near them are the same.
        """
        known = known_facts(self.rulebook, facts)
        return {id: self._one(id, known) for id, verdict in advised.verdicts.items() if verdict is Verdict.DEFER}

    def _one(self, option: str, known: Facts) -> Waiting:
        if option not in self._near:
            scopes = scope(self.rulebook)
            self._near[option] = scopes.tied(scopes.facts(option), self.rulebook.facts.keys())
        key = (option, *(known.get(id) for id in self._near[option]))
        if key not in self._found:
            self._found[key] = waiting_with(self.rulebook, option, known)
        return self._found[key]


def wanted(waits: Waiting) -> frozenset[frozenset[tuple[str, tuple[str, ...]]]]:
    """Return the facts and values for which an option waits, in whatever order, and whatever they are now."""
    return frozenset(frozenset((need.name, need.values) for need in release.needs) for release in waits.releases)


def _advised(rulebook: Rulebook, facts: Facts, variants: Sequence[Facts]) -> Iterator[tuple[object, Advised]]:
    """Yield what is advised in each variant, after a key that is the same where all of it is."""
    varied = {fact for variant in variants for fact in variant}
    weighed = weigh(rulebook, facts, variants)[1:]
    spoken = _spoken(rulebook, facts, varied, variants)
    parties = {fact for option in rulebook.options.values() for each in option.brings[:1] for fact in each.facts}
    deciding = tuple(sorted(parties & varied))
    choices: dict[object, Choice] = {}
    for variant, each, (findings, cautions) in zip(variants, weighed, spoken, strict=True):
        case = known_facts(rulebook, {**facts, **variant})
        alike = (*map(id, each.values()), *(case.get(fact) for fact in deciding))
        if alike not in choices:
            choices[alike] = choose(rulebook, each, case)
        yield _put(each, findings, cautions, choices[alike])


def _put(
    weighed: Mapping[str, Weighed],
    findings: tuple[str, ...],
    cautions: tuple[tuple[str, str], ...],
    choice: Choice,
) -> tuple[object, Advised]:
    decided = {id: each.decided_by for id, each in weighed.items()}
    said: dict[str, tuple[str, ...]] = {}
    for option, rule in cautions:
        said[option] = (*said.get(option, ()), rule)
    given = verdicts(weighed)
    key = (tuple(given.values()), tuple(decided.values()), cautions, findings, choice)
    return key, Advised(given, decided, said, findings, choice)


def _spoken(
    rulebook: Rulebook, facts: Facts, varied: Collection[str], variants: Sequence[Facts]
) -> list[tuple[tuple[str, ...], tuple[tuple[str, str], ...]]]:
    """Return for each variant the findings that hold, and the options with the rules that caution."""
    cases = [{**facts, **variant} for variant in variants]
    rest = {fact: value for fact, value in facts.items() if fact not in varied}
    rows = SituationColumns(rulebook, all_rows(len(cases)), layout(varied, cases), rest)
    rows.run(rulebook.order)
    findings: list[list[str]] = [[] for _ in variants]
    cautions: list[list[tuple[str, str]]] = [[] for _ in variants]
    for id in sorted(rulebook.findings):
        for place in row_numbers(rows.has(id, [TRUE])):
            findings[place].append(id)
    for id in sorted(rulebook.rules):
        on = [drawn.on for drawn in rulebook.rules[id].then if drawn.verb is Verb.CAUTION]
        for place in row_numbers(rows.acts[id]) if on else ():
            cautions[place] += [(option, id) for option in on]
    return [(tuple(held), tuple(warned)) for held, warned in zip(findings, cautions, strict=True)]
