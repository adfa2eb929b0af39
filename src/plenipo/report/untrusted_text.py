"""
Text from files made safe to show: nothing in it can move a cursor, reverse a line or become markup.

The author of a fact file writes titles and notes that other people read on their terminals and in their browsers.
"""

from __future__ import annotations

import re

#: White space that would break a paragraph of ours.
_BREAKS = re.compile(r"[ \t\r\n\x0b\x0c\x85\u2028\u2029]+")
#: Controls, bidirectional overrides, invisible and unpaired characters.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>&|~])")
_MARKDOWN_START = re.compile(r"^(\d*)([#+=.)-])")
#: Plain spellings of the typography we use ourselves and authors are fond of, for streams that cannot take it.
_PLAIN = str.maketrans(
    {
        "\u2013": "-",
        "\u2014": "-",
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2026": "...",
        "\u2192": "->",
        "\xb7": "|",
        "\xb6": "par.",
        "\xa0": " ",
    }
)


def clean(text: str) -> str:
    r"""
    Return the text as one line in which every invisible or commanding character is spelled out.

    >>> clean("two\nlines"), clean("\x1b[31mred")
    ('two lines', '\\x1b[31mred')
    """
    return _UNSEEN.sub(_spelled, _BREAKS.sub(" ", text).strip())


def clean_lines(text: str) -> str:
    r"""
    Return the text with each of its lines made safe, set in by spaces as it was.

    >>> clean_lines("one\n  two\r\x1b[31m")
    'one\n  two \\x1b[31m'
    """
    return "\n".join(f"{line[: len(line) - len(line.lstrip(' '))]}{clean(line)}" for line in text.split("\n"))


def encodable(text: str, encoding: str) -> str:
    r"""
    Return the text as far as an encoding can carry it, typography in plain letters, the rest spelled out.

    >>> encodable("“deep” 안녕", "ascii")
    '"deep" \\uc548\\ub155'
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAIN).encode(encoding, "backslashreplace").decode(encoding)
    return text


def escape_markdown(text: str, *, opens: bool = True) -> str:
    r"""
    Return Markdown that shows the text unchanged, HTML and links included, whether or not it `opens` a line.

    >>> escape_markdown("<b>[x](y)</b>")
    '\\<b\\>\\[x\\](y)\\</b\\>'
    """
    escaped = _MARKDOWN.sub(r"\\\1", clean(text))
    return _MARKDOWN_START.sub(r"\1\\\2", escaped) if opens else escaped


def _spelled(found: re.Match[str]) -> str:
    return ascii(found.group())[1:-1]
