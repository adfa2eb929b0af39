"""Where a new questionnaire starts: from nothing, or on top of a situation that comes with the rulebook."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from plenipo.cli.ask.prompts import MenuChoice, Prompts
from plenipo.errors import SituationError
from plenipo.report.words import counted
from plenipo.rulebook import locations
from plenipo.rulebook.model import Rulebook, Situation
from plenipo.situations.read import load_situation

NOTHING = MenuChoice(":nothing", "1", "from nothing: every question may come")
OTHERS = ":others"
#: How a note begins that names the proposition on which a fact rests.
_CITING = re.compile(r"\[(\w+)\]")


def chosen_base(rulebook: Rulebook, folder: Path | None, file: Path, prompts: Prompts) -> str:
    """
    Let the user choose the situation from which the one in a new file starts, and return what to call it there.

    It is empty where the user starts from nothing, or where no situation comes with the rulebook. Situations that say
    only what the sources themselves take as given are offered first.
    """
    paths = locations.situations(folder)
    known = {name: said for name, path in paths.items() if (said := _loaded(rulebook, path))}
    if not known:
        return ""
    given = [name for name, said in known.items() if taken_as_given(rulebook, said)]
    others = [name for name in known if name not in given]
    choices = [NOTHING, *(_choice(name, known, number) for number, name in enumerate(given, 2))]
    if others:
        many = counted(len(others), f"{'other ' if given else ''}situation")
        choices.append(
            MenuChoice(OTHERS, str(len(choices) + 1), f"from a situation that comes with the rulebook ({many})")
        )
    chosen = prompts.choose("Where do you want to start?", choices, NOTHING.value)
    if chosen == OTHERS:
        numbered = [_choice(name, known, number) for number, name in enumerate(others, 1)]
        chosen = prompts.choose("From which situation?", [*numbered, MenuChoice(NOTHING.value, "0", "from nothing")])
    return "" if chosen == NOTHING.value else called(chosen, paths[chosen], file)


def taken_as_given(rulebook: Rulebook, situation: Situation) -> bool:
    """Return whether every fact of a situation rests on a proposition of the sources, which its note names first."""
    cited = (_CITING.match(situation.notes.get(fact, "")) for fact in situation.facts)
    return bool(situation.facts) and all(found and found[1] in rulebook.propositions for found in cited)


def called(name: str, path: Path, file: Path) -> str:
    """Return what a fact file has to call a situation: its name if it is bundled, else the way to its file."""
    if locations.situations().get(name) == path:
        return name
    return os.path.relpath(path, file.resolve().parent)


def _loaded(rulebook: Rulebook, path: Path) -> Situation | None:
    """Return a situation, or None where it does not belong to this rulebook."""
    try:
        return load_situation(rulebook, path)
    except SituationError:
        return None


def _choice(name: str, known: Mapping[str, Situation], number: int) -> MenuChoice:
    situation = known[name]
    return MenuChoice(name, str(number), f"{situation.title or name} ({counted(len(situation.facts), 'fact')})")
