"""Everything that the library answers can be rendered, in every format, and reports only print."""

from __future__ import annotations

import ast
import inspect
import json
from importlib import import_module
from pathlib import Path

import pytest

import plenipo
from plenipo.errors import UsageError
from plenipo.report.registry import ANSWERS
from tests.report.web_page import checked

REPORT = Path(plenipo.__file__).parent / "report"
FACTS = {"us_china_friction": "high"}
#: Calls that return no answer: what goes into others, lists and texts, files that were written, and printing itself.
NO_ANSWERS = {
    "exact_names",
    "find_case",
    "fingerprints",
    "load_rulebook",
    "load_situation",
    "output_schemas",
    "print_answer",
    "read_texts",
    "render",
    "schemas",
    "situations",
    "template",
    "write_answer",
    "write_output_schemas",
    "write_schemas",
    "write_situations",
    "write_table",
}


def test_no_call_that_answers_is_left_out(every_answer: dict[str, object]) -> None:
    calls = {name for name in plenipo.__all__ if inspect.isfunction(getattr(plenipo, name))}
    assert calls == every_answer.keys() | NO_ANSWERS


def test_every_answer_is_rendered_in_every_format(every_answer: dict[str, object]) -> None:
    assert every_answer
    for answer in every_answer.values():
        assert plenipo.render(answer, width=80).strip()
        assert plenipo.render(answer, "md").startswith("# ")
        checked(plenipo.render(answer, "html"))
        document = json.loads(plenipo.render(answer, "json"))
        assert document["schema_version"] == 2
        assert document["kind"]


def test_printing_writes_what_rendering_returns(
    every_answer: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    assert every_answer
    for answer in every_answer.values():
        for format in ("text", "md", "html", "json"):
            plenipo.print_answer(answer, format, width=80)
            assert capsys.readouterr().out == plenipo.render(answer, format, width=80)


def test_every_class_of_the_registry_is_there_and_every_module_puts_it() -> None:
    assert ANSWERS
    for path, name in ANSWERS.items():
        module, _, kind = path.partition(":")
        assert inspect.isclass(getattr(import_module(module), kind))
        put = import_module(f"plenipo.report.answers.{name}")
        assert callable(put.document)
        assert callable(put.data)


def test_tables_are_for_answers_that_can_be_tables(every_answer: dict[str, object]) -> None:
    assert plenipo.render(every_answer["sweep"], "csv").startswith("case,us_china_friction,")
    assert plenipo.render(every_answer["robust"], "csv").startswith("option,now,")
    assert json.loads(plenipo.render(every_answer["sweep"], "jsonl").splitlines()[0])["case"] == 1
    with pytest.raises(UsageError, match="cannot be written as `csv`"):
        plenipo.render(every_answer["plan"], "csv")


def test_what_is_no_answer_or_no_format_is_refused(every_answer: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="a dict is not an answer"):
        plenipo.render({})


@pytest.mark.parametrize(
    ("format", "said"),
    [
        ("jsn", "did you mean `json`"),
        ("markdown", "did you mean `md`"),
        (".HTML", "did you mean `html`"),
        ("txt", "did you mean `text`"),
        ("docx", "word processors open `html`"),
        ("pdf", "a PDF cannot be printed: `plenipo.write_answer(answer, 'advice.pdf')` writes it to a file"),
        ("PDF", "a PDF cannot be printed"),
        ("csv", "it can be `text`, `md`, `html` or `json`"),
    ],
)
def test_a_format_that_cannot_be_rendered_is_refused_with_what_to_do_instead(
    every_answer: dict[str, object], format: str, said: str
) -> None:
    with pytest.raises(UsageError) as refused:
        plenipo.render(every_answer["plan"], format)
    assert said in str(refused.value)
    with pytest.raises(UsageError, match="slides and documents take `svg`"):
        plenipo.render(every_answer["graph"], "png")


def test_the_call_that_is_named_for_a_pdf_takes_the_answer(
    every_answer: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("plenipo.report.pdf"), "pdf", lambda page: page.encode())
    plenipo.write_answer(every_answer["plan"], tmp_path / "advice.pdf")
    assert (tmp_path / "advice.pdf").read_bytes().startswith(b"<!")


def test_reports_run_no_engine_and_no_inquiry() -> None:
    """Of inquiries and engines only classes are named, to read what they hold."""
    files = list(REPORT.rglob("*.py"))
    assert len(files) > 20
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("plenipo."):
                room = node.module.split(".")[1]
                assert room != "engines", file
                if room in {"inquiry", "audit", "batch"}:
                    assert all(alias.name[0].isupper() for alias in node.names), (file, node.module)
