"""
The bundled rulebook: where its rules, its sources and its situations are, in a checkout or installed.

An installed plenipo carries them inside the package; in a checkout they are the top-level folders.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from plenipo.did_you_mean import did_you_mean
from plenipo.errors import UsageError, quoted
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import STDIN, take_in
from plenipo.rulebook.loose_names import Names, only

_PACKAGE = Path(__file__).resolve().parent.parent


def home() -> Path:
    """
    Return the folder that holds the bundled `rules`, `seeds` and `facts`.

    Raises:
        UsageError: this installation carries none.
    """
    for folder in (_PACKAGE / "bundled", _PACKAGE.parent.parent):
        if (folder / "rules").is_dir():
            return folder
    raise UsageError("this installation carries no rulebook", help=("name one with --rulebook",))


def situations(folder: Path | None = None) -> dict[str, Path]:
    """
    Return the bundled situations: the name of each, which is its file's without the ending, and its path.

    A rulebook in another folder comes with those in its `facts`, if it has such a folder.
    """
    return {path.stem: path for path in sorted(((folder or home()) / "facts").glob("[!.]*.yaml"))}


def resolve(file: str, meant: Iterable[str] = ()) -> Path:
    """
    Return the path that a FILE argument means: a file, or else the bundled situation of that name.

    A name that is neither comes back as the path it is, so that reading it reports what is wrong; `-` is left alone.
    `meant` is help on what else the argument may be.

    Raises:
        UsageError: it is empty, or it can only be meant for a bundled situation, and there is none so called.
    """
    if not file.strip():
        raise UsageError("the name of the situation is empty", help=("name a fact file or a situation",))
    path = Path(file)
    if file == STDIN or path.suffix or file != path.name or _there(path):
        return path
    bundled = situations()
    if file in bundled or (found := meant_situation(file, bundled)):
        return bundled[file if file in bundled else found]
    help = (*meant, *did_you_mean(file, bundled), "`plenipo show` lists them")
    raise UsageError(f"no file and no bundled situation is called {quoted(file)}", help=help)


def meant_situation(word: str, paths: Mapping[str, Path]) -> str:
    """
    Return the name of the situation that a word means by its name or its title, or nothing.

    Raises:
        UsageError: it can mean several.
    """
    found = Names(dict.fromkeys(paths, ())).meant(word)
    found = found or Names({name: (_title(path),) for name, path in paths.items()}).meant(word)
    return only(word, found, "situation") if found else ""


def _title(path: Path) -> str:
    """Return the title in a fact file, or nothing where it cannot be read."""
    from plenipo.rulebook.yaml_reader import parse  # noqa: PLC0415 - a rulebook that is kept needs no YAML

    faults = Faults()
    data = take_in(path, faults)
    root = None if data is None else parse(data, path.name, faults)
    title = root.entries.get("title") if root else None
    return (title.text if title else "") or ""


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return True
