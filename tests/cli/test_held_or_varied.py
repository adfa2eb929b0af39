"""A fact is held or varied: what is refused, and what to type instead."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("words", "said", "help"),
    [
        ("sweep good.yaml --over wind --set wind=calm", "goes through all of its values", "leave it out of `--set` or"),
        ("sweep good.yaml --over tide,wind --set wind=unknown", "`--set` gives `wind` a value", "or of `--over`"),
        ("robust good.yaml --equal wind --set wind=calm", "takes all of its values as likely", "or of `--equal`"),
        ("robust good.yaml --equal unknown,sky --set sky=dark", "`--set` gives `sky` a value", "or of `--equal`"),
        ("roadmap good.yaml --suppose wind=calm --set wind=storm", "supposes another one", "or of `--suppose`"),
        ("change good.yaml sail avoid --hold wind --may-change wind", "both to be held and free to change", ""),
        ("compare good.yaml --set wind=calm --set wind=storm", "gives `wind` twice", "leave one of them out"),
        ("advise good.yaml --set wind=calm --set wind=storm", "gives `wind` twice", "leave one of them out"),
        ("roadmap good.yaml --suppose wind=calm --suppose wind=storm", "`--suppose` gives `wind` twice", "leave one"),
    ],
)
def test_what_goes_against_itself_is_refused(run: Run, good: str, words: str, said: str, help: str) -> None:
    ran = run(*words.replace("good.yaml", good).split())
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert help in ran.err


@pytest.mark.parametrize(
    "words",
    [
        "sweep good.yaml --over wind --set tide=yes",
        "sweep good.yaml --over wind,tide,wind",
        "sweep good.yaml --over wind --over wind",
        "robust good.yaml --equal unknown --set sky=dark",
        "robust good.yaml --equal wind,wind --set sky=dark",
        "change good.yaml sail avoid --hold wind --set wind=calm",
        "change good.yaml sail avoid --may-change wind --set wind=calm",
        "roadmap good.yaml --suppose wind=calm --set tide=yes",
        "advise good.yaml --set wind=calm --set wind=calm",
    ],
)
def test_what_goes_together_is_taken(run: Run, good: str, words: str) -> None:
    ran = run(*words.replace("good.yaml", good).split())
    assert ran.err == ""
    assert ran.code in {0, 1}
