"""
Malformed YAML, explained: where the parser gave up, what it probably means, what to do.

The parser speaks of tokens and nodes; authors of rules think of quotation marks and indentation.
"""

import yaml

from plenipo.errors import Location, printable
from plenipo.rulebook.fault_list import Faults

#: What the parser says (a part of it) -> what we say, and what to do about it.
SAYINGS = (
    (
        "mapping values are not allowed",
        "a key with its value is not allowed here",
        "put a text with a colon and a space in quotation marks, or mend the indentation",
    ),
    ("cannot start any token", "no text may begin with this character", "put the text in quotation marks"),
    (
        "could not find expected ':'",
        "a key has no colon after it here",
        "write `key: value`, with a space after the colon",
    ),
    ("found unexpected end of stream", "the file ends inside a text in quotation marks", "close the quotation mark"),
    (
        "found unexpected document indicator",
        "a line of `---` or `...` is inside a text in quotation marks",
        "close the quotation mark",
    ),
    (
        "expected <block end>",
        "the file cannot be understood here",
        "check the indentation, and that every bracket and quotation mark is closed",
    ),
    (
        "did not find expected",
        "the file cannot be understood here",
        "check the indentation, and that every bracket and quotation mark is closed",
    ),
    (
        "expected ',' or",
        "a list or mapping in brackets goes wrong here",
        "separate its parts by commas, and close the bracket",
    ),
    (
        "escape",
        "a backslash in double quotation marks begins something unknown here",
        "use single quotation marks, in which a backslash is only a backslash",
    ),
)


def syntax_fault(error: Exception, text: str, name: str, faults: Faults) -> None:
    """Add the fault that made the parser give up on a text: its tabs if they are to blame, else where and why."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    lines = text.splitlines()
    line = mark.line if mark else 0
    if mark and ("tab" in problem or _indented_by_tab(lines, line) or text[mark.index : mark.index + 1] == "\t"):
        _tabs(lines, line, mark.column, name, faults)
        return
    message, help = _saying(problem)
    place = Location(name, line + 1, mark.column + 1) if mark else Location(name)
    faults.add("yaml-syntax", message, place, also=_beginning(error, name, place), help=help)


def _saying(problem: str) -> tuple[str, tuple[str, ...]]:
    for part, message, help in SAYINGS:
        if part in problem:
            return message, (help,)
    return printable(problem, 200) or "this is not YAML", ()


def _beginning(error: Exception, name: str, place: Location) -> tuple[tuple[Location, str], ...]:
    """Return where the construct began that the parser was in, when that is another line."""
    mark = getattr(error, "context_mark", None)
    if not isinstance(error, yaml.MarkedYAMLError) or mark is None or mark.line + 1 == place.line:
        return ()
    return ((Location(name, mark.line + 1, mark.column + 1), "what it belongs to begins here"),)


def _indented_by_tab(lines: list[str], number: int) -> bool:
    line = lines[number] if number < len(lines) else ""
    return "\t" in line[: len(line) - len(line.lstrip())]


def _tabs(lines: list[str], line: int, column: int, name: str, faults: Faults) -> None:
    """Add a fault for every line indented by tabs, or for the one tab that was in the way."""
    numbers = [number for number in range(len(lines)) if _indented_by_tab(lines, number)]
    places = [Location(name, number + 1, lines[number].index("\t") + 1) for number in numbers]
    help = ("use spaces, two for each level",)
    for place in places or [Location(name, line + 1, column + 1)]:
        faults.add("tab", "there is a tab where only spaces are allowed", place, help=help)
