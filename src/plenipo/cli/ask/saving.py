"""Saving an answer during the questionnaire, and the messages when it goes to another file or cannot be saved."""

from __future__ import annotations

import os
import shlex
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from plenipo.cli.ask.leaving import Ended
from plenipo.cli.ask.prompts import MenuChoice, Prompts
from plenipo.errors import UsageError
from plenipo.interview import Interview
from plenipo.interview.answer_file import AnswerFile, ContestedError, UnkeptError
from plenipo.report import questionnaire
from plenipo.report.page import Page
from plenipo.report.untrusted_text import clean
from plenipo.rulebook.model import UNKNOWN

RETRY = MenuChoice(":retry", "t", "try again")
THEIRS = MenuChoice(":theirs", "k", "keep what is there now")
MINE = MenuChoice(":mine", "m", "write my answer")
#: What somebody else may change in a file beside its facts.
HEADS = ("title", "as_of", "based_on", "notes", "considering")
GIVE_UP = MenuChoice(":give-up", "s", "stop without keeping them")


def keep(
    interview: Interview, facts: Collection[str], answer_file: AnswerFile, prompts: Prompts, page: Page
) -> Interview:
    """
    Write the answers on some facts to the file, and return the questionnaire with what the file says then.

    Where somebody else has changed the same answers meanwhile, the user says which shall stand. Where nothing can be
    written, the user sees which answers are in no file, and may try again any number of times.

    Raises:
        UsageError: the user gave up; it names the answers that are in no file.
    """
    before, own = answer_file.path, answer_file.own
    answers = {fact: interview.answers[fact] for fact in facts}
    over: Mapping[str, str | None] = {}
    settled: frozenset[str] = frozenset()
    while True:
        try:
            answer_file.keep(answers, over)
            break
        except ContestedError as contest:
            settled |= contest.held.keys()
            if _theirs(contest.held, interview, answer_file.path, prompts, page):
                answers = {fact: value for fact, value in answers.items() if fact not in contest.held}
            else:
                over = {**over, **contest.held}
        except UnkeptError as fault:
            held = answer_file.held
            lost = _lost(interview, facts, held)
            _show_fault(fault, held, lost, page)
            if not _again(prompts):
                raise _given_up(fault, lost) from fault
    saved = interview.taken_up(answer_file.situation, answer_file.declined)
    if answer_file.remade:
        _show(f"{from_here(before)} was gone, and has been made again with all answers.", page)
    if answer_file.path != before:
        _show_move(before, answer_file.path, page)
    names = [f"`{key}`" for key in HEADS if getattr(own, key) != getattr(answer_file.own, key)]
    _show_changes_of_others(interview, saved, names, settled, answer_file.path, page)
    return saved


def from_here(path: Path) -> str:
    """Return the path of a file, from here where that is shorter."""
    try:
        return clean(min(os.path.relpath(path), str(path), key=len))
    except FileNotFoundError:  # the folder that we are in is gone
        return clean(str(path))


def _lost(interview: Interview, facts: Collection[str], held: Mapping[str, str]) -> Mapping[str, str]:
    """Return the answers that are in no file; a file that is there may have no room to say what is not known."""
    return {
        id: value
        for id, value in interview.answers.items()
        if id in facts or (id not in held and (value != UNKNOWN or not held))
    }


def _again(prompts: Prompts) -> bool:
    try:
        return prompts.choose("What now?", [RETRY, GIVE_UP], RETRY.value) == RETRY.value
    except (KeyboardInterrupt, EOFError, Ended):
        return False


def _show_fault(fault: UnkeptError, held: Mapping[str, str], lost: Mapping[str, str], page: Page) -> None:
    name = from_here(fault.path)
    _show(f"The answer cannot be written to {name}: {fault.reason}.", page)
    count = "one answer" if len(held) == 1 else f"{len(held)} answers"
    page.paragraph(f"{name} holds {count} as before." if held else f"No answer can be found in {name} now.")
    page.paragraph("In no file:")
    for id, value in lost.items():
        page.paragraph(f"{id}: {value}", indent=2, hang=2)


def _given_up(fault: UnkeptError, lost: Mapping[str, str]) -> UsageError:
    name = from_here(fault.path)
    said = ", ".join(f"{id}={value}" for id, value in lost.items())
    again = " ".join(f"--set {shlex.quote(f'{id}={value}')}" for id, value in lost.items())
    return UsageError(
        f"`{name}` cannot be written to ({fault.reason}), and in no file is what you answered: {said}",
        help=(f"once it can be, `plenipo ask {shlex.quote(name)} {again}` takes that up",),
    )


def _theirs(held: Mapping[str, str | None], interview: Interview, path: Path, prompts: Prompts, page: Page) -> bool:
    """Show what somebody else has answered meanwhile, and return whether the user lets it stand."""
    _show(f"Meanwhile somebody else has changed in {from_here(path)} what you have just answered:", page)
    for id, value in held.items():
        fact = interview.rulebook.facts[id]
        there = "the answer was taken out" if value is None else questionnaire.answer(fact, value)
        mine = questionnaire.answer(fact, interview.answers[id])
        page.paragraph(f"{fact.name}: {there}; your answer: {mine}", indent=2, hang=2)
    return prompts.choose("Which shall stand?", [THEIRS, MINE], THEIRS.value) == THEIRS.value


def _show_move(before: Path, now: Path, page: Page) -> None:
    risk = f"The answer cannot be written into {from_here(before)} without risk to the rest of it."
    _show(f"{risk} That file stays as it is; all answers are kept in {from_here(now)} from here on.", page)


def _show_changes_of_others(
    before: Interview, saved: Interview, heads: Sequence[str], settled: Collection[str], path: Path, page: Page
) -> None:
    """Say what else somebody has changed in the file, for the advice goes by it from now on."""
    facts = [
        fact.name
        for id, fact in saved.rulebook.facts.items()
        if id not in settled and before.known.get(id) != saved.known.get(id)
    ]
    if names := ", ".join([*facts, *heads]):
        _show(f"{from_here(path)} was changed by somebody else, and is taken as it is now: {names}.", page)


def _show(said: str, page: Page) -> None:
    page.blank()
    page.paragraph((said, "yellow"))
