"""Texts that are not UTF-8: the encoding that is named, that the first bytes show, or that is guessed."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import polars as pl
import pytest

from plenipo.batch.sources import encodings
from plenipo.errors import UsageError
from plenipo.text_encoding import COMMON, called, codec, guess, in_utf8
from tests.cli.conftest import Run, process

NOTES = {
    "windows-1252": "café, “naïve” Größe, 10 €",
    "iso-8859-1": "café olé, garçon",
    "mac-roman": "café olé garçon, “naïve” Größe",
    "shift-jis": "北朝鮮の問題について",
    "koi8-r": "Северная Корея и Россия",
    "windows-1251": "Северная Корея и Россия",
    "euc-kr": "북한 문제와 한국의 입장",
}
MARKED = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


def text(kind: str, note: str) -> str:
    if kind == "json":
        return json.dumps([{"note": note, "sky": "dark"}, {"note": "x", "sky": "clear"}], ensure_ascii=False)
    if kind == "jsonl":
        return f'{{"note": "{note}", "sky": "dark"}}\n{{"note": "x", "sky": "clear"}}\n'
    separator = "\t" if kind == "tsv" else ";"
    return f"note{separator}sky\n{note}{separator}dark\nx{separator}clear\n"


def notes(run: Run, *words: str) -> tuple[list[str], str]:
    """Return the notes that a batch kept, and what it said."""
    ran = run("batch", *words, "--extra", "keep", "-o", "out.parquet", "--force")
    assert ran.code == 0, ran.err
    out = pl.read_parquet("out.parquet")
    assert out["sail"].to_list() == ["avoid", "silent"]
    return out["note"].to_list(), ran.err


@pytest.mark.parametrize("encoding", NOTES)
@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl", "json"])
def test_an_encoding_is_named_or_guessed_and_said(run: Run, tmp_path: Path, encoding: str, kind: str) -> None:
    data = text(kind, NOTES[encoding]).encode(codec(encoding))
    (tmp_path / f"cases.{kind}").write_bytes(data)
    assert notes(run, f"cases.{kind}", "--encoding", encoding)[0] == [NOTES[encoding], "x"]
    kept, said = notes(run, f"cases.{kind}")
    assert kept == [NOTES[encoding], "x"]
    likely = "windows-1252" if encoding == "iso-8859-1" else encoding
    assert f"cases.{kind}: read as {likely}, which is a guess; `--encoding` says so if it is another one\n" in said


@pytest.mark.parametrize("encoding", MARKED)
@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl", "json"])
def test_what_the_first_bytes_show_is_no_guess(run: Run, tmp_path: Path, encoding: str, kind: str) -> None:
    packed = len(encoding + kind) % 2 == 1
    data = text(kind, "Größe 10 €").encode(encoding)
    name = f"cases.{kind}.gz" if packed else f"cases.{kind}"
    (tmp_path / name).write_bytes(gzip.compress(data) if packed else data)
    kept, said = notes(run, name)
    assert (kept, "guess" in said) == (["Größe 10 €", "x"], False)


def test_a_long_text_is_written_anew_in_pieces(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encodings, "_PIECE", 7)
    for encoding in ("utf-16", "shift-jis", "windows-1252"):
        note = "北朝鮮" if encoding != "windows-1252" else "Größe"
        (tmp_path / "cases.csv").write_bytes(text("csv", note).encode(codec(encoding)))
        assert notes(run, "cases.csv", "--encoding", encoding)[0] == [note, "x"]


@pytest.mark.parametrize(
    ("encoding", "line", "content"),
    [
        ("utf-16", 1, b"sky\ndark\n\n"),
        ("shift-jis", 3, b"sky\ndark\n\x81\xff\n"),
        ("windows-1252", 2, b"sky\n\x81\ndark\n"),
        ("ascii", 3, "sky\ndark\né\n".encode()),
        ("euc-kr", 2, b"note;sky\n\xd3\xc5\xd7\xff;dark\n\xff\n"),
    ],
)
def test_an_encoding_that_does_not_fit_is_told_with_the_line(
    run: Run, tmp_path: Path, encoding: str, line: int, content: bytes
) -> None:
    (tmp_path / "cases.csv").write_bytes(content)
    ran = run("batch", "cases.csv", "--encoding", encoding, "-o", "out.csv", "--extra", "keep")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith(
        f"cases.csv:{line}: error[not-utf8]: this is not text in {called(codec(encoding))}, which"
    )
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("name", "near"),
    [("windos-1252", "windows-1252"), ("utf-61", "utf-16"), ("shift-jsi", "shift-jis"), ("koi8r2", "koi8-r")],
)
def test_an_encoding_that_is_not_known_is_told_with_the_nearest(run: Run, tmp_path: Path, name: str, near: str) -> None:
    (tmp_path / "cases.csv").write_text("sky\ndark\n")
    ran = run("batch", "cases.csv", "--encoding", name)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"plenipo: `{name}` is no encoding that is known\n  help: did you mean `{near}`?\n")


@pytest.mark.parametrize("name", ["idna", "rot13", "hex", "base64", "undefined", "", "x\0", "unicode_escape", "zip"])
def test_a_codec_that_is_no_encoding_of_texts_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="is no encoding that is known"):
        codec(name)


def test_a_table_without_text_has_no_encoding(run: Run, tmp_path: Path) -> None:
    pl.DataFrame({"sky": ["dark"]}).write_parquet(tmp_path / "cases.parquet")
    ran = run("batch", "cases.parquet", "--encoding", "koi8-r")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "plenipo: `--encoding` is for texts, and there is none")


def test_a_fault_in_a_text_that_is_else_utf_8_is_no_other_encoding() -> None:
    assert guess([b"plain", "Größe".encode(), b"\xff"]) is None
    assert guess([b"\xed\xa0\x80"]) is None
    assert guess([b"plain", b""]) is None


def test_a_fact_file_in_another_encoding_is_told_with_what_to_type(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_bytes("title: Größe, “naïve”\nfacts: {sky: dark}\n".encode("cp1252"))
    ran = run("advise", "mine.yaml")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        "mine.yaml:1:10: error[not-utf8]: this is not UTF-8 text\n"
        "  help: it looks like windows-1252, which is a guess: "
        "`iconv -f WINDOWS-1252 -t UTF-8 mine.yaml > mine.yaml.utf-8 && mv mine.yaml mine.yaml.windows-1252 "
        "&& mv mine.yaml.utf-8 mine.yaml` "
        "writes it as UTF-8, and keeps the old one as `mine.yaml.windows-1252`\n"
    )
    ran = run("batch", "mine.yaml")
    assert "it looks like windows-1252, so try `--encoding windows-1252`" in ran.err
    assert run("batch", "mine.yaml", "--encoding", "windows-1252", "-o", "out.csv").code == 0


def test_a_name_that_begins_with_a_dash_is_no_option_of_what_to_type(run: Run, tmp_path: Path) -> None:
    (tmp_path / "-mine.yaml").write_bytes("title: Größe, “naïve”\nfacts: {sky: dark}\n".encode("cp1252"))
    command = run("advise", "./-mine.yaml").err.split("`")[1]
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
    assert run("advise", "./-mine.yaml").code == 0


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("rules/rules.yaml", "cp1252"),
        ("rules/options.yaml", "utf-16"),
        ("rules/more rules.yaml", "utf-16-be"),
        ("rules/more rules.yaml", "cp1252"),
        ("facts/dusk.yaml", "koi8-r"),
        ("facts/dusk.yaml", "cp1252"),
    ],
)
def test_after_the_command_that_is_shown_the_rulebook_loads(
    boats: Path, tmp_path: Path, run: Run, name: str, encoding: str
) -> None:
    shutil.copytree(boats, tmp_path / "my boats")
    file = tmp_path / "my boats" / name
    said = "# Поднять паруса, когда утихнет ветер\n" if encoding == "koi8-r" else "# Größe, “naïve”, Fähre\n"
    text = file.read_text() if file.exists() else "title: Dusk\nfacts: {sky: dark}\n" if "facts" in name else "[]\n"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes((said + text).encode(encoding))
    situation = "dusk" if "facts" in name else "-"
    ran = process("advise", situation, "--rulebook", "my boats", input=b"facts: {}\n", cwd=tmp_path)
    assert b"error[not-utf8]" in ran.stderr
    (command,) = re.findall(r"`(iconv [^`]*)`", ran.stderr.decode())
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
    assert file.read_text(encoding="utf-8").removeprefix("\ufeff") == said + text
    ran = process("advise", situation, "--rulebook", "my boats", input=b"facts: {}\n", cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", [*COMMON, "utf-16-le", "utf-16-be", "utf-32"])
def test_iconv_knows_every_encoding_that_may_be_guessed(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    monkeypatch.setattr("plenipo.text_encoding.guess", lambda _: encoding)
    (said,) = in_utf8(b"", "", piped=True)
    (command,) = re.findall("`(.*)`", said)
    assert subprocess.run(["sh", "-c", command], input=b"", capture_output=True, check=False).returncode == 0


def test_what_comes_in_by_a_pipe_is_to_be_sent_through_a_command(tmp_path: Path, boats: Path) -> None:
    ran = process("advise", "-", "--rulebook", str(boats), input="title: Größe, naïve\n".encode("cp1252"), cwd=tmp_path)
    assert b"send it through `iconv -f WINDOWS-1252 -t UTF-8` first" in ran.stderr


@pytest.mark.parametrize(
    "name", ["cases.csv", "cases.tsv", "cases.jsonl", "cases.xlsx", "cases.parquet", "cases.csv.gz"]
)
def test_a_table_given_to_advise_names_batch(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"sky\ndark\n")
    ran = run("advise", name)
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        f"{name}: error[unreadable]: this is a table, and one situation is wanted\n"
        f"  help: `plenipo batch {name}` advises on every row of it\n"
    )
