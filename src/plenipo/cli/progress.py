"""One kind of progress bar, on whatever takes longer than a second, where stderr is a terminal; then it is gone."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, TypeVar

from plenipo.cli.messages import Messages

if TYPE_CHECKING:
    from rich.progress import Progress

Item = TypeVar("Item")

#: What takes no longer than so many seconds shows nothing.
PATIENCE = 1.0


@contextmanager
def progress(doing: str, unit: str = "", *, beside_stdout: bool = False) -> Iterator[Callable[[int, int], None] | None]:
    """
    Show that something is being done, as a bar where it is told how much is done.

    Yield what to call with how much is done, counted in a `unit` such as rows, and how much there may be; or None where
    nothing is shown: where stderr is no terminal, where messages are JSON, or where what is written `beside_stdout`
    meanwhile would be on the same terminal.
    """
    mixed = beside_stdout and sys.stdout.isatty()
    if mixed or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb" or Messages.as_json:
        yield None
        return
    bar = _Bar(doing, unit)
    waiting = Thread(target=bar.show_later, daemon=True)
    waiting.start()
    try:
        yield bar.update
    finally:
        bar.over.set()
        waiting.join()


def noting(items: Iterable[Item], show: Callable[[int, int], None] | None, *, of: int) -> Iterator[Item]:
    """Yield each item, and tell what shows progress, if anything does, how many of them were yielded before."""
    for number, item in enumerate(items):
        if show:
            show(number, of)
        yield item


class _Bar:
    """What is shown once the patience is over, by a thread of its own: the work itself is not to wait for it."""

    def __init__(self, doing: str, unit: str) -> None:
        self.over = Event()
        self._doing, self._unit = doing, unit
        self._done, self._known = 0, 0

    def update(self, done: int, known: int) -> None:
        """Take note of how much is done, and how much there may be."""
        self._done, self._known = done, max(done, known)

    def show_later(self) -> None:
        """Show the bar after a while, until the work is over."""
        if self.over.wait(PATIENCE):
            return
        with self._made() as bar:
            task = bar.add_task(self._doing, total=None)
            while not self.over.wait(0.1):
                if self._known:
                    bar.update(task, completed=self._done, total=self._known)

    def _made(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
        from rich.text import Text

        unit = self._unit

        class Amount(ProgressColumn):
            """How much is done, and how much of it a second."""

            def render(self, task: Task) -> Text:
                if not task.total:
                    return Text()
                rate = f", {task.speed:,.0f}/s" if task.speed and task.speed >= 10 else ""
                return Text(f"{task.completed:,.0f} of {task.total:,.0f} {unit}{rate}")

        columns = (TextColumn("{task.description}"), BarColumn(), Amount(), TimeElapsedColumn())
        console = Console(file=sys.stderr)
        return Progress(*columns, console=console, transient=True, redirect_stdout=False)
