"""The questionnaire on a page: how far it is, help on a question, why it is asked, what was answered so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.cells import cell_len

from plenipo.counsel.shift import Shift, shifts
from plenipo.interview import AnswerBranch, Consequence, Interview, Question
from plenipo.report import words
from plenipo.report.answers.differing import STILL, only_named
from plenipo.report.document import GLUE
from plenipo.report.page import COLOURS, Page, Piece
from plenipo.report.words import counted
from plenipo.rulebook.model import UNKNOWN, Fact, Rule, Rulebook
from plenipo.rulebook.verdict import Verdict

#: A heading cut shorter than this says nothing.
LEGIBLE = 16
#: What stands for changes of the brief for which there is no room.
OTHERS = "and more"


def question(interview: Interview, asked: Question, page: Page) -> None:
    """Write the heading of a question, and what there is to know before it is answered."""
    page.blank()
    _heading(asked.fact.name, interview, page)
    if asked.held is not None:
        said, origin = answer(asked.fact, asked.held), interview.base.taken_over.get(asked.fact.id)
        page.paragraph((f"Taken over from {origin}: {said}." if origin else f"Answered before: {said}.", "dim"))
    elif asked.idle:
        page.paragraph(("Asked for completeness: the answer changes no verdict.", "dim"))


def again(words: str, page: Page) -> None:
    """Write a heading once more, for what has come since may have pushed it off the screen."""
    page.blank()
    page.heading(_cut(words, page.width - 2))


def _heading(words: str, interview: Interview, page: Page) -> None:
    """Write a heading, cut where need be, with how far the questionnaire is: in full, in short, or on its own line."""
    full, short = _progress(interview)
    note = full if cell_len(words) + cell_len(full) + 4 < page.width else short
    room = page.width - cell_len(note) - 4
    if room >= LEGIBLE:
        page.heading(_cut(words, room), note=note)
    else:
        page.heading(_cut(words, page.width - 2))
        page.paragraph((note, "dim"))


def _progress(interview: Interview) -> tuple[str, str]:
    """Return how far the questionnaire is, in full and in short."""
    if interview.about:
        return _verdicts_open(interview)
    asked, known, moving = len(interview.given), len(interview.known), len(interview.moving)
    if interview.orienting:
        rest = f"{len(interview.orienting)} to place it"
    elif moving:
        rest = f"{moving} can still move the brief"
    elif interview.asking.questions:
        rest = f"{len(interview.asking.questions)} can refine it"
    else:
        rest = f"{len(interview.left)} left"
    return f"{asked} asked · {counted(known, 'fact')} known · {rest}", f"{asked} asked · {rest}"


def _verdicts_open(interview: Interview) -> tuple[str, str]:
    asking, count = interview.asking, len(interview.about)
    rest = f" · at most {len(asking.questions)} to ask" if asking.questions else ""
    if not rest and interview.thorough and interview.left:
        rest = f" · {len(interview.left)} left"
    verdicts = "verdict" if count == 1 else "verdicts"
    note = f"{len(asking.open)} of {count} {verdicts} open{rest}"
    return note, note.replace(f" {verdicts} ", " ").replace("at most ", "")


def note(asked: Question, page: Page) -> str:
    """Return the help on a question in one line: the sentences that have room, else the beginning of the first."""
    help, room = " ".join(asked.fact.help.split()), page.width - 5
    sentences = [place + 1 for place in range(len(help)) if help.startswith(". ", place)]
    whole = [place for place in (*sentences, len(help)) if cell_len(help[:place]) <= room]
    return help[: max(whole)] if whole else _cut(help, room)


def further(interview: Interview) -> str:
    """Return what going on would ask, where something is left to ask."""
    refining = len(interview.asking.questions)
    if refining and not (interview.refining or interview.about):
        return f"go on with {counted(refining, 'question')} that would refine it"
    left = len(interview.left)
    questions = "the question that is left" if left == 1 else f"the {left} questions that are left"
    return f"go on with {questions}, for completeness"


def changed(before: Interview, interview: Interview, page: Page) -> None:
    """Write what the last answer changed in the brief, in two lines at most; nothing where it changed nothing."""
    said = _differences(before, interview)
    if not said:
        return
    while len(said) > 1 and cell_len("; ".join(said)) > 2 * (page.width - 6) - len(OTHERS):
        said = [*said[: -2 if said[-1] == OTHERS else -1], OTHERS]
    line = "; ".join(said)
    page.blank()
    page.paragraph((f"{line[0].upper()}{line[1:]}.", "dim"), mark=("\u2192 ", "cyan"))


def _differences(before: Interview, after: Interview) -> list[str]:
    """Return in what one brief really differs from another, a clause for each kind of difference."""
    options, said = after.rulebook.options, []
    for label, ids in _parts("now {}", shifts(before.choice, after.choice, before.verdicts, after.verdicts)):
        more = f" and {len(ids) - 1} more" if ids[1:] else ""
        said.append(f"{label}: {options[ids[0]].title}{more}")
    lead = after.choice.lead
    if not said and before.choice.lead != lead:
        said.append(f"now first of all: {options[lead[0]].title}")
    return said


def outlook(interview: Interview, page: Page) -> None:
    """Write below a brief how many of the questions that are left could still change it."""
    if interview.about or interview.broken:
        return
    moving = len(interview.moving)
    could = f"{counted(moving, 'question')} could still change this brief."
    page.blank()
    page.paragraph((could if moving else "No single answer that is left would change this brief.", "dim"))
    for said in words.undecided(interview.undecided):
        page.paragraph((said, "dim"))


def _parts(then: str, changed: Iterable[Shift]) -> Iterable[tuple[str, Sequence[str]]]:
    """Yield what comes into a part of a brief or goes out of it: a label and the options, where there are any."""
    nothing = Shift("")
    parts = {each.part: each for each in changed}
    lead, held, warned = (parts.get(part, nothing) for part in ("lead", "not_yet", "beware"))
    said = (
        (then.format("first"), lead.new),
        ("no longer first", lead.gone),
        (f"{STILL[:1].lower()}{STILL[1:]}", lead.still),
        (then.format("not yet"), held.new),
        (then.format("beware"), warned.new),
        ("no longer held", held.gone),
        ("no longer a warning", warned.gone),
    )
    return ((label, ids) for label, ids in said if ids)


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


def why(interview: Interview, branches: Sequence[AnswerBranch], page: Page) -> None:
    """Write what each answer would change in the brief and by which reason, or the verdicts that count where few do."""
    asked = interview.question
    if asked is None:
        return
    page.blank()
    page.heading("What each answer would do", note=asked.fact.id)
    seen: set[str] = set()
    for _, group in groupby(branches, key=lambda each: (each.after, each.consequences, each.because)):
        alike = list(group)
        said = words.labels(asked.fact, [branch.value for branch in alike])
        sums_up = _counted(alike[0], interview)
        page.paragraph((said, "bold"), (f"{GLUE} {sums_up}" if sums_up else ":", "dim"), indent=1)
        if interview.about:
            for consequence in alike[0].consequences:
                _consequence(consequence, interview.rulebook, page, seen)
        else:
            _moves(alike[0], interview.rulebook, page, seen)


def _moves(branch: AnswerBranch, rulebook: Rulebook, page: Page, seen: set[str]) -> None:
    """Write what an answer would change in the brief: a sentence for each option, with the reason."""
    for label, ids in _parts("then {}", branch.shifts):
        for id in ids:
            said = f"{label[0].upper()}{label[1:]}: {rulebook.options[id].title}"
            _move(said, branch.because.get(id), rulebook, page, seen)


def _move(said: str, rule: Rule | None, rulebook: Rulebook, page: Page, seen: set[str]) -> None:
    if rule is None or rule.id in seen:
        page.paragraph(f"{said}.", indent=3, hang=2)
    else:
        seen.add(rule.id)
        page.paragraph(f"{said}. {rule.because}", (f" {words.rule_sources(rule, rulebook)}", "dim"), indent=3, hang=2)


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
    if interview.about or not interview.asking.open:
        whose = "any of these options" if interview.about else "any option"
        shows = " Enter shows the advice." if interview.known else ""
        page.paragraph(f"No answer can change the verdict on {whose} any more.{shows}")
    else:
        asked = f"{counted(len(interview.given), 'question')} asked: the main advice stands"
        page.paragraph(f"{asked}; {len(interview.asking.questions)} more would refine it; Enter shows it.")
        page.paragraph(("No single further answer changes what leads, what has to wait, or what to beware of.", "dim"))
    declined = sum(value == UNKNOWN for value in interview.answers.values())
    if declined:
        things = "one thing is" if declined == 1 else f"{declined} things are"
        page.paragraph((f"This takes it that {things} not known.", "dim"))
    for id in interview.about:
        said = interview.advice.options[id]
        option = interview.rulebook.options[id]
        page.paragraph(*_verdict(said.verdict, option.title), indent=1, mark=page.mark(said.verdict), right=id)


def _counted(branch: AnswerBranch, interview: Interview) -> str:
    turned = sum(each.turned for each in branch.consequences)
    if interview.about:
        settled = sum(each.settled for each in branch.consequences)
        parts = [f"{count} {word}" for count, word in ((turned, "changed"), (settled, "settled")) if count]
        return ", ".join(parts) or "changes and settles nothing yet"
    if branch.shifts:
        return ""
    verdicts = f"; {counted(turned, 'verdict')} would change" if turned else ""
    named = only_named(branch.before, branch.after)
    return f"{f'the brief only {named}' if named else 'changes nothing in the brief'}{verdicts}"


def _consequence(consequence: Consequence, rulebook: Rulebook, page: Page, seen: set[str]) -> None:
    was = consequence.before
    before: list[Piece] = [(was.value, COLOURS[was]), " \u2192 "] if consequence.turned else []
    fate = "settled" if consequence.settled else "still open"
    pieces = [*before, *_verdict(consequence.after, consequence.option.title)]
    page.paragraph(*pieces, indent=3, mark=page.mark(consequence.after), right=fate)
    for rule in consequence.rules:
        if rule.id not in seen:
            seen.add(rule.id)
            page.paragraph(rule.because or rule.id, (f" {words.rule_sources(rule, rulebook)}", "dim"), indent=7, hang=2)


def _verdict(verdict: Verdict, title: str) -> list[Piece]:
    return [(verdict.value, COLOURS[verdict]), f"{GLUE} ", title]
