"""The reader's own copies of the essays: files, folders of them, and patterns."""

from collections.abc import Iterable, Iterator, Mapping
from glob import glob, has_magic
from pathlib import Path

from plenipo.errors import FaultsError, UsageError, quoted
from plenipo.rulebook.essays import matching, read_text
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import STDIN
from plenipo.rulebook.model import Source

#: What the name of a text in a folder ends with, unless a source names the file.
ENDING = ".txt"


def read_essays(sources: Mapping[str, Source], given: Iterable[Path | str]) -> dict[str, str]:
    """
    Return the texts that files, folders and patterns name: name -> text; `-` is standard input.

    A file that is named itself is always among them. Of a folder, or of the files that a pattern matches, those are
    taken that hold a paragraph of a source, or have the name that a source gives; the others may be anything.

    Raises:
        FaultsError: a file that is named itself, or that has the name which a source gives, cannot be read as text.
        UsageError: there is no such folder, or nothing in it, or nothing that a pattern matches, is one of the sources.
    """
    texts: dict[str, str] = {}
    faults = Faults()
    for each in map(str, given):
        if each == STDIN or not (Path(each).is_dir() or has_magic(each)) or Path(each).is_file():
            text = read_text(Path(each), faults)
            if text is not None:
                texts[each] = text
        else:
            texts.update(_essays_among(sources, each))
    if faults.fatal:
        raise FaultsError(tuple(faults))
    return texts


def texts_of(given: Iterable[Path | str]) -> dict[str, str]:
    """
    Return the texts of files by name; `-` is standard input.

    Raises:
        FaultsError: a file cannot be read as text.
    """
    faults = Faults()
    found = {str(each): read_text(Path(each), faults) for each in given}
    if faults.fatal:
        raise FaultsError(tuple(faults))
    return {name: text for name, text in found.items() if text is not None}


def find_texts(sources: Mapping[str, Source], where: Path | str) -> dict[str, str]:
    """
    Return the texts of sources that a folder, a file or a pattern names, by the id of the source, as far as they do.

    A file that has the name which the source gives counts before others, and then the one with most of its paragraphs.

    Raises:
        FaultsError: it is a file that cannot be read as text.
        UsageError: there is no such folder, or none of the sources is there.
    """
    texts = read_essays(sources, [where])
    found = {}
    for id, source in sources.items():
        ranked = [(matching(source, text), name) for name, text in texts.items() if matching(source, text)]
        own = Path(source.file).name
        if ranked:
            found[id] = texts[max(ranked, key=lambda each: (Path(each[1]).name == own, each[0]))[1]]
    if not found:
        raise _none_there(sources, str(where))
    return found


def _essays_among(sources: Mapping[str, Source], where: str) -> dict[str, str]:
    """Return the texts in a folder, or behind a pattern, that hold a paragraph of a source."""
    if Path(where).is_dir():
        files = list(_in_folder(sources, Path(where)))
    else:
        files = [Path(name) for name in sorted(glob(where, recursive=True))]  # noqa: PTH207 (it may be absolute)
    own, faults = _own_names(sources), Faults()
    # a file that a source names is never passed over: what is wrong with it would look as if all were well
    read = {file: read_text(file, faults if file.name in own else Faults()) for file in files if file.is_file()}
    if faults.fatal:
        raise FaultsError(tuple(faults))
    texts = {
        str(file): text
        for file, text in read.items()
        if text and (file.name in own or any(matching(source, text) for source in sources.values()))
    }
    if not texts:
        raise _none_there(sources, where)
    return texts


def _in_folder(sources: Mapping[str, Source], folder: Path) -> Iterator[Path]:
    own = _own_names(sources)
    try:
        yield from sorted(path for path in folder.iterdir() if path.name in own or path.suffix.lower() == ENDING)
    except OSError as error:
        reason = "may not be looked into" if isinstance(error, PermissionError) else "cannot be looked into"
        raise UsageError(f"the folder of texts {quoted(str(folder))} {reason}") from error


def _own_names(sources: Mapping[str, Source]) -> set[str]:
    return {Path(source.file).name for source in sources.values()}


def _none_there(sources: Mapping[str, Source], where: str) -> UsageError:
    help = [f"source {source.id} is the file {quoted(source.file)}" for source in sources.values()]
    if Path(where).is_dir():
        return UsageError(f"the folder {quoted(where)} holds none of the sources", help=help)
    return UsageError(f"there is none of the sources at {quoted(where)}", help=help)
