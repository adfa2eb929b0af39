"""Two ways of letting somebody choose on a terminal: a list to move through, and plain numbered lines."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from plenipo.cli.stopping import listen_again
from plenipo.report.page import FINE, Page
from plenipo.report.untrusted_text import clean, encodable

if TYPE_CHECKING:
    import questionary
    from prompt_toolkit.key_binding import KeyPressEvent


@dataclass(frozen=True)
class MenuChoice:
    """Something to choose: `key` is what is typed for it, `label` what it says; `side` tells it from the answers."""

    value: str
    key: str
    label: str
    side: bool = False


class Prompts(Protocol):
    """A way of letting somebody choose."""

    def choose(self, message: str, choices: Sequence[MenuChoice], default: str | None = None, note: str = "") -> str:
        """
        Return the value of the choice that was made, with Enter alone the default; a note is a line under the message.

        Raises:
            KeyboardInterrupt: the user broke off.
            EOFError: the terminal is gone.
        """


def prompts(page: Page, *, plain: bool) -> Prompts:
    """Return lists to move through where the terminal can show them, else, or with `plain`, numbered lines."""
    if plain or os.environ.get("TERM", "dumb") == "dumb" or page.marks is not FINE:
        return PlainPrompts(page)
    try:
        return ListPrompts(page)
    except Exception:  # whatever keeps questionary from running, plain lines do
        return PlainPrompts(page)


class PlainPrompts:
    """Numbered lines, and an answer typed as a number, a letter or a word."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def choose(self, message: str, choices: Sequence[MenuChoice], default: str | None = None, note: str = "") -> str:
        """Ask until the answer is one of the choices; see `Prompts`."""
        self._show(message, choices, default, note)
        while True:
            typed = input("> ").strip()
            if not typed and default is not None:
                return default
            if (found := _meant(typed, choices)) is not None:
                return found
            keys = ", ".join(choice.key for choice in choices)
            self._page.paragraph(f"Please type one of {keys}." if typed else f"Type one of {keys}, and Enter.")

    def _show(self, message: str, choices: Sequence[MenuChoice], default: str | None, note: str) -> None:
        self._page.paragraph((message, "bold"))
        if note:
            self._page.paragraph((note, "dim"), indent=1)
        for choice in choices:
            if not choice.side or choice.value == default:
                held = ("  (Enter)", "dim") if choice.value == default else ""
                mark = (choice.key, "bold")
                self._page.paragraph(f"\xa0{choice.label}", held, indent=max(4 - len(choice.key), 1), hang=1, mark=mark)
        if side := [choice for choice in choices if choice.side and choice.value != default]:
            keys = " · ".join(f"{choice.key}\xa0{choice.label.replace(' ', chr(0xA0))}" for choice in side)
            self._page.paragraph((keys, "dim"), indent=2)


def _meant(typed: str, choices: Sequence[MenuChoice]) -> str | None:
    """Return the choice that is typed in full, or the only one whose label begins so."""
    word = typed.casefold()
    for choice in choices:
        if word in (choice.key, choice.value.casefold(), choice.label.casefold()):
            return choice.value
    begun = [choice.value for choice in choices if len(word) > 1 and choice.label.casefold().startswith(word)]
    return begun[0] if len(begun) == 1 else None


def _spans(choices: Sequence[MenuChoice]) -> list[str]:
    """Return the keys of choices, numbers in a row as their first and last."""
    numbers = [choice.key for choice in choices if choice.key.isdigit()]
    span = [f"{numbers[0]}-{numbers[-1]}"] if len(numbers) > 1 else numbers
    return [*span, *(choice.key for choice in choices if not choice.key.isdigit())]


class ListPrompts:
    """A list to move through with the arrow keys or by the key before each choice; what is at the side acts at once."""

    def __init__(self, page: Page) -> None:
        os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")
        if os.environ.get("NO_COLOR"):
            os.environ.setdefault("PROMPT_TOOLKIT_COLOR_DEPTH", "DEPTH_1_BIT")
        import questionary
        from prompt_toolkit.input import create_input
        from prompt_toolkit.output import create_output

        create_input().close()
        create_output()
        self._page = page
        self._questionary = questionary
        self._style = questionary.Style(
            [
                ("qmark", ""),
                ("question", "bold"),
                ("answer", "fg:ansigreen nobold"),
                ("pointer", "fg:ansicyan bold"),
                ("highlighted", "fg:ansicyan"),
                ("selected", "noreverse"),
                ("instruction", "fg:ansibrightblack"),
                ("separator", "fg:ansibrightblack"),
            ]
        )

    def choose(self, message: str, choices: Sequence[MenuChoice], default: str | None = None, note: str = "") -> str:
        """Show the list and return what was chosen; see `Prompts`."""
        answers = [choice for choice in choices if not choice.side]
        side = [choice for choice in choices if choice.side]
        listed = [*answers, *(choice for choice in side if choice.value == default)]
        keyed = all(len(choice.key) == 1 for choice in answers)
        asked = self._questionary.select(
            self._safe(message),
            choices=[
                *(self._choice(choice, keyed=keyed) for choice in listed),
                self._footer(answers, [choice for choice in side if choice not in listed], keyed=keyed),
            ],
            default=default,
            qmark="",
            pointer=self._page.marks.step,
            style=self._style,
            use_jk_keys=False,
            instruction=f"\n   {self._safe(note)}" if note else " ",
        )
        self._bind(asked, answers if keyed else [], side)
        asked.application.erase_when_done = True
        try:
            chosen = str(asked.unsafe_ask())
        finally:
            listen_again()
        for choice in answers:
            if choice.value == chosen:
                self._page.paragraph((message, "bold"), " ", (choice.label, "green"), hang=2)
        return chosen

    def _choice(self, choice: MenuChoice, *, keyed: bool) -> questionary.Choice:
        label = f"{choice.key}  {self._safe(choice.label)}" if keyed else self._safe(choice.label)
        wrapped = textwrap.wrap(label, max(self._page.width - 5, 20), subsequent_indent="   ")
        return self._questionary.Choice("\n   ".join(wrapped), value=choice.value)

    def _footer(
        self, answers: Sequence[MenuChoice], side: Sequence[MenuChoice], *, keyed: bool
    ) -> questionary.Separator:
        """Return the line below the list that says which keys there are: to point, to choose, and for what else."""
        pointing = ["\u2191\u2193", *(_spans(answers) if keyed else [])]
        keys = [f"{' '.join(pointing)} point", "Enter choose", *(f"{choice.key} {choice.label}" for choice in side)]
        line = " · ".join(self._safe(each).replace(" ", "\xa0") for each in keys)
        wrapped = (part.replace("\xa0", " ") for part in textwrap.wrap(line, max(self._page.width - 5, 20)))
        return self._questionary.Separator("".join(f"\n   {part}" for part in wrapped))

    def _bind(self, asked: questionary.Question, answers: Sequence[MenuChoice], side: Sequence[MenuChoice]) -> None:
        """Let keys point at answers, and let those of what is at the side end the prompt."""
        from prompt_toolkit.key_binding import KeyBindings
        from questionary.prompts.common import InquirerControl

        application = asked.application
        bindings = application.key_bindings
        assert isinstance(bindings, KeyBindings)  # noqa: S101 - that is what questionary makes
        control = next(each for each in application.layout.find_all_controls() if isinstance(each, InquirerControl))

        def point(_: KeyPressEvent, place: int) -> None:
            control.pointed_at = place

        def leave(event: KeyPressEvent, value: str) -> None:
            event.app.exit(result=value)

        for place, choice in enumerate(answers):
            bindings.add(choice.key, eager=True)(partial(point, place=place))
        for choice in side:
            bindings.add(choice.key, eager=True)(partial(leave, value=choice.value))

    def _safe(self, text: str) -> str:
        return encodable(clean(text), self._page.encoding)
