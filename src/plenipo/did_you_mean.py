"""The known name that a word most likely means, for the help line of an error message."""

import difflib
import re
from collections.abc import Iterable, Sequence

from plenipo.errors import LONGEST_WORD, quoted, quoted_list

#: So many names with the same word in them are told; a word with fewer letters is in names by chance.
MOST_NAMES = 6
FEWEST_LETTERS = 3
#: How like a word one of the words in a name has to be; words are shorter than names, and alike by chance sooner.
NEARLY = 0.87


class Suggestion(str):
    """
    The help line that suggests a name; `name` is that name as it is, for programs that read the fault.

    >>> Suggestion("wind"), Suggestion("wind").name
    ('did you mean `wind`?', 'wind')
    """

    __slots__ = ("name",)

    name: str

    def __new__(cls, name: str) -> "Suggestion":
        """Return the line for a name."""
        line = super().__new__(cls, f"did you mean {quoted(name)}?")
        line.name = name
        return line

    def __getnewargs__(self) -> tuple[str]:
        """Return what a copy is made from."""
        return (self.name,)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """
    Return the known name that `word` most likely means, or None when nothing is near; nothing is near a very long one.

    >>> nearest("us_china_frictoin", ["us_china_friction", "us_rok_alignment"])
    'us_china_friction'
    >>> nearest("weather", ["us_china_friction"]) is None
    True
    """
    if len(word) > LONGEST_WORD:
        return None
    names = list(known)
    folded = {name.casefold().replace("-", "_"): name for name in reversed(names)}
    close = difflib.get_close_matches(word.casefold().replace("-", "_"), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def names_with(word: str, known: Iterable[str]) -> list[str]:
    """
    Return the known names that have all parts of `word` among their own, as people who remember half a name type it.

    >>> names_with("missile tests", ["spring-2022-missile-tests", "late-summer-2020"])
    ['spring-2022-missile-tests']
    """
    parts = _parts(word) if len(word) <= LONGEST_WORD else set()
    if max(map(len, parts), default=0) < FEWEST_LETTERS:
        return []
    return [name for name in known if parts <= _parts(name)]


def _names_with_nearly(word: str, names: Sequence[str]) -> list[str]:
    """Return the names that have a part which is nearly this word, misspelt."""
    if len(word) > LONGEST_WORD:
        return []
    parts = {part for name in names for part in _parts(name) if len(part) > FEWEST_LETTERS}
    close = difflib.get_close_matches(word.casefold(), sorted(parts), n=1, cutoff=NEARLY)
    return names_with(close[0], names) if close else []


def _parts(name: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", name.casefold()))


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the help line that suggests what is meant: names with that word in them, else the nearest, or nothing."""
    names = list(dict.fromkeys(known))
    near = nearest(word, names)
    having = names_with(word, names) or ([] if near else _names_with_nearly(word, names))
    if len(having) > 1:
        more = len(having) - MOST_NAMES
        listed = quoted_list(having) if more <= 0 else f"{', '.join(map(quoted, having[:MOST_NAMES]))} or {more} more"
        return (f"did you mean {listed}?",)
    name = having[0] if having else near
    return (Suggestion(name),) if name else ()


def suggested(help: Iterable[str]) -> str | None:
    """Return the name that help lines suggest, or None."""
    return next((line.name for line in help if isinstance(line, Suggestion)), None)
