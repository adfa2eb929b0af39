"""
Encodings of texts that are not UTF-8: which one a name means, and which one bytes are likely to have.

charset-normalizer judges how a text would look in each encoding; of those in which it looks equally well
the most common is taken. A guess stays a guess, so whoever takes one says so.
"""

from __future__ import annotations

import codecs
import shlex
from collections.abc import Iterable
from encodings.aliases import aliases

from plenipo.did_you_mean import did_you_mean
from plenipo.errors import UsageError, quoted

#: What files have that are not UTF-8, the most common first: what Python calls it -> what people do.
COMMON = {
    "cp1252": "windows-1252",
    "cp932": "shift-jis",
    "cp949": "euc-kr",
    "euc_jp": "euc-jp",
    "gb18030": "gb18030",
    "big5": "big5",
    "koi8_r": "koi8-r",
    "cp1251": "windows-1251",
    "mac_roman": "mac-roman",
    "cp1250": "windows-1250",
    "iso8859_2": "iso-8859-2",
    "cp1253": "windows-1253",
    "cp1254": "windows-1254",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
}
#: What iconv calls an encoding, where it has another name for it or takes that name for less.
_ICONV = {
    "cp932": "CP932",
    "cp949": "CP949",
    "mac_roman": "MACINTOSH",
    "utf-16-le": "UTF-16LE",
    "utf-16-be": "UTF-16BE",
}
#: Codecs of Python that stand for no way in which people save texts.
_NO_TEXTS = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem", "utf-7"}
_MARKED = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
#: How much of a text in UTF-16 are zeros, at least, as in few other files.
_ZEROS = 0.2
#: A text may look so bad in an encoding, and not worse, from 0 to 1.
_WORST = 0.5


def codec(name: str) -> str:
    """
    Return what Python calls the encoding that a name means.

    >>> codec("Windows-1252"), codec("latin1"), codec("Shift-JIS")
    ('cp1252', 'iso8859-1', 'cp932')

    Raises:
        UsageError: there is no encoding of this name.
    """
    wide = {called: python for python, called in COMMON.items()}
    word = name.strip().casefold().replace("_", "-")
    try:
        found = codecs.lookup(wide.get(word, name.strip()))
        "".encode(found.name)
    except (LookupError, ValueError):
        found = None
    if found is None or found.name in _NO_TEXTS:
        known = [
            *COMMON.values(),
            "utf-8",
            "utf-16",
            *(alias.replace("_", "-") for alias in aliases if _is_text(alias)),
        ]
        help = (*did_you_mean(word, known), "such names are windows-1252, mac-roman, utf-16, shift-jis, koi8-r, euc-kr")
        raise UsageError(f"{quoted(name)} is no encoding that is known", help=help)
    return found.name


def _is_text(name: str) -> bool:
    """Return whether a name of Python is that of an encoding of texts."""
    try:
        return codecs.lookup(name).name not in _NO_TEXTS and bool("a".encode(name))
    except (LookupError, ValueError):
        return False


def called(codec: str) -> str:
    """Return the name by which messages call an encoding."""
    return COMMON.get(codec, codec)


def marked(start: bytes) -> str | None:
    """Return the encoding that the beginning of a text shows beyond doubt, if it is of the kinds of UTF-16, or None."""
    for mark, name in _MARKED.items():
        if start.startswith(mark):
            return name
    if len(start) >= 2 and start.count(0) > _ZEROS * len(start):
        odd, even = start[1::2].count(0), start[::2].count(0)
        if min(odd, even) * 4 < max(odd, even):
            return "utf-16-le" if odd > even else "utf-16-be"
    return None


def guess(lines: Iterable[bytes]) -> str | None:
    r"""
    Return the encoding that lines are likely to have, or None if they look like no text, or like UTF-8 with a fault.

    >>> guess(["Straße, 10 €".encode("cp1252")]), guess(["Straße".encode(), b"\xff"])
    ('cp1252', None)
    """
    odd = [line for line in lines if not line.isascii()]
    if not odd or any(map(_is_utf8, odd)):
        return None
    from charset_normalizer import from_bytes  # noqa: PLC0415 - rarely needed

    ranks = {name: rank for rank, name in enumerate(COMMON)}
    found = from_bytes(b"\n".join(odd), cp_isolation=list(COMMON), threshold=_WORST)
    looks = [
        (round(match.chaos, 1), -round(match.coherence, 1), min(ranks[name] for name in match.could_be_from_charset))
        for match in found
        if ranks.keys() >= set(match.could_be_from_charset)
    ]
    return list(COMMON)[min(looks)[2]] if looks else None


def in_utf8(data: bytes, name: str, *, piped: bool) -> tuple[str, ...]:
    """
    Return what to type where a file has to be UTF-8 and is not, with the encoding that it is likely to have.

    The file as it was is kept beside it, under a name that is read as nothing, since the guess may be wrong. What is
    `piped` in has no name.
    """
    encoding = marked(data) or guess(data.splitlines())
    if encoding is None:
        return ("save the file as UTF-8",)
    looks = f"it looks like {called(encoding)}, which is a guess"
    command = ["iconv", "-f", _ICONV.get(encoding, called(encoding).upper()), "-t", "UTF-8"]
    if piped:
        return (f"{looks}: send it through `{shlex.join(command)}` first",)
    name = f"./{name}" if name.startswith("-") else name
    made, kept = f"{name}.utf-8", f"{name}.{called(encoding)}"
    steps = (
        f"{shlex.join([*command, name])} > {shlex.quote(made)}",
        *(shlex.join(["mv", *each]) for each in ((name, kept), (made, name))),
    )
    return (f"{looks}: `{' && '.join(steps)}` writes it as UTF-8, and keeps the old one as {quoted(kept)}",)


def _is_utf8(line: bytes) -> bool:
    try:
        # half a surrogate pair is a fault of UTF-8, too
        line.decode(errors="surrogatepass")
    except UnicodeDecodeError:
        return False
    return True
