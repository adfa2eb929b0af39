"""Where a new questionnaire starts: from nothing, or from a situation that comes with the rulebook."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from plenipo.cli.ask.prompts import Choice, Prompts
from plenipo.rulebook import locations
from plenipo.rulebook.model import Rulebook
from plenipo.situations.read import load_situation

#: A rulebook may come with a situation of this name: what its sources say of the time in which they were written.
GIVEN = "what-the-essays-take-as-given"
NOTHING = Choice(":nothing", "1", "from nothing: every question is open")
LEAVE = Choice(":back", "b", "back", side=True)


def offered(folder: Path | None) -> tuple[str, ...]:
    """Return the names of the situations to start from: those of the bundled rulebook, for no other has any to name."""
    if folder is not None and folder.resolve() != locations.home().resolve():
        return ()
    return tuple(locations.situations())


def start(book: Rulebook, names: Iterable[str], prompts: Prompts) -> str:
    """
    Let the user choose where to start, and return the name of a situation, empty for nothing.

    Raises:
        KeyboardInterrupt: the user broke off.
        EOFError: the terminal is gone.
    """
    names = tuple(names)
    choices = [NOTHING]
    if GIVEN in names:
        choices.append(Choice(GIVEN, "2", "from what the essays take as given: you answer what they leave open"))
    choices.append(Choice(":other", str(len(choices) + 1), "from a situation that comes with plenipo"))
    while True:
        chosen = prompts.choose("Where do you want to start?", choices, NOTHING.value)
        if chosen == ":other":
            chosen = _situation(book, names, prompts)
        if chosen != LEAVE.value:
            return "" if chosen == NOTHING.value else chosen


def _situation(book: Rulebook, names: Iterable[str], prompts: Prompts) -> str:
    titles = {name: load_situation(book, locations.resolve(name)).title or name for name in names}
    choices = [Choice(name, str(number), title) for number, (name, title) in enumerate(titles.items(), 1)]
    return prompts.choose("From which situation?", [*choices, LEAVE])
