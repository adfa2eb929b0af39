"""
The guard: no text in CSV or TSV can become a formula in a spreadsheet, and every text can be recovered.

A `'` goes before a text that begins as a formula does, even after characters that nobody sees, and before a text that
begins with a `'`. If somebody opens the file with a separator that is not its own, quotes hold nothing together. So a
`'` also goes where a formula would begin after a semicolon, a tab, an end of line, or, where tabs separate cells, a
comma. What begins a formula is what OWASP names, https://owasp.org/www-community/attacks/CSV_Injection.

Python, Polars (Rust) and Spark (Java) read the patterns alike.
"""

from __future__ import annotations

import re

GUARD = "'"
_FORMULA = r"=+\-@\uff1d\uff0b\uff0d\uff20"
#: What a spreadsheet may skip: blanks and other characters that nobody sees, quotes, and guards that are already there.
_SKIPPED = (
    r"\x00-\x08\x0b\x0c\x0e-\x20\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u1680\u180e\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
_BEFORE = rf"[{_SKIPPED}'\x22]*"

#: A text before which a guard is put.
START = rf"^(?:'|{_BEFORE}[{_FORMULA}\t\r\n])"


def inner(separator: str) -> str:
    """Return the pattern of a place within a text where a guard goes, between the two groups."""
    return rf"([{_elsewhere(separator)}])({_BEFORE}[{_FORMULA}])"


def guarded(text: str, separator: str = ",") -> str:
    """
    Return a text as it is written where this separator separates cells.

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
    """Return what may separate cells or rows for somebody who takes the file for one of another kind."""
    return r";\t\r\n" if separator == "," else r";,\t\r\n"
