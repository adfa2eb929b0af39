"""A roadmap as a tree: what to do now, and what comes up if it succeeds, or if another party answers otherwise."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from plenipo.counsel.roadmap import MOST_BRANCHES, Branch, Ending, Roadmap, Stage, Step
from plenipo.report import words
from plenipo.report.answers.depending import Came, come_about, conjunction
from plenipo.report.document import Document, Line, Section, Showing, anchor, quiet, strong
from plenipo.report.json import advice_head, ending_data, plain_facts, reason, released_by_data
from plenipo.report.pictures.roadmap_svg import roadmap_svg
from plenipo.report.words import counted, listed
from plenipo.rulebook.model import Option, Rulebook
from plenipo.rulebook.verdict import Verdict

if TYPE_CHECKING:
    from plenipo.report.shapes.inquiries import RoadmapData, StageData


MEANING = '"If" and "once" mean: only if that comes about. Nothing here says that it will.'
#: How a step is advised; one on which the sources are silent leads because nobody knows whether it is done.
ADVISED = {
    Verdict.RECOMMEND: "recommended",
    Verdict.CONSIDER: "worth considering",
    Verdict.SILENT: "unless it is done",
}
#: The same for a step that was advised before, too.
ALREADY = {
    Verdict.RECOMMEND: "already advised; its turn comes next",
    Verdict.CONSIDER: "already advised; its turn comes next",
    Verdict.SILENT: "unless it is done; its turn comes next",
}
NOTHING_LEADS = "Nothing leads here: the sources advise no step that somebody could take now."


def document(found: Roadmap, showing: Showing) -> Document:
    """Return a roadmap in words, and as a picture; in full with the reason for every step."""
    said = _in_words(found, showing)
    picture = Section("As a picture", picture=lambda _: roadmap_svg(said, alone=False))
    return replace(said, sections=(*said.sections, picture))


def _in_words(found: Roadmap, showing: Showing) -> Document:
    advice = found.advice
    tree = _Tree(advice.rulebook, full=showing.full)
    now = Section("Now", tuple(tree.now(found.first)), lead="" if found.first.steps else NOTHING_LEADS)
    later = Section("And then", tuple(tree.branches(found.first, 0)), lead=_no_more(found))
    return Document(
        words.title(advice.situation),
        (words.header(advice, showing.remark), *_supposed(found)),
        sections=(now, later),
        rest=tuple(_rest(found, showing)),
    )


def data(found: Roadmap, showing: Showing) -> RoadmapData:
    """Return every stage with its steps, what it supposes, and the branches that go on from it."""
    return {
        **advice_head("roadmap", found.advice, showing.remark),
        "depth": found.depth,
        "cut": found.cut,
        "goes_on": found.goes_on,
        "roadmap": _stage_data(found.first, found.advice.rulebook),
    }


def svg(found: Roadmap) -> str:
    """Return the picture of a roadmap."""
    return roadmap_svg(_in_words(found, Showing()))


@dataclass
class _Tree:
    """Puts stages into lines; a step keeps its number, and what is above already is only named again."""

    rulebook: Rulebook
    full: bool
    numbers: dict[str, int] = field(default_factory=dict)
    #: The steps that are shown, and what follows a stage that is shown.
    shown: set[object] = field(default_factory=set)

    def now(self, stage: Stage) -> Iterator[Line]:
        """Yield the steps of the first stage, with their reasons."""
        for step in stage.steps:
            yield from self._step(step, 0, reasoned=True)

    def branches(self, stage: Stage, depth: int) -> Iterator[Line]:
        """Yield what comes after a stage, if anything does; other answers that lead to the same steps are one."""
        if not any(branch.stage for branch in stage.branches):
            return
        alike: dict[object, list[Branch]] = {}
        for branch in stage.branches:
            key = (branch.agreed, _steps(branch.stage), _following(branch.stage))
            alike.setdefault(key, []).append(branch)
        for branches in alike.values():
            yield from self._branch(stage, branches, depth)

    def _branch(self, start: Stage, branches: Sequence[Branch], depth: int) -> Iterator[Line]:
        said, stage = self._condition(start, branches), branches[0].stage
        if stage is None:
            yield Line((strong(said), ": nothing new comes up"), depth)
            return
        again = [step for step in stage.steps if step.option.id in self.shown]
        following = _following(stage)
        on = bool(following) and (_heads(stage), following) in self.shown
        if len(again) == len(stage.steps) and (on or not following):
            yield Line((strong(said), f": {self._repeated(again, on=on)}"), depth)
            return
        yield Line(strong(said), depth)
        for step in stage.steps:
            if step not in again:
                yield from self._step(step, depth + 1, reasoned=self.full, depends=self._depends(step, start, branches))
        if again:
            yield Line(self._repeated(again, on=on), depth + 1)
        if not on:
            self.shown.add((_heads(stage), following))
            yield from self.branches(stage, depth + 1)

    def _step(self, step: Step, depth: int, *, reasoned: bool, depends: str = "") -> Iterator[Line]:
        """Yield a step by its number, what it depends on, and who acts."""
        self.shown.add(step.option.id)
        title, who = strong(step.option.title, anchor("option", step.option.id)), quiet(self._who(step))
        number = self._number(step.option)
        yield Line(title, depth, aside=who, verdict=step.verdict, number=number, hang=0)
        said = (ALREADY if step.already else ADVISED)[step.verdict]
        if depends and not step.already:
            yield Line(f"{said} {depends}", depth + 1)
            said = ""
        if reasoned and step.reason is not None:
            because, cite = step.reason.because, words.rule_sources(step.reason, self.rulebook)
            yield Line(because, depth + 1, said and f"{said}:", cite=cite, hang=0)
        elif said:
            yield Line(said, depth + 1)

    def _number(self, option: Option) -> int:
        return self.numbers.setdefault(option.id, len(self.numbers) + 1)

    def _who(self, step: Step) -> str:
        parties = self.rulebook.parties
        return ", ".join(parties[id].title if id in parties else id for id in step.option.by)

    def _condition(self, start: Stage, branches: Sequence[Branch]) -> str:
        """Return the clause that says on what some branches depend, all of which go on alike."""
        endings = [(ending, branch.facts) for branch in branches for ending in branch.endings]
        if not branches[0].agreed:
            return f"If instead {listed((listed(self._come_about([each])) for each in endings), 'or')}"
        sure = [(ending, branches[0].facts) for ending in _sure(start, branches[0])]
        return f"{conjunction([*sure, *endings]).capitalize()} {listed(self._come_about([*sure, *endings]))}"

    def _come_about(self, endings: Sequence[Came]) -> list[str]:
        return come_about(endings, self.rulebook, self._number)

    def _depends(self, step: Step, start: Stage, branches: Sequence[Branch]) -> str:
        """
        Return the clause that says on what a step depends.

        It says "if so" where that is what the line above the branch says already.
        """
        endings = {_key(each.needed): each.needed for each in step.released_by}
        said = {_key(each) for branch in branches for each in branch.endings}
        if branches[0].agreed:
            said |= set(map(_key, _sure(start, branches[0])))
            so = said == endings.keys()
        else:
            so = bool(said & endings.keys())
        brought = {each.fact: each.value for each in step.released_by}
        others = [(ending, brought) for key, ending in endings.items() if not so or key not in said]
        named = f"{conjunction(others)} {listed(self._come_about(others))}" if others else ""
        return " and ".join(clause for clause in ("if so" if so else "", named) if clause)

    def _repeated(self, steps: Sequence[Step], *, on: bool) -> str:
        numbers = listed(map(str, sorted(self._number(step.option) for step in steps)))
        return f"{numbers} as above{', and what follows' if on else ''}"


def _key(ending: Ending) -> tuple[str, str]:
    return ending.option.id, ending.outcome.title


def _sure(start: Stage, branch: Branch) -> list[Ending]:
    """Return the steps of a stage that end in one way only and change something."""
    alone = (Ending(step.option, step.option.brings[0]) for step in start.steps if len(step.option.brings) == 1)
    return [each for each in alone if branch.facts.items() & each.outcome.facts.items()]


def _steps(stage: Stage | None) -> object:
    return stage and frozenset(step.option.id for step in stage.steps)


def _heads(stage: Stage) -> object:
    """Return the steps of a stage that bring something about: on them rests what follows."""
    return frozenset(step.option.id for step in stage.steps if step.option.brings)


def _following(stage: Stage | None) -> tuple[object, ...]:
    """Return all that follows a stage, as far as a reader sees it."""
    if stage is None or not any(branch.stage for branch in stage.branches):
        return ()
    return tuple(
        (
            branch.agreed,
            tuple(ending.outcome.title for ending in branch.endings),
            _steps(branch.stage),
            _following(branch.stage),
        )
        for branch in stage.branches
    )


def _supposed(found: Roadmap) -> Iterator[str]:
    if found.first.supposed:
        facts = found.advice.rulebook.facts
        said = (f"{facts[id].name}: {words.labels(facts[id], [value])}" for id, value in found.first.supposed.items())
        yield f"supposed: {'; '.join(said)}"


def _no_more(found: Roadmap) -> str:
    if found.depth == 1 or any(branch.stage for branch in found.first.branches):
        return ""
    return "Nothing new comes up once this is done." if found.first.steps else ""


def _rest(found: Roadmap, showing: Showing) -> Iterator[str]:
    if any(branch.stage for branch in found.first.branches):
        yield MEANING
    if found.cut:
        yield f"There are more than {MOST_BRANCHES} branches; the rest are left out."
    elif found.goes_on:
        asked = words.asked(found.advice.situation, showing.asked)
        again = shlex.join(["plenipo", "roadmap", *asked]) if asked else ""
        further = " ".join(part for part in (again, f"--depth {found.depth + 1}") if part)
        yield f"Cut after {counted(found.depth, 'stage')}: `{further}`"


def _stage_data(stage: Stage, rulebook: Rulebook) -> StageData:
    return {
        "supposed": plain_facts(stage.supposed),
        "steps": [
            {
                "option": step.option.id,
                "title": step.option.title,
                "verdict": step.verdict,
                "by": list(step.option.by),
                "already": step.already,
                "reason": None if step.reason is None else {"rule": step.reason.id, **reason(step.reason)},
                "released_by": [released_by_data(each) for each in step.released_by],
            }
            for step in stage.steps
        ],
        "branches": [
            {
                "agreed": branch.agreed,
                "endings": [ending_data(ending) for ending in branch.endings],
                "facts": plain_facts(branch.facts),
                "stage": None if branch.stage is None else _stage_data(branch.stage, rulebook),
            }
            for branch in stage.branches
        ],
    }
