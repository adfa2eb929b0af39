"""
The guard: no text in CSV or TSV can become a formula in a spreadsheet, and every text can be had back.

A `'` is put before a text that begins as a formula does, whatever cannot be seen before it, and before one that begins
with a `'`. Somebody may open the file with a separator that is not its own, and quotes then hold nothing together: so
a `'` also stands where a formula would begin after a semicolon, a tab, an end of line, or, where tabs part cells, a
comma. What begins a formula is what OWASP names, https://owasp.org/www-community/attacks/CSV_Injection.

The patterns are read alike by Python, by Polars (Rust) and by Spark (Java).
"""

from __future__ import annotations

import re

GUARD = "'"
_FORMULA = r"=+\-@\uff1d\uff0b\uff0d\uff20"
#: What a spreadsheet may pass over: blanks and whatever else is not seen, quotes, and guards that stand there already.
_UNSEEN = (
    r"\x00-\x08\x0b\x0c\x0e-\x20\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u1680\u180e\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
_BEFORE = rf"[{_UNSEEN}'\x22]*"

#: A text before which a guard is put.
START = rf"^(?:'|{_BEFORE}[{_FORMULA}\t\r\n])"


def inner(separator: str) -> str:
    """Return the pattern of a place within a text at which a guard is put, between the two groups."""
    return rf"([{_elsewhere(separator)}])({_BEFORE}[{_FORMULA}])"


def guarded(text: str, separator: str = ",") -> str:
    """
    Return a text as it is written where a separator parts cells.

    >>> guarded("=1+1"), guarded("'=1"), guarded("a; -1"), guarded("a-1")
    ("'=1+1", "''=1", "a;' -1", 'a-1')
    """
    text = re.sub(inner(separator), rf"\1{GUARD}\2", text)
    return GUARD + text if re.match(START, text) else text


def bare(text: str, separator: str = ",") -> str:
    """
    Return a text as it was before it was guarded.

    >>> bare("''=1"), bare("a;' -1"), bare("a-1")
    ("'=1", 'a; -1', 'a-1')
    """
    pattern = rf"([{_elsewhere(separator)}]){GUARD}({_BEFORE}[{_FORMULA}])"
    return re.sub(pattern, r"\1\2", text.removeprefix(GUARD))


def _elsewhere(separator: str) -> str:
    """Return what may part cells or rows for somebody who takes the file for one of another kind."""
    return r";\t\r\n" if separator == "," else r";,\t\r\n"
