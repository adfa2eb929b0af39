"""
The bundled rulebook: where its rules, its sources and its situations are, in a checkout or installed.

An installed plenipo carries them inside the package; in a checkout they are the top-level folders.
"""

from collections.abc import Iterable
from pathlib import Path

from plenipo.did_you_mean import did_you_mean
from plenipo.errors import UsageError, quoted
from plenipo.rulebook.files import STDIN

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
    if file in bundled:
        return bundled[file]
    help = (*meant, *did_you_mean(file, bundled), "`plenipo show` lists them")
    raise UsageError(f"no file and no bundled situation is called {quoted(file)}", help=help)


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return True
