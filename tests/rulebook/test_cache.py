"""Keeping rulebooks: never stale, never fatal, and nothing but the model comes out."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from plenipo import errors
from plenipo.errors import RulebookError
from plenipo.rulebook import cache
from plenipo.rulebook.cache import CACHE_ENDING, SEAL, SIGN, VARIABLE, keep_rulebook, kept_rulebook
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import RulebookFile, RulebookFiles, read_rulebook_files
from plenipo.rulebook.load import examine_rulebook, load_rulebook
from plenipo.rulebook.model import Rulebook

WHOLE = Path(__file__).parents[1] / "bad" / "whole"


@pytest.fixture
def kept_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder that is not there yet."""
    folder = tmp_path / "cache"
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


@pytest.fixture
def whole() -> RulebookFiles:
    """The files of a small rulebook."""
    return read_rulebook_files(WHOLE, Faults())


def same(one: Rulebook, other: Rulebook) -> bool:
    """Return whether two rulebooks say the same of everything, the places included."""
    parts = ("facts", "options", "findings", "rules", "sources", "digest", "strata", "overriders")
    return all(getattr(one, part) == getattr(other, part) for part in parts)


def test_what_is_read_back_is_what_was_kept(kept_in: Path, whole: RulebookFiles) -> None:
    loaded = load_rulebook(WHOLE)
    kept = kept_rulebook(whole)
    assert kept is not None
    assert kept is not loaded
    assert same(kept, loaded)
    assert {"strata", "order", "propositions", "overriders"} <= vars(kept).keys()
    assert kept_in.stat().st_mode & 0o777 == 0o700


def test_places_are_told_from_where_the_user_stands_now(kept_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_rulebook(WHOLE)
    monkeypatch.chdir(WHOLE / "rules")
    assert str(load_rulebook(WHOLE).facts["sky"].location) == "facts.yaml:3:5"
    monkeypatch.chdir(WHOLE.parent)
    assert str(load_rulebook(Path("whole")).facts["sky"].location) == "whole/rules/facts.yaml:3:5"


@pytest.mark.usefixtures("kept_in")
def test_any_change_of_a_file_is_seen(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    for file in read_rulebook_files(WHOLE, Faults()).files:
        (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.path).write_bytes(file.data)
    load_rulebook(folder)
    options = folder / "rules/options.yaml"
    options.write_bytes(options.read_bytes().replace(b"Set sail", b"Sail on!"))
    os.utime(options, (0, 0))
    assert load_rulebook(folder).options["sail"].title == "Sail on!"
    (folder / "rules/boats.yaml").rename(folder / "rules/ships.yaml")
    assert {rule.track for rule in load_rulebook(folder).rules.values()} == {"ships"}
    options.write_text("options: [")
    with pytest.raises(RulebookError):
        load_rulebook(folder)


def test_code_that_was_changed_does_not_take_what_other_code_kept(
    kept_in: Path, whole: RulebookFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tmp_path / "code"
    code.mkdir()
    (code / "load.py").write_bytes(b"one = 1\n")
    monkeypatch.setattr(cache, "CODE", (code,))
    load_rulebook(WHOLE)
    os.utime(code / "load.py", (0, 0))
    assert kept_rulebook(whole) is not None, "no time stamp matters"
    status = (code / "load.py").stat()
    (code / "load.py").write_bytes(b"one = 2\n")
    os.utime(code / "load.py", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert kept_rulebook(whole) is None
    assert len(list(kept_in.iterdir())) == 1


def test_a_wrong_rulebook_is_not_kept(kept_in: Path, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    with pytest.raises(RulebookError):
        load_rulebook(tmp_path)
    assert not kept_in.exists()


@pytest.mark.parametrize("harm", [b"", b"x" * 10, None])
def test_a_damaged_file_is_as_good_as_none(kept_in: Path, whole: RulebookFiles, harm: bytes | None) -> None:
    load_rulebook(WHOLE)
    (file,) = kept_in.iterdir()
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]) if harm is None else harm)
    assert kept_rulebook(whole) is None
    assert load_rulebook(WHOLE).facts


class _Shell:
    """What somebody could put into a pickle to have a command run."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch pwned",)


@pytest.mark.parametrize("evil", [_Shell(), {"a": 1}, Path("x"), eval, subprocess.Popen])
def test_nothing_but_the_model_comes_out(
    kept_in: Path, whole: RulebookFiles, evil: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    load_rulebook(WHOLE)
    (file,) = kept_in.iterdir()
    pickled = pickle.dumps(evil)
    file.write_bytes(SIGN + hashlib.sha256(pickled).digest() + pickled)
    assert len(file.read_bytes()) > len(SIGN) + SEAL
    assert kept_rulebook(whole) is None
    assert not Path("pwned").exists()


def test_another_rulebook_under_the_same_name_is_not_taken(kept_in: Path, whole: RulebookFiles) -> None:
    rulebook, _ = examine_rulebook(WHOLE)
    assert rulebook is not None
    others = RulebookFiles(whole.files[1:])
    keep_rulebook(rulebook, others)
    (file,) = kept_in.iterdir()
    load_rulebook(WHOLE)
    right = next(other for other in kept_in.iterdir() if other != file)
    file.replace(right)
    assert kept_rulebook(whole) is not None
    right.rename(file)
    assert kept_rulebook(others) is None


def test_a_file_of_somebody_else_is_not_read(
    kept_in: Path, whole: RulebookFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_rulebook(WHOLE)
    assert kept_rulebook(whole) is not None
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    assert kept_rulebook(whole) is None


@pytest.mark.parametrize("where", ["off", "OFF", "/dev/null/cache", "/proc/nowhere", "a\0b"])
def test_without_a_folder_nothing_is_kept_and_all_goes_on(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {**os.environ, VARIABLE: where})
    assert load_rulebook(WHOLE).facts
    assert kept_rulebook(read_rulebook_files(WHOLE, Faults())) is None


def test_the_folder_is_the_users_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert cache.folder() == Path("/somewhere/plenipo")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache.folder() == Path.home() / ".cache" / "plenipo"


def test_only_the_newest_are_kept(kept_in: Path, whole: RulebookFiles) -> None:
    rulebook, _ = examine_rulebook(WHOLE)
    assert rulebook is not None
    for number in range(cache.MOST_KEPT + 3):
        file = RulebookFile("rules", f"rules/{number}.yaml", "", b"")
        keep_rulebook(rulebook, RulebookFiles((*whole.files, file)))
    assert len(list(kept_in.glob(f"*{CACHE_ENDING}"))) == cache.MOST_KEPT


def test_what_others_keep_in_the_folder_stays(kept_in: Path, whole: RulebookFiles) -> None:
    kept_in.mkdir()
    others = [kept_in / f"{number}{CACHE_ENDING}" for number in range(cache.MOST_KEPT + 3)]
    for number, other in enumerate(others):
        other.write_text("somebody's own")
        os.utime(other, (number, number))
    os.mkfifo(kept_in / f"pipe{CACHE_ENDING}")
    (kept_in / f"folder{CACHE_ENDING}").mkdir()
    (kept_in / f"link{CACHE_ENDING}").symlink_to(others[0])
    before = set(kept_in.iterdir())
    for number in range(cache.MOST_KEPT + 1):
        rulebook = load_rulebook(WHOLE)
        file = RulebookFile("rules", f"rules/{number}.yaml", "", b"")
        keep_rulebook(rulebook, RulebookFiles((*whole.files, file)))
    assert before <= set(kept_in.iterdir())
    assert len(list(kept_in.iterdir())) == len(before) + cache.MOST_KEPT


@pytest.mark.parametrize("kind", ["pipe", "folder", "link", "other"])
def test_what_has_the_name_of_a_kept_rulebook_and_is_none_is_passed_over(
    kept_in: Path, whole: RulebookFiles, tmp_path: Path, kind: str
) -> None:
    load_rulebook(WHOLE)
    (file,) = kept_in.iterdir()
    content = file.read_bytes()
    file.unlink()
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "folder":
        file.mkdir()
    elif kind == "link":
        (tmp_path / "elsewhere").write_bytes(content)
        file.symlink_to(tmp_path / "elsewhere")
    else:
        file.write_text("somebody's own")
    assert kept_rulebook(whole) is None
    assert load_rulebook(WHOLE).facts


@pytest.mark.usefixtures("kept_in")
def test_a_kept_rulebook_needs_neither_yaml_nor_pydantic() -> None:
    program = (
        "import sys; from pathlib import Path; from plenipo.rulebook.load import load_rulebook;"
        "load_rulebook(Path(sys.argv[1])); print(*{'yaml', 'pydantic', 'experta'} & sys.modules.keys())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program, str(WHOLE)], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(2)
    ]
    assert sorted(runs[0]) == ["pydantic", "yaml"]
    assert runs[1] == []


def test_all_the_code_that_loads_is_part_of_the_fingerprint() -> None:
    program = (
        "import sys; from plenipo.rulebook.load import examine_rulebook; examine_rulebook(sys.argv[1]);"
        "print(*(module.__file__ for name, module in sys.modules.items() if name.startswith('plenipo.rulebook')))"
    )
    ran = subprocess.run([sys.executable, "-c", program, str(WHOLE)], capture_output=True, text=True, check=True)
    folders = {Path(module).parent for module in ran.stdout.split()}
    assert Path(cache.__file__).parent in folders
    assert folders | {Path(errors.__file__).parent} == set(cache.CODE)
