"""What callers may hand over where a situation is wanted; for type checkers alone."""

from collections.abc import Mapping
from pathlib import Path

from plenipo.rulebook.model import Situation

#: A loaded situation, facts by id, a file, or the name of a bundled situation.
SituationLike = Situation | Mapping[str, str | bool | None] | Path | str
