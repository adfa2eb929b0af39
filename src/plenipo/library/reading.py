"""Files read and described: rulebooks, situations, sources, schemas, and what every name stands for."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import Any

    from plenipo.library.likeness import SituationLike
    from plenipo.report.document import Texts
    from plenipo.rulebook.catalogue import Entry, Overview
    from plenipo.rulebook.essays import Sources, Verifications
    from plenipo.rulebook.model import Rulebook, Situation


def load_rulebook(folder: Path | str | None = None) -> Rulebook:
    """
    Return the rulebook in a folder that holds `rules/` and `seeds/`, or the one that comes with plenipo.

    One that was read before is taken from the user's cache folder as long as its files are the same (PLENIPO_CACHE
    names another folder, or is `off`).

    Raises:
        RulebookError: the rulebook has faults; all of them are told.
    """
    from pathlib import Path

    from plenipo.rulebook.load import load_rulebook

    return load_rulebook(None if folder is None else Path(folder))


def load_situation(
    situation: SituationLike,
    *,
    rulebook: Rulebook | None = None,
    changes: Mapping[str, str | bool | None] | None = None,
    considering: Iterable[str] = (),
) -> Situation:
    """
    Return a situation: from a fact file, `-` for stdin, the name of a bundled situation, or facts by id.

    `changes` are facts to be held whatever the situation says, `unknown` or None among their values; `considering` are
    options under discussion besides its own.

    >>> load_situation({"us_china_friction": "high"}, changes={"us_china_friction": None}).facts
    {}

    Raises:
        SituationError: the situation has faults; all of them are told.
        UsageError: there is no file and no bundled situation of that name.
    """
    from collections.abc import Mapping
    from dataclasses import replace
    from pathlib import Path

    from plenipo.rulebook import locations, unknown_names
    from plenipo.rulebook.model import Situation
    from plenipo.situations import read as reading

    book = rulebook or load_rulebook()
    if isinstance(situation, Situation):
        read = situation
    elif isinstance(situation, Mapping):
        read = reading.situation_from(book, situation)
    else:
        path = locations.resolve(str(situation), meant=unknown_names.out_of_place(book, str(situation)))
        read = reading.load_situation(book, path)
        if path != Path(situation):
            read = replace(read, name=str(situation), file="")
    added = reading.situation_from(book, changes or {}, considering=considering)
    return reading.combined(book, read, added, changes or {})


def situations(folder: Path | str | None = None) -> Mapping[str, str]:
    """
    Return the situations that come with plenipo, or else with the rulebook in a folder: name -> title.

    Raises:
        RulebookError: the rulebook has faults.
        SituationError: a situation has faults.
    """
    from pathlib import Path

    from plenipo.rulebook import locations

    book, found = load_rulebook(folder), locations.situations(None if folder is None else Path(folder))
    return {name: load_situation(path, rulebook=book).title for name, path in found.items()}


def sources(*, rulebook: Rulebook | None = None) -> Sources:
    """Return the essays behind the rulebook, with their propositions."""
    from plenipo.rulebook.essays import Sources

    return Sources((rulebook or load_rulebook()).sources.values())


def read_texts(folder: Path | str, *, rulebook: Rulebook | None = None) -> Texts:
    """
    Return the cited paragraphs from the reader's own copy of the essays: (source, paragraph) -> text.

    Raises:
        UsageError: the folder is not there, or holds none of the essays.
    """
    from pathlib import Path

    from plenipo.errors import UsageError
    from plenipo.rulebook.essays import cited_paragraphs, find_texts

    known = (rulebook or load_rulebook()).sources
    texts = find_texts(known, Path(folder))
    if not texts:
        help = tuple(f"source {source.id} is the file `{source.file}`" for source in known.values())
        raise UsageError(f"the folder `{folder}` holds none of the essays", help=help)
    return {
        (id, number): paragraph
        for id, text in texts.items()
        for number, paragraph in cited_paragraphs(known[id], text).items()
    }


def verify_sources(files: Iterable[Path | str], *, rulebook: Rulebook | None = None) -> Verifications:
    """
    Compare texts of the essays, paragraph by paragraph, with the fingerprints that the rulebook keeps.

    Raises:
        FaultsError: a file cannot be read as text.
    """
    from pathlib import Path

    from plenipo.errors import FaultsError
    from plenipo.rulebook.essays import Verifications, read_text, verify
    from plenipo.rulebook.fault_list import Faults

    known = (rulebook or load_rulebook()).sources
    faults = Faults()
    texts = {str(file): read_text(Path(file), faults) for file in files}
    if faults.fatal:
        raise FaultsError(tuple(faults))
    return Verifications(verify(known, text, name) for name, text in texts.items() if text is not None)


def show(id: str, *, rulebook: Rulebook | None = None) -> Entry:
    """
    Return what a name of the rulebook stands for, a fact, say, or a rule, and everything that touches it.

    >>> show("four_party_talks").kind
    'option'

    Raises:
        UsageError: nothing bears that name; the nearest one is suggested.
    """
    from plenipo.rulebook.catalogue import look_up

    return look_up(rulebook or load_rulebook(), id)


def overview(*, rulebook: Rulebook | None = None) -> Overview:
    """Return the rulebook at a glance; the bundled one with the situations that come with it."""
    from dataclasses import replace

    from plenipo.rulebook.catalogue import overview

    if rulebook is not None:
        return overview(rulebook)
    return replace(overview(load_rulebook()), situations=situations())


def template(*, rulebook: Rulebook | None = None, full: bool = False) -> str:
    """Return a fact file to fill in; `full` adds help on every question and the optional parts."""
    from plenipo.situations.template import template

    return template(rulebook or load_rulebook(), full=full)


def schemas(*, rulebook: Rulebook | None = None) -> Mapping[str, Any]:
    """Return the JSON Schema of each kind of file, with the ids and values of the rulebook: kind -> schema."""
    from plenipo.situations.json_schema import schemas

    return schemas(rulebook or load_rulebook())


def write_schemas(folder: Path | str, *, rulebook: Rulebook | None = None) -> tuple[Path, ...]:
    """Write each JSON Schema to its file in a folder, which is made if need be, and return the files."""
    from plenipo.situations.json_schema import write_schemas

    return write_schemas(rulebook or load_rulebook(), folder)


def write_situations(situations: Iterable[Situation], folder: Path | str, *, force: bool = False) -> tuple[Path, ...]:
    """
    Write each situation to a fact file of its name in a folder, which is made if need be, and return the files.

    Raises:
        UsageError: a file is there already, and `force` does not say that it may go; nothing is written then.
    """
    from pathlib import Path

    from plenipo.situations.write import write_fact_files

    return write_fact_files(situations, Path(folder), force=force)
