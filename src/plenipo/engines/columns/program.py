"""
A rulebook compiled to steps of column expressions, each of which reads columns that earlier steps made.

First every comparison with a fact becomes a yes/no column, then each stratum adds the rules that fire, those that act
(and are not overridden) and the findings that are then settled. One flat expression would repeat every finding wherever
it is read, and grow without end. A comparison with an unknown fact, a null, is false: there is no third value.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import add, and_, or_
from typing import TypeVar

import narwhals as nw

from plenipo.engines.columns.fired_masks import Masks
from plenipo.rulebook.model import FALSE, TRUE, UNKNOWN, Atom, Condition, Rule, Rulebook, Verb
from plenipo.rulebook.verdict import Verdict

#: The type of a verdict column, where a library has it.
VERDICT_TYPE = nw.Enum([verdict.value for verdict in Verdict])
#: Name -> expression; all of one step may be worked out side by side.
ColumnStep = Mapping[str, nw.Expr]
#: No fact, no option and no column of a user begins with this.
_OWN = "_plenipo_"
T = TypeVar("T")


class ColumnProgram:
    """
    The steps that say which rules fire, and the columns that then hold the answers.

    `steps` come in order; `verdicts`, `fired` and `fired_ids` are what may be asked for after the last.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.masks = Masks(rulebook.rules, (*rulebook.facts, *rulebook.options))
        asked = dict.fromkeys(atom for rule in rulebook.rules.values() for atom in rule.every_atom())
        self._atoms = _named("atom", [atom for atom in asked if atom.name not in rulebook.findings])
        self._fires = _named("fires", rulebook.rules)
        self._acts = {**self._fires, **_named("acts", rulebook.overriders)}
        self._found = _named("found", rulebook.findings)
        self.steps = tuple(step for step in self._steps() if step)

    def verdicts(self, words: nw.Enum | type[nw.String] = VERDICT_TYPE) -> ColumnStep:
        """Return the verdict on every option, under the option's id, as words of a type."""
        drawn: dict[tuple[str, str], list[Rule]] = {}
        for rule in self.rulebook.rules.values():
            for conclusion in rule.then:
                drawn.setdefault((conclusion.verb, conclusion.on), []).append(rule)
        return {option: self._verdict(option, drawn, words) for option in self.rulebook.options}

    def fired(self, integer: type[nw.UInt32 | nw.Int64]) -> ColumnStep:
        """Return the rules that fire as integers of a type, see `Masks`."""
        zero = nw.lit(0, integer)
        return {
            name: _balanced(
                [
                    nw.when(nw.col(self._fires[rule])).then(nw.lit(1 << bit, integer)).otherwise(zero)
                    for bit, rule in enumerate(self.masks.of(name))
                ],
                add,
            )
            for name in self.masks.names
        }

    def fired_ids(self) -> ColumnStep:
        """Return the rules that fire as their ids, a space between them."""
        ids = [nw.when(nw.col(self._fires[rule])).then(nw.lit(rule)) for rule in self.masks.rules]
        return {self.masks.ids_name: nw.concat_str(ids, separator=" ", ignore_nulls=True) if ids else nw.lit("")}

    def _steps(self) -> Iterable[ColumnStep]:
        yield {name: _compared(atom) for atom, name in self._atoms.items()}
        finders = self._finders()
        yield {self._found[finding]: nw.lit(False) for finding, rules in finders.items() if not rules}
        settled: set[str] = set()
        waiting = {finding: rules for finding, rules in finders.items() if rules}
        for stratum in self.rulebook.strata:
            yield {self._fires[id]: self._conditions(self.rulebook.rules[id]) for id in stratum}
            overridden = {id: self.rulebook.overriders[id] for id in stratum if self._acts[id] != self._fires[id]}
            yield {self._acts[id]: nw.col(self._fires[id]) & ~self._any(by) for id, by in overridden.items()}
            settled.update(stratum)
            now = [finding for finding, rules in waiting.items() if settled.issuperset(rules)]
            yield {self._found[finding]: self._any(waiting.pop(finding)) for finding in now}

    def _finders(self) -> Mapping[str, list[str]]:
        finders: dict[str, list[str]] = {finding: [] for finding in self.rulebook.findings}
        for rule in self.rulebook.rules.values():
            for drawn in rule.then:
                if drawn.verb is Verb.FIND:
                    finders[drawn.on].append(rule.id)
        return finders

    def _conditions(self, rule: Rule) -> nw.Expr:
        when = _holds(rule.when, self._met)
        return when if rule.unless is None else when & ~_holds(rule.unless, self._met)

    def _met(self, atom: Atom) -> nw.Expr:
        if atom.name not in self.rulebook.findings:
            return nw.col(self._atoms[atom])
        found, wanted = nw.col(self._found[atom.name]), (TRUE in atom.values, FALSE in atom.values)
        return {(True, True): found | ~found, (True, False): found, (False, True): ~found}.get(wanted, found & ~found)

    def _any(self, rules: Sequence[str]) -> nw.Expr:
        return _balanced([nw.col(self._acts[id]) for id in rules], or_)

    def _verdict(
        self, option: str, drawn: Mapping[tuple[str, str], Sequence[Rule]], words: nw.Enum | type[nw.String]
    ) -> nw.Expr:
        said = nw.lit(Verdict.SILENT.value, words)
        for verdict in reversed(Verdict):
            if rules := drawn.get((verdict.value, option)):
                advised = nw.lit(verdict.value, words)
                said = nw.when(self._any([rule.id for rule in rules])).then(advised).otherwise(said)
        return said


def holds_of_facts(condition: Condition) -> nw.Expr:
    """Return whether a condition that speaks of facts alone holds, in each row."""
    return _holds(condition, _compared)


def _holds(condition: Condition, met: Callable[[Atom], nw.Expr]) -> nw.Expr:
    parts = [met(atom) for atom in condition.atoms]
    if condition.any_of:
        parts.append(_balanced([_holds(branch, met) for branch in condition.any_of], or_))
    return _balanced(parts, and_) if parts else nw.lit(True)


def _named(kind: str, things: Iterable[T]) -> dict[T, str]:
    return {thing: f"{_OWN}{kind}_{number}" for number, thing in enumerate(things)}


def _compared(atom: Atom) -> nw.Expr:
    fact = nw.col(atom.name)
    same = [(fact == value).fill_null(False) for value in atom.values if value != UNKNOWN]
    if UNKNOWN in atom.values:
        same.append(fact.is_null())
    return _balanced(same, or_) if same else nw.lit(False)


def _balanced(parts: Sequence[nw.Expr], join: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> nw.Expr:
    """Join expressions pairwise, so that a long row of them nests no deeper than need be."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return join(_balanced(parts[:middle], join), _balanced(parts[middle:], join))
