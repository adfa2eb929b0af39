"""
The bundled rulebook: where its rules, its sources and its situations are, in a checkout or installed.

An installed plenipo carries them inside the package; in a checkout they are the top-level folders.
"""

import shlex
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from plenipo.did_you_mean import did_you_mean
from plenipo.errors import UnknownNameError, UsageError, quoted, shown
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import FILE_ENDINGS, STDIN, take_in
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
    Return the situations that come with the rulebook in a folder, or with the bundled one: name -> path.

    They are the fact files in its folder `facts`. A situation is called as its file is without the ending, and with it
    where two files would have one name.
    """
    facts = (folder or home()) / "facts"
    files = sorted(path for path in facts.glob("[!.]*") if path.suffix.lower() in FILE_ENDINGS and path.is_file())
    stems = Counter(path.stem for path in files)
    return {path.stem if stems[path.stem] == 1 else path.name: path for path in files}


def resolve(file: str, folder: Path | None = None, meant: Iterable[str] = ()) -> Path:
    """
    Return the path that a FILE argument means: a file, or else the situation of that name that comes with a rulebook.

    The rulebook is the one in `folder`, or the bundled one. A name that is neither comes back as the path it is, so
    that reading it reports what is wrong; `-` is left alone. `meant` is help on what else the argument may be.

    Raises:
        UsageError: it is empty, or it can only be meant for a situation, and there is none so called, or there are two.
    """
    if not file.strip():
        raise UsageError("the name of the situation is empty", help=("name a fact file or a situation",))
    path = Path(file)
    if file == STDIN or _there(path):
        return path
    known = situations(folder)
    if file in known:
        return known[file]
    if path.suffix or file != path.name:
        return path
    if found := meant_situation(file, known):
        return known[found]
    raise _no_situation(file, folder, known, meant)


def _no_situation(file: str, folder: Path | None, known: Mapping[str, Path], meant: Iterable[str]) -> UsageError:
    """Return the fault of a name that no situation has, or two have."""
    of_it = f" --rulebook {shlex.quote(str(folder))}" if folder else ""
    listed = f"`plenipo show{of_it}` lists them"
    if twins := [quoted(shown(path)) for path in known.values() if path.stem == file]:
        message = f"{len(twins)} situations are called {quoted(file)}: {' and '.join(twins)}"
        return UsageError(message, help=("name one of the files",))
    if folder is None:
        help = (*meant, *did_you_mean(file, known), listed)
        return UnknownNameError(f"no file and no bundled situation is called {quoted(file)}", help=help)
    elsewhere = (
        ("it comes with the bundled rulebook: leave out `--rulebook`, and unset PLENIPO_RULEBOOK",)
        if file in situations()
        else ()
    )
    message = f"no file and no situation of this rulebook is called {quoted(file)}"
    help = (*meant, *did_you_mean(file, known), *elsewhere, *((listed,) if known else ()))
    return UnknownNameError(message, help=help or ("name a fact file: no situations come with this rulebook",))


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
