"""Rows of CSV in which no cell can be taken for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from plenipo.csv_safety import guarded


def row(cells: Iterable[str | float]) -> str:
    r"""
    Return a line of CSV.

    >>> row(["=1+1", 2])
    "'=1+1,2\n"
    """
    line = StringIO()
    safe = [guarded(cell) if isinstance(cell, str) else cell for cell in cells]
    csv.writer(line, lineterminator="\n").writerow(safe)
    return line.getvalue()
