"""
Choosing from a list: move through it with the arrow keys, or press the key before a choice.

It is laid out anew whenever it is drawn, at the width that there is then.
"""

from __future__ import annotations

import contextlib
import os
import sys
import termios
from collections.abc import Callable, Sequence
from io import StringIO

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.data_structures import Point
from prompt_toolkit.formatted_text import ANSI
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.output import create_output

from plenipo.cli.ask.prompts import MenuChoice, as_typed
from plenipo.cli.ask.suspending import heed_suspension, suspend
from plenipo.cli.stopping import listen_again
from plenipo.report.page import NARROWEST, Page


class ListPrompts:
    """A list to move through with the arrow keys or by the key before each choice; what is at the side acts at once."""

    def __init__(self, page: Page) -> None:
        os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")
        if os.environ.get("NO_COLOR"):
            os.environ.setdefault("PROMPT_TOOLKIT_COLOR_DEPTH", "DEPTH_1_BIT")
        create_input().close()
        create_output()
        self._page = page

    def choose(self, message: str, choices: Sequence[MenuChoice], default: str | None = None, note: str = "") -> str:
        """Show the list and return what was chosen; see `Prompts`."""
        self._page.measure()
        shown = _Listing(self._page, message, choices, default, note)
        chosen = _run(shown.application())
        self._page.measure()
        for choice in choices:
            if choice.value == chosen and not choice.side:
                self._page.paragraph((message, "bold"), " ", (choice.label, "green"), hang=2)
        return chosen


def _run(application: Application[str]) -> str:
    """Return what is chosen; a signal may come at any moment, and the terminal is put right whenever that is."""
    terminal = sys.stdin.fileno()
    settings = termios.tcgetattr(terminal)
    try:
        return application.run(pre_run=heed_suspension)
    except BaseException:
        with contextlib.suppress(termios.error, OSError):  # where the terminal is gone
            termios.tcsetattr(terminal, termios.TCSANOW, settings)
            application.output.disable_bracketed_paste()
            application.output.show_cursor()
            application.output.flush()
        raise
    finally:
        listen_again()


class _Listing:
    """One list on the screen: what is in it, and which choice is pointed at."""

    def __init__(self, page: Page, message: str, choices: Sequence[MenuChoice], default: str | None, note: str) -> None:
        self._page, self._message, self._note = page, message, note
        self._answers = [choice for choice in choices if not choice.side]
        self._listed = [*self._answers, *(each for each in choices if each.side and each.value == default)]
        self._side = [choice for choice in choices if choice.side and choice not in self._listed]
        self._keyed = all(len(choice.key) == 1 for choice in self._answers)
        self._at = next((place for place, each in enumerate(self._listed) if each.value == default), 0)
        self._actions: dict[str, Callable[[KeyPressEvent], None]] = {}
        for place, choice in enumerate(self._answers if self._keyed else ()):
            self._actions[choice.key] = lambda _, place=place: self._point(place)  # type: ignore[misc]
        for choice in (each for each in choices if each.side):
            self._actions[choice.key] = lambda event, choice=choice: event.app.exit(result=choice.value)  # type: ignore[misc]

    def application(self) -> Application[str]:
        """Return what shows the list and ends with the value of a choice."""
        at = FormattedTextControl(
            lambda: self._drawn(self._show_choices), focusable=True, show_cursor=False, get_cursor_position=self._cursor
        )
        above = FormattedTextControl(lambda: self._drawn(self._show_message))
        below = FormattedTextControl(lambda: self._drawn(self._show_keys))
        parts = [Window(part, wrap_lines=True, dont_extend_height=True) for part in (above, at, below)]
        return Application(Layout(HSplit(parts), at), key_bindings=self._bindings(), erase_when_done=True)

    def _bindings(self) -> KeyBindings:
        bindings = KeyBindings()
        bind = bindings.add
        bind("c-c")(lambda event: event.app.exit(exception=KeyboardInterrupt))
        bind(Keys.SIGINT)(lambda event: event.app.exit(exception=KeyboardInterrupt))
        bind("c-d")(lambda event: event.app.exit(exception=EOFError))
        bind("c-z")(lambda _: suspend())
        bind("c-l")(lambda event: event.app.renderer.clear())
        bind("enter")(lambda event: event.app.exit(result=self._listed[self._at].value))
        bind("c-j")(lambda event: event.app.exit(result=self._listed[self._at].value))
        bind("down")(lambda _: self._point(self._at + 1))
        bind("c-n")(lambda _: self._point(self._at + 1))
        bind("up")(lambda _: self._point(self._at - 1))
        bind("c-p")(lambda _: self._point(self._at - 1))
        bind("home")(lambda _: self._point(0))
        bind("end")(lambda _: self._point(-1))
        # What is pasted is no answer, and stands nowhere.
        bind(Keys.BracketedPaste)(lambda _: None)

        @bind(Keys.Any)
        def _(event: KeyPressEvent) -> None:
            if action := self._actions.get(as_typed(event.data)):
                action(event)

        return bindings

    def _point(self, place: int) -> None:
        self._at = place % len(self._listed)

    def _cursor(self) -> Point:
        """Return where the choice is that is pointed at, so that it stays in sight."""
        above = self._laid(lambda page: self._show_choices(page, self._at))
        return Point(0, above.count("\n"))

    def _drawn(self, write: Callable[[Page], None]) -> ANSI:
        return ANSI(self._laid(write).removesuffix("\n"))

    def _laid(self, write: Callable[[Page], None]) -> str:
        """Return what is written to a page that is as wide as the screen is now."""
        stream, columns = StringIO(), get_app().output.get_size().columns
        # A line that fills the screen would leave it to the terminal where the next one begins.
        write(Page(stream, max(min(self._page.width, columns - 1), NARROWEST), color=True))
        return stream.getvalue()

    def _show_message(self, page: Page) -> None:
        page.paragraph((self._message, "bold"))
        if self._note:
            page.paragraph((self._note, "dim"), indent=3)

    def _show_choices(self, page: Page, most: int | None = None) -> None:
        for place, choice in enumerate(self._listed[:most]):
            here, key = place == self._at, choice.key if self._keyed else ""
            style = "cyan" if here else ""
            label = f"\xa0{choice.label}" if key else choice.label
            mark = f"{page.marks.step} {key}".rstrip() if here else key
            page.paragraph(
                (label, style), indent=1 if here else 3, hang=bool(key), mark=(mark, f"{style} bold") if mark else None
            )

    def _show_keys(self, page: Page) -> None:
        """Write below the list which keys there are: to point, to choose, and for what else."""
        pointing = ["\u2191\u2193", *(_spans(self._answers) if self._keyed else [])]
        keys = [f"{' '.join(pointing)} point", "Enter choose", *(f"{each.key} {each.label}" for each in self._side)]
        page.blank()
        page.paragraph(("\xa0· ".join(each.replace(" ", "\xa0") for each in keys), "dim"), indent=3)


def _spans(choices: Sequence[MenuChoice]) -> list[str]:
    """Return the keys of choices, numbers in a row as their first and last."""
    numbers = [choice.key for choice in choices if choice.key.isdigit()]
    span = [f"{numbers[0]}-{numbers[-1]}"] if len(numbers) > 1 else numbers
    return [*span, *(choice.key for choice in choices if not choice.key.isdigit())]
