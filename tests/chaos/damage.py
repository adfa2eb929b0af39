"""Ways to damage a file: bits that flip, ends that are cut off, pieces that go or come twice, and bombs."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from functools import cache
from random import Random

#: What a hostile hand puts into a text: what is deep, long, wide or without an end, and what refers to itself.
_LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)
_BOMBS = (
    "[" * 100_000,
    "{" * 100_000,
    '{"a":' * 50_000,
    "- " * 50_000,
    "? " * 20_000,
    "x" * 3_000_000,
    '"' + "x" * 3_000_000,
    "'" * 100_001,
    '"' * 100_001,
    ",".join(f"c{number}" for number in range(50_000)) + "\n",
    "".join(f"k{number}: x\n" for number in range(50_000)),
    "{" + ",".join(f'"k{number}":1' for number in range(50_000)) + "}\n",
    "\n" * 1_000_000,
    "\0" * 10_000,
    "9" * 200_000,
    "&a [*a, *a]\n",
    "\ufeff" * 1000,
    _LAUGHS,
)


def damaged(content: bytes, random: Random) -> bytes:
    """Return a file's content with damage of one kind or another, now and then of several."""
    for _ in range(random.choice([1, 1, 1, 2, 4])):
        content = random.choices(list(_WAYS), list(_WAYS.values()))[0](content, random)
    return content


def _flipped(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice([1, 1, 2, 8, 64])):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _without(content: bytes, random: Random) -> bytes:
    start, end = _piece(content, random)
    return content[:start] + content[end:]


def _twice(content: bytes, random: Random) -> bytes:
    start, end = _piece(content, random)
    place = random.randrange(len(content) + 1)
    return content[:place] + content[start:end] * random.choice([1, 1, 1, 2, 100]) + content[place:]


def _with_noise(content: bytes, random: Random) -> bytes:
    place = random.randrange(len(content) + 1)
    return content[:place] + random.randbytes(random.choice([1, 2, 4, 100])) + content[place:]


def _with_bomb(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    place = random.choice([0, len(lines), random.randrange(len(lines) + 1)])
    return b"\n".join([*lines[:place], random.choice(_BOMBS).encode(), *lines[place:]])


def _packed_bomb(_: bytes, random: Random) -> bytes:
    return _packed(random.choice([b"x", b"x\n", b"a,b\n", b'{"a":1}\n', b"["]))


@cache
def _packed(piece: bytes) -> bytes:
    return gzip.compress(piece * (400_000_000 // len(piece)), 1)


def _piece(content: bytes, random: Random) -> Sequence[int]:
    return sorted(random.randrange(len(content) + 1) for _ in range(2))


_WAYS: dict[Callable[[bytes, Random], bytes], int] = {
    _flipped: 40,
    _cut: 15,
    _without: 10,
    _twice: 10,
    _with_noise: 15,
    _with_bomb: 9,
    _packed_bomb: 1,
}
