"""The time that a situation describes: a date, a month or a year as ISO 8601 writes them, or nothing."""

import re
from collections.abc import Iterator
from datetime import date

from plenipo.did_you_mean import Suggestion
from plenipo.errors import quoted

#: What may be written; whether there is such a day is another question.
PATTERN = r"^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
HOW = "write a date as `2020-08-31`, a month as `2020-08`, a year as `2020`, or leave it empty"


def is_time(text: str) -> bool:
    """
    Return whether a text is a date, a month, a year or empty.

    >>> [text for text in ("", "2020", "2020-02", "2020-02-29", "2021-02-29", "31/08/2020") if is_time(text)]
    ['', '2020', '2020-02', '2020-02-29']
    """
    if not re.fullmatch(PATTERN, text, re.ASCII):
        return False
    return not text or _is_date(f"{text}-01-01"[:10])


def no_time(text: str, name: str = "as_of") -> str:
    """Return the message about a text that is no time, under the name by which it was given."""
    return f"{quoted(name)} is {quoted(text)}, which is not a date, a month or a year"


def what_to_write(text: str) -> tuple[str, ...]:
    """
    Return help lines for a text that is no time: what it may have meant, where that can be read, and what to write.

    >>> what_to_write("31/08/2020")[0], what_to_write("20200831")[0], what_to_write("August 2020")[0]
    ('did you mean `2020-08-31`?', 'did you mean `2020-08-31`?', 'did you mean `2020-08`?')
    >>> what_to_write("5/8/2020")[0]
    'it can be read as `2020-05-08` and as `2020-08-05`'
    """
    read = sorted({time for time in _readings(text.strip().casefold()) if is_time(time)})
    if len(read) == 1:
        return (Suggestion(read[0]), HOW)
    return ((f"it can be read as {' and as '.join(f'`{time}`' for time in read)}",) if read else ()) + (HOW,)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _readings(text: str) -> Iterator[str]:
    """Yield what people who write dates in other ways may have meant; not all of it is a date."""
    if at := re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)", text):  # a date with a time, or without hyphens
        yield "-".join(at.groups())
        return
    if re.search(r"\b[a-z]\d", text):  # a quarter or a week: `2020-Q3`, `2020-W10`
        return
    words = re.findall(r"\d+|[a-z]+", re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text))
    months = [MONTHS.index(word[:3]) + 1 for word in words if word[:3] in MONTHS]
    numbers = [int(word) for word in words if word.isdecimal() and len(word) < 5]
    years = [number for number in numbers if number > 31]
    days = [number for number in numbers if number <= 31]
    if len(years) != 1 or len(months) > 1:
        return
    year = f"{years[0]:04}"
    match months, days:
        case ([month], []) | ([], [month]):
            yield f"{year}-{month:02}"
        case [month], [day]:
            yield f"{year}-{month:02}-{day:02}"
        case [], [one, other]:
            yield f"{year}-{one:02}-{other:02}"
            if numbers[0] == one:  # where the year comes first, the month is next
                yield f"{year}-{other:02}-{one:02}"
        case _:
            return
