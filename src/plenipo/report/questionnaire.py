"""The questionnaire on a page: how far it is, help on a question, why it is asked, what was answered so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.cells import cell_len

from plenipo.interview import Branch, Consequence, Interview, Question
from plenipo.report import words
from plenipo.report.document import GLUE
from plenipo.report.page import COLOURS, Page, Piece
from plenipo.rulebook.model import UNKNOWN, Fact, Rule, Rulebook
from plenipo.rulebook.verdict import Verdict

#: A heading cut shorter than this says nothing.
LEGIBLE = 16


def question(interview: Interview, asked: Question, page: Page) -> None:
    """Write the heading of a question, and what there is to know before it is answered."""
    page.blank()
    _heading(asked.fact.name, interview, page)
    if asked.held is not None:
        said, origin = answer(asked.fact, asked.held), interview.base.taken_over.get(asked.fact.id)
        page.paragraph((f"Taken over from {origin}: {said}." if origin else f"Answered before: {said}.", "dim"))
    elif not asked.bears_on:
        page.paragraph(("Asked for completeness: the answer changes no verdict.", "dim"))


def again(words: str, page: Page) -> None:
    """Write a heading once more, for what has come since may have pushed it off the screen."""
    page.blank()
    page.heading(_cut(words, page.width - 2))


def _heading(words: str, interview: Interview, page: Page) -> None:
    """Write a heading, cut where need be, with how many verdicts are open and how much there may still be to ask."""
    asking, counted = interview.asking, interview.about or interview.rulebook.options
    verdicts = "verdict" if len(counted) == 1 else "verdicts"
    note = f"{len(asking.open)} of {len(counted)} {verdicts} open"
    if asking.questions:
        note += f" · at most {len(asking.questions)} to ask"
    elif interview.thorough and interview.left:
        note += f" · {len(interview.left)} left"
    if cell_len(words) + cell_len(note) + 4 >= page.width:
        note = note.replace(f" {verdicts} ", " ").replace("at most ", "")
    room = page.width - cell_len(note) - 4
    if room >= LEGIBLE:
        page.heading(_cut(words, room), note=note)
    else:
        page.heading(_cut(words, page.width - 2))
        page.paragraph((note, "dim"))


def _cut(words: str, room: int) -> str:
    """Return as many of the words as there is room for."""
    if cell_len(words) <= room:
        return words
    while words and cell_len(f"{words}\u2026") > room:
        words = words.rpartition(" ")[0] or words[:-1]
    return f"{words}\u2026"


def answer(fact: Fact, value: str) -> str:
    """Return what an answer says."""
    return words.labels(fact, [value])


def help(interview: Interview, asked: Question, page: Page) -> None:
    """Write all that the rulebook says about a question."""
    fact = asked.fact
    page.blank()
    page.paragraph((fact.ask, "bold"), right=fact.id)
    if fact.help:
        page.paragraph(fact.help, indent=2)
    if fact.why:
        page.paragraph(("Why it matters: ", "italic"), fact.why, indent=2)
    _values(asked, page)
    if ruled_out := [label for value, label in fact.values.items() if value not in asked.values]:
        page.paragraph(("Not possible with your other answers: ", "yellow"), "; ".join(ruled_out), indent=2, hang=2)
        for constraint in interview.rulebook.constraints:
            if constraint.because and any(atom.name == fact.id for atom in constraint.never.every_atom()):
                page.paragraph(constraint.because, indent=4)


def _values(asked: Question, page: Page) -> None:
    """Write the values that may be given, each as a file has it, with what it means in a column beside."""
    if asked.fact.boolean:
        page.paragraph((" or ".join(asked.values.values()), "bold"), indent=2)
        return
    column = min(max(map(len, asked.values)), page.width // 3) + 2
    for value, label in asked.values.items():
        meaning = label if label != value else ""
        page.paragraph(meaning, indent=2, mark=(value.ljust(column), "bold"))


def why(interview: Interview, branches: Sequence[Branch], page: Page) -> None:
    """Write what would follow from each answer: the verdicts it turns or settles, and the rules behind that."""
    asked = interview.question
    if asked is None:
        return
    page.blank()
    page.heading("What each answer would do", note=asked.fact.id)
    page.paragraph(("turned: the verdict becomes another one; settled: it can no longer change", "dim"), indent=1)
    seen: set[str] = set()
    for consequences, alike in groupby(branches, key=lambda branch: branch.consequences):
        said = words.labels(asked.fact, [branch.value for branch in alike])
        page.paragraph((said, "bold"), (f"{GLUE} {_counted(consequences)}", "dim"), indent=1)
        for consequence in consequences:
            _consequence(consequence, interview.rulebook, page, seen)


def answers(interview: Interview) -> Iterable[tuple[str, str, str]]:
    """Yield each answer given so far: the fact, what reports call it, and what was answered."""
    for id, value in interview.answers.items():
        fact = interview.rulebook.facts[id]
        origin = interview.base.taken_over.get(id)
        yield id, fact.name, answer(fact, value) + (f" (taken over from {origin})" if origin else "")


def conclusion(interview: Interview, page: Page) -> None:
    """Write that nothing is left to ask, or what keeps the questionnaire from asking."""
    page.blank()
    _heading("Done", interview, page)
    if interview.broken:
        page.paragraph(("Some answers exclude one another, and one of them has to change:", "yellow"))
        for constraint in interview.broken:
            page.paragraph(constraint.because or constraint.id, indent=2)
        return
    whose = "any of these options" if interview.about else "any option"
    page.paragraph(f"No answer can change the verdict on {whose} any more.")
    declined = sum(value == UNKNOWN for value in interview.answers.values())
    if declined:
        things = "one thing is" if declined == 1 else f"{declined} things are"
        page.paragraph((f"This takes it that {things} not known.", "dim"))
    for id in interview.about:
        said = interview.advice.options[id]
        option = interview.rulebook.options[id]
        page.paragraph(*_verdict(said.verdict, option.title), indent=1, mark=page.mark(said.verdict), right=id)


def _counted(consequences: Sequence[Consequence]) -> str:
    turned = sum(each.turned for each in consequences)
    settled = sum(each.settled for each in consequences)
    parts = [f"{count} {word}" for count, word in ((turned, "turned"), (settled, "settled")) if count]
    return ", ".join(parts) or "changes and settles nothing yet"


def _consequence(consequence: Consequence, rulebook: Rulebook, page: Page, seen: set[str]) -> None:
    was = consequence.before
    before: list[Piece] = [(was.value, COLOURS[was]), " \u2192 "] if consequence.turned else []
    fate = "settled" if consequence.settled else "still open"
    pieces = [*before, *_verdict(consequence.after, consequence.option.title)]
    page.paragraph(*pieces, indent=3, mark=page.mark(consequence.after), right=fate)
    for rule in consequence.rules:
        reason: list[Piece] = [] if rule.id in seen or not consequence.turned else [": ", rule.because]
        cited = (f" {_citation(rule, rulebook)}", "dim")
        page.paragraph((rule.id, "italic"), *reason, cited, indent=7, hang=2)
        if reason:
            seen.add(rule.id)


def _verdict(verdict: Verdict, title: str) -> list[Piece]:
    return [(verdict.value, COLOURS[verdict]), f"{GLUE} ", title]


def _citation(rule: Rule, rulebook: Rulebook) -> str:
    """Return the propositions a rule rests on, each with its paragraph."""
    known = rulebook.propositions
    cited = (f"{id}{GLUE}par.{GLUE}{known[id].paragraph}" if id in known else id for id in rule.cite)
    return f"[{', '.join(cited)}]"
