"""The known name that a word most likely means, for the help line of an error message."""

import difflib
from collections.abc import Iterable

from plenipo.errors import LONGEST_WORD, quoted


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


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the help line that suggests the nearest known name, or nothing."""
    name = nearest(word, known)
    return (Suggestion(name),) if name else ()


def suggested(help: Iterable[str]) -> str | None:
    """Return the name that help lines suggest, or None."""
    return next((line.name for line in help if isinstance(line, Suggestion)), None)
