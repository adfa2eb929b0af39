"""
The outline of an explanation: its rules, findings and facts as lines in reading order.

A rule or finding that several branches share is put once; where it comes up again, the line points back. Unless in full
the outline leaves out what did not matter: alternatives that failed where another held, what an absent finding would
have taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from plenipo.advice.explain import ConditionNode, Explanation, FactNode, FindingNode, RuleNode
from plenipo.report import condition_words, words
from plenipo.report.document import Line, Section, Sign, anchor, name
from plenipo.rulebook.verdict import Verdict


def outlined(explanation: Explanation, *, full: bool) -> tuple[list[Section], frozenset[str]]:
    """Return the sections of an explanation in reading order, and the ids of the rules that it shows."""
    outline = _Outline(explanation, full=full)
    return list(outline.sections(explanation)), frozenset(outline.seen)


def closing(explanation: Explanation) -> str:
    """Return in a sentence which verdicts might have been where nobody asked about them, or that none might."""
    if not explanation.alternatives and explanation.verdict is Verdict.SILENT:
        return f"{words.no_essay(explanation.advice.rulebook)} speaks of this under any circumstances."
    others = unasked(explanation)
    if not others:
        return ""
    return f"In other circumstances the verdict could be {words.listed(others, 'or')}."


def unasked(explanation: Explanation) -> Sequence[Verdict]:
    """Return the verdicts that might have been and that are not gone into, since nobody asked about them."""
    return () if _asked(explanation) else tuple(found.verdict for found in explanation.alternatives)


def _asked(explanation: Explanation) -> bool:
    return explanation.why_not is not None or explanation.verdict is Verdict.SILENT


@dataclass(frozen=True)
class _Task:
    """A node still to be put into lines."""

    depth: int
    node: RuleNode | ConditionNode | FactNode | FindingNode
    label: str = ""
    #: The comparisons that hold are left out: the question is why something did not happen.
    lacking_only: bool = False
    candidate: bool = False


class _Outline:
    """Puts nodes into lines from the top down; what is still to come is on a stack, so that no depth is too deep."""

    def __init__(self, explanation: Explanation, *, full: bool) -> None:
        self.verdict = explanation.verdict
        self.rulebook = explanation.advice.rulebook
        self.full = full
        #: The ids of rules, findings and noted facts that were put already.
        self.seen: set[str] = set()

    def sections(self, explanation: Explanation) -> Iterator[Section]:
        """Yield the sections of an explanation."""
        verdict = self.verdict
        if explanation.deciding:
            yield self._section(f"Why {verdict}", explanation.deciding, verdict)
        if explanation.outranked:
            lead = f"These rules fired too, but {verdict} comes before what they say."
            yield self._section("Outranked", explanation.outranked, lead=lead, candidates=True)
        if explanation.overridden:
            lead = "These rules fired too, but a rule that makes an exception took their place."
            yield self._section("Overridden", explanation.overridden, lead=lead)
        if explanation.cautions:
            yield self._section("Cautions", explanation.cautions, Verdict.DEFER)
        for other in explanation.alternatives if _asked(explanation) else ():
            given = f"It is {other.verdict}, as shown above." if other.verdict is verdict and other.rules else ""
            lead = given if other.rules else self._nothing_gives(other.verdict)
            yield self._section(f"Why not {other.verdict}", other.rules, other.verdict, lead=lead, candidates=True)

    def _section(
        self,
        heading: str,
        rules: Sequence[RuleNode],
        verdict: Verdict = Verdict.SILENT,
        *,
        lead: str = "",
        candidates: bool = False,
    ) -> Section:
        """Return rules under a heading; `candidates` are those that could have given another verdict."""
        return Section(heading, tuple(self._lines(rules, candidates=candidates)), verdict=verdict, lead=lead)

    def _nothing_gives(self, asked: Verdict) -> str:
        if asked is self.verdict:
            return f"It is {asked}."
        if asked is Verdict.SILENT:
            return "It would be silent if none of the rules that decided had fired."
        return words.never_said(asked, self.rulebook)

    def _lines(self, rules: Sequence[RuleNode], *, candidates: bool) -> Iterator[Line]:
        stack: list[_Task | Line] = [_Task(0, rule, candidate=candidates) for rule in reversed(rules)]
        while stack:
            task = stack.pop()
            if isinstance(task, Line):
                yield task
                continue
            below: Iterable[_Task | Line] = ()
            match task.node:
                case RuleNode():
                    below = self._rule(task, task.node)
                case ConditionNode():
                    below = self._condition(task, task.node)
                case FactNode():
                    below = self._fact(task, task.node)
                case FindingNode():
                    below = self._finding(task, task.node)
            stack += reversed(list(below))

    def _rule(self, task: _Task, node: RuleNode) -> Iterator[_Task | Line]:
        rule, depth = node.rule, task.depth
        if rule.id in self.seen:
            yield Line(("see above: ", name(rule.id)), depth, task.label, sign=Sign.STEP, hang=0)
            return
        self.seen.add(rule.id)
        cite = words.rule_citation(rule, self.rulebook)
        yield Line(
            rule.because or rule.id,
            depth,
            task.label,
            f"{rule.id}, {words.place(rule)}" if self.full else rule.id,
            cite,
            sign=Sign.STEP,
            hang=0,
            anchor=anchor("rule", rule.id),
        )
        if task.candidate and (status := self._status(node)):
            yield Line(status, depth + 1, "but", hang=0)
        if not node.when.terms and not node.when.any_of:
            yield Line(f"Applies {words.unconditional(rule, self.rulebook)}.", depth + 1, hang=0)
        yield _Task(depth + 1, node.when, lacking_only=task.lacking_only and not node.fired)
        yield from self._unless(node, depth + 1)
        for by in node.overridden_by:
            yield _Task(depth + 1, by, "overridden by")

    def _status(self, node: RuleNode) -> str:
        """Return why a rule that could have given another verdict did not, unless the lines below it say so."""
        if node.acts:
            spoken = {drawn.verb.value for drawn in node.rule.then}
            said = [verdict.value for verdict in Verdict if verdict.value in spoken and verdict is not self.verdict]
            return f"it says {' and '.join(said)}, and {self.verdict} comes first"
        if node.fired:
            return "it fired and was overridden"
        return "" if node.when.holds else "its conditions are not met"

    def _unless(self, node: RuleNode, depth: int) -> Iterator[_Task | Line]:
        if node.unless is None:
            return
        if node.blocked:
            yield Line("An exception applies:", depth, sign=Sign.NO, hang=0)
            yield _Task(depth + 1, node.unless)
        elif node.fired:
            for term, said in condition_words.exception_lines(node.unless):
                id = term.fact.id if isinstance(term, FactNode) else term.finding.id
                unknown = isinstance(term, FactNode) and not term.known
                yield Line(said, depth, aside=id, sign=Sign.UNKNOWN if unknown else Sign.YES, hang=0)

    def _condition(self, task: _Task, node: ConditionNode) -> Iterator[_Task | Line]:
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
        yield Line("any one of these", task.depth, sign=sign, hang=0)
        for branch in branches:
            yield from self._branch(branch, task.depth + 1)

    def _branch(self, branch: ConditionNode, depth: int) -> Iterator[_Task | Line]:
        if len(branch.terms) == 1 and not branch.any_of:
            yield _Task(depth, branch)
        else:
            yield Line("all of these", depth, sign=Sign.YES if branch.holds else Sign.NO, hang=0)
            yield _Task(depth + 1, branch)

    def _fact(self, task: _Task, node: FactNode) -> Iterator[_Task | Line]:
        sign, place = condition_words.sign(node), anchor("fact", node.fact.id)
        yield Line(
            condition_words.fact_line(node), task.depth, task.label, node.fact.id, sign=sign, hang=0, anchor=place
        )
        if node.note and node.fact.id not in self.seen:
            self.seen.add(node.fact.id)
            yield Line(node.note, task.depth + 1, "note", hang=0)

    def _finding(self, task: _Task, node: FindingNode) -> Iterator[_Task | Line]:
        sign = condition_words.sign(node)
        again = " (see above)" if node.finding.id in self.seen else ""
        text = condition_words.finding_line(node) + again
        place = anchor("finding", node.finding.id)
        yield Line(text, task.depth, task.label, node.finding.id, sign=sign, hang=0, anchor=place)
        if again or (node.holds and not node.found and not self.full):
            return
        self.seen.add(node.finding.id)
        label = "because:" if node.found else "it would take:"
        for rule in node.responsible:
            yield _Task(task.depth + 1, rule, label, lacking_only=not node.found and not self.full)
        if not node.responsible:
            yield Line("No rule finds it.", task.depth + 1, hang=0)
