"""How much a batch takes in before it says that this cannot be meant: bounds that no honest file meets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plenipo.errors import Diagnostic, Location, SituationError, UsageError, quoted

#: The most bytes that a line of JSON Lines, or a row of CSV, may have.
LONGEST_ROW = 1 << 23
#: The most columns that a table may have.
MOST_COLUMNS = 30_000
#: The most bytes that a file may unpack to, unless that is less than so many times what it has packed.
MOST_UNPACKED = 1 << 28
USUAL_RATIO = 200
#: The most bytes that a JSON array may have, as it is read whole.
LONGEST_ARRAY = 1 << 27
#: How often a file may have been packed.
MOST_LAYERS = 4
_UNITS = {"": 0, "K": 10, "M": 20, "G": 30, "T": 40}


@dataclass(frozen=True)
class Limits:
    """The most bytes in a row, the most columns, and, where it is said, the most bytes of a file that was packed."""

    row: int = LONGEST_ROW
    columns: int = MOST_COLUMNS
    unpacked: int | None = None

    def refuse_row(self, name: str, what: str) -> SituationError:
        """Return the fault of a row of the file `name` that does not end soon enough."""
        message = f"{what} does not end in {self.row:,} bytes"
        return _too_large(
            name, message, f"if it is meant to be as long, raise the bound: `--max-row {_more(self.row)}`"
        )

    def check_columns(self, name: str, count: int) -> None:
        """
        Check that the file `name` has no more columns than a table may have.

        Raises:
            SituationError: it has.
        """
        if count > self.columns:
            help = f"if they are meant, raise the bound: `--max-columns {2 * count}`"
            raise _too_large(name, f"this table has more than {self.columns:,} columns", help)

    def unpacked_from(self, packed: int) -> int:
        """Return the most bytes that a file of this size may unpack to."""
        return self.unpacked or max(MOST_UNPACKED, packed * USUAL_RATIO)

    def refuse_unpacked(self, name: str, most: int) -> SituationError:
        """Return the fault of the file `name`, which would unpack to more than it may."""
        help = f"if it is meant to be as long, raise the bound: `--max-unpacked {_more(most)}`"
        return _too_large(name, f"this file unpacks to more than {most:,} bytes", help)

    @property
    def array(self) -> int:
        """The most bytes that a JSON array may have."""
        return self.unpacked or LONGEST_ARRAY

    def refuse_array(self, name: str) -> SituationError:
        """Return the fault of the file `name`, a JSON array that is too long."""
        help = f"write an object a line (JSON Lines), or raise the bound: `--max-unpacked {_more(self.array)}`"
        return _too_large(name, f"this JSON array has more than {self.array:,} bytes", help)


#: What is taken in where nothing is said.
USUAL = Limits()


def size_of(text: str, option: str) -> int:
    """
    Return the bytes that a size means.

    Raises:
        UsageError: it is no size.

    >>> size_of("64MB", "--max-row"), size_of("1 g", "--max-row"), size_of("1000", "--max-row")
    (67108864, 1073741824, 1000)
    """
    read = re.fullmatch(r"([1-9]\d{0,14}) ?([KMGT]?)i?B?", text.strip(), re.IGNORECASE)
    if not read:
        raise UsageError(f"{quoted(text)} is not a size for `{option}`", help=("write it as 64MB or 2GB",))
    return int(read[1]) << _UNITS[read[2].upper()]


def _more(bytes: int) -> str:
    """Return a size that is well above another one."""
    return f"{max(bytes >> 18, 1)}MB"


def _too_large(name: str, message: str, help: str) -> SituationError:
    return SituationError((Diagnostic("too-large", message, Location(name), help=(help,)),))
