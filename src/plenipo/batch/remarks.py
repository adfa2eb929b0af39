"""What is said of how a batch is read, where that is not beyond doubt."""

from __future__ import annotations

from collections.abc import Callable


class Remarks:
    """Remarks in the order in which they were made; `say` is called with each, as soon as there is one."""

    def __init__(self, say: Callable[[str], None] | None = None) -> None:
        self._say = say
        self.texts: list[str] = []

    def add(self, text: str) -> None:
        """Make a remark."""
        self.texts.append(text)
        if self._say:
            self._say(text)
