"""Some whole lines of a text, with their numbers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class LineBlock:
    """Some whole lines; `done` lines come before them."""

    text: bytes
    done: int
    count: int

    @property
    def has_blank_lines(self) -> bool:
        """Whether a line is empty, which Polars passes over without counting it."""
        return self.text.startswith((b"\n", b"\r\n")) or b"\n\n" in self.text or b"\n\r\n" in self.text

    def lines(self) -> list[tuple[int, bytes]]:
        """Return each line with its number."""
        return [*enumerate(io.BytesIO(self.text), self.done + 1)]

    def cut(self, pieces: int) -> Iterator[LineBlock]:
        """Yield the same lines in so many pieces."""
        lines = [*io.BytesIO(self.text)]
        size = -(-self.count // pieces)
        for start in range(0, self.count, size):
            some = lines[start : start + size]
            yield LineBlock(b"".join(some), self.done + start, len(some))


def lines_in(text: bytes) -> int:
    """Return how many lines a text has; the last may have no end."""
    return text.count(b"\n") + (not text.endswith(b"\n")) if text else 0
