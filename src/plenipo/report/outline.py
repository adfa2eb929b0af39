"""
The outline of an explanation: its nodes as indented items in reading order, for any format to dress.

A rule or finding that several branches share is told once; its further mentions point back. Without `full` the outline
leaves out what did not matter: alternatives that failed where another held, what an absent finding would have taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from plenipo.advice.explain import ConditionNode, Explanation, FactNode, FindingNode, RuleNode
from plenipo.report import nodes, words
from plenipo.rulebook.verdict import Verdict


class Sign(StrEnum):
    """What stands at the head of an item: whether a condition holds, or that it is a rule."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    RULE = "rule"
    NONE = ""


@dataclass(frozen=True)
class Item:
    """One item: `label` says how it belongs to the one above, `name` is an id, `aside` an id or place beside it."""

    depth: int
    text: str
    sign: Sign = Sign.NONE
    label: str = ""
    name: str = ""
    cite: str = ""
    aside: str = ""


@dataclass(frozen=True)
class Section:
    """A stretch of the explanation under one heading, with its rules."""

    heading: str
    verdict: Verdict
    rules: tuple[RuleNode, ...]
    lead: str = ""
    candidates: bool = False


def sections(explanation: Explanation) -> Iterator[Section]:
    """Yield the sections of an explanation in reading order."""
    verdict = explanation.verdict
    if explanation.deciding:
        yield Section(f"Why {verdict}", verdict, explanation.deciding)
    if explanation.outranked:
        lead = f"They fired and spoke otherwise; {verdict} comes before what they say."
        yield Section("Outranked", Verdict.SILENT, explanation.outranked, lead, candidates=True)
    if explanation.overridden:
        lead = "They fired, and a rule that names them as its exception took their place."
        yield Section("Overridden", Verdict.SILENT, explanation.overridden, lead)
    if explanation.cautions:
        yield Section("Cautions", Verdict.DEFER, explanation.cautions)
    for alternative in explanation.alternatives if _asked(explanation) else ():
        lead = "" if alternative.rules else _nothing_gives(alternative.verdict, verdict)
        yield Section(f"Why not {alternative.verdict}", alternative.verdict, alternative.rules, lead, candidates=True)


def untold(explanation: Explanation) -> str:
    """Return in a sentence which verdicts might have been where nobody asked about them, or that none might."""
    if not explanation.alternatives and explanation.verdict is Verdict.SILENT:
        return "No rule of the sources ever draws a verdict on it."
    if _asked(explanation) or not explanation.alternatives:
        return ""
    counted = (
        f"{found.verdict} ({len(found.rules)} {'rule' if len(found.rules) == 1 else 'rules'})"
        for found in explanation.alternatives
    )
    return f"Might have been: {', '.join(counted)}. `--why-not VERDICT` tells what they lack."


def items(section: Section, explanation: Explanation, seen: set[str], *, full: bool = False) -> Iterator[Item]:
    """Yield the items of a section; `seen` remembers, from section to section, what has been told."""
    return _Outline(explanation.verdict, seen, full=full).walk(section)


def _asked(explanation: Explanation) -> bool:
    return explanation.why_not is not None or explanation.verdict is Verdict.SILENT


def _nothing_gives(asked: Verdict, given: Verdict) -> str:
    if asked is given:
        return f"It is {given}."
    if asked is Verdict.SILENT:
        return "It would be silent if none of the rules that decided had fired."
    return f"No rule of the sources ever draws {asked} on it."


@dataclass(frozen=True)
class _Task:
    """A node still to be told, or an item to be told as it is."""

    depth: int
    node: RuleNode | ConditionNode | FactNode | FindingNode | Item
    label: str = ""
    #: The comparisons that hold are left out: what is told is why something did not happen.
    lacking_only: bool = False
    candidate: bool = False


class _Outline:
    """Tells nodes from the top down, with a stack of its own so that no depth is too deep."""

    def __init__(self, verdict: Verdict, seen: set[str], *, full: bool) -> None:
        self.verdict = verdict
        self.seen = seen
        self.full = full

    def walk(self, section: Section) -> Iterator[Item]:
        stack = [_Task(0, rule, candidate=section.candidates) for rule in reversed(section.rules)]
        while stack:
            task = stack.pop()
            below: Iterable[_Task] = ()
            match task.node:
                case Item():
                    yield task.node
                case RuleNode():
                    below = self._rule(task, task.node)
                case ConditionNode():
                    below = self._condition(task, task.node)
                case FactNode():
                    below = self._fact(task, task.node)
                case FindingNode():
                    below = self._finding(task, task.node)
            stack += reversed(list(below))

    def _rule(self, task: _Task, node: RuleNode) -> Iterator[_Task]:
        rule, depth = node.rule, task.depth
        cite = words.rule_citation(rule)
        if rule.id in self.seen:
            yield _Task(depth, Item(depth, "see above", Sign.RULE, task.label, rule.id, cite))
            return
        self.seen.add(rule.id)
        yield _Task(depth, Item(depth, "", Sign.RULE, task.label, rule.id, cite, words.place(rule)))
        yield _Task(depth, Item(depth + 1, rule.because))
        if task.candidate and (status := self._status(node)):
            yield _Task(depth, Item(depth + 1, status, label="but"))
        if not node.when.terms and not node.when.any_of:
            yield _Task(depth, Item(depth + 1, "It needs no condition."))
        yield _Task(depth + 1, node.when, lacking_only=task.lacking_only and not node.fired)
        yield from self._unless(node, depth + 1)
        for by in node.overridden_by:
            yield _Task(depth + 1, by, "overridden by")

    def _status(self, node: RuleNode) -> str:
        """Return why a rule that could have given another verdict did not."""
        if node.acts:
            spoken = {drawn.verb.value for drawn in node.rule.then}
            said = [verdict.value for verdict in Verdict if verdict.value in spoken and verdict is not self.verdict]
            return f"it says {' and '.join(said)}, and {self.verdict} comes first"
        if node.fired:
            return "it fired and was overridden"
        if node.when.holds:
            return "its exception holds"
        return "its conditions are not met"

    def _unless(self, node: RuleNode, depth: int) -> Iterator[_Task]:
        if node.unless is None:
            return
        if node.blocked:
            yield _Task(depth, Item(depth, "its exception holds", Sign.NO, "unless"))
            yield _Task(depth + 1, node.unless)
        elif node.fired:
            for term in node.unless.lacking:
                yield _Task(depth, Item(depth, nodes.exception_line(term), Sign.YES, "unless"))

    def _condition(self, task: _Task, node: ConditionNode) -> Iterator[_Task]:
        for term in node.terms:
            if not (task.lacking_only and term.holds):
                yield _Task(task.depth, term, task.label, task.lacking_only)
        if not node.any_of or (task.lacking_only and any(branch.holds for branch in node.any_of)):
            return
        branches = [branch for branch in node.any_of if branch.holds and not self.full] or node.any_of
        if len(branches) == 1:
            yield _Task(task.depth, branches[0], task.label, task.lacking_only)
            return
        sign = Sign.YES if any(branch.holds for branch in branches) else Sign.NO
        yield _Task(task.depth, Item(task.depth, "any one of these", sign))
        for branch in branches:
            yield from self._branch(branch, task.depth + 1)

    def _branch(self, branch: ConditionNode, depth: int) -> Iterator[_Task]:
        if len(branch.terms) == 1 and not branch.any_of:
            yield _Task(depth, branch)
        else:
            yield _Task(depth, Item(depth, "all of these", Sign.YES if branch.holds else Sign.NO))
            yield _Task(depth + 1, branch)

    def _fact(self, task: _Task, node: FactNode) -> Iterator[_Task]:
        sign = Sign.YES if node.holds else Sign.NO if node.known else Sign.UNKNOWN
        yield _Task(task.depth, Item(task.depth, nodes.fact_line(node), sign, task.label, aside=node.fact.id))
        if node.note and node.fact.id not in self.seen:
            self.seen.add(node.fact.id)
            yield _Task(task.depth, Item(task.depth + 1, node.note, label="note"))

    def _finding(self, task: _Task, node: FindingNode) -> Iterator[_Task]:
        sign = Sign.YES if node.holds else Sign.NO
        again = " (see above)" if node.finding.id in self.seen else ""
        line = nodes.finding_line(node) + again
        yield _Task(task.depth, Item(task.depth, line, sign, task.label, aside=node.finding.id))
        if again or (node.holds and not node.found and not self.full):
            return
        self.seen.add(node.finding.id)
        label = "found by" if node.found else "would be found by"
        for rule in node.responsible:
            yield _Task(task.depth + 1, rule, label, lacking_only=not node.found and not self.full)
        if not node.responsible:
            yield _Task(task.depth, Item(task.depth + 1, "No rule finds it."))
