"""The columns of a batch, decided before any row is read: the facts, the key, and the other columns that are kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from plenipo.batch.cell_text import is_plain
from plenipo.batch.limits import USUAL, Limits
from plenipo.batch.sources.csv_tables import CsvTable
from plenipo.batch.sources.fact_files import FILE
from plenipo.batch.sources.source import NamedColumns
from plenipo.batch.sources.workbooks import WorkbookTable
from plenipo.did_you_mean import Suggestion, did_you_mean, nearest
from plenipo.errors import Diagnostic, Location, SituationError, UsageError, quoted, quoted_list
from plenipo.rulebook.loose_names import WRITE_ID, Names, meant, several, tell
from plenipo.rulebook.model import Fact, LooseReading, Rulebook
from plenipo.situations.file_kinds import Kind

#: The key that is made where none is named.
MADE_KEY = "case"
#: Names of a column that is taken for the key where none is named, the likeliest first.
KEYS = ("case", "id", "key", "name")
#: How many columns a message names, and how many faults of columns are told one by one.
_SHOWN = 6
_TOLD = 20
#: What can be done about columns that are not facts.
_KEPT = "`--extra keep` keeps columns that are not facts; `--key` names the column that identifies rows"


@dataclass(frozen=True)
class BatchColumns:
    """
    The columns that every part of a batch is given: the key `key`, the facts, and those of `extra` with their types.

    `named` (column -> fact) are the columns that are read as facts, or as the key, without having that name.
    `key_given` says that the key is a column of the inputs; otherwise it is made. `key_taken` says that nobody asked
    for that column, so that a row may lack it. `several` says that there are several inputs, so that the number of a
    row does not identify it.
    """

    key: str
    key_given: bool
    several: bool
    key_type: pl.DataType
    extra: Mapping[str, pl.DataType] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    key_taken: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the columns that are the key, as inputs have them."""
        return (self.key, *(name for name, read_as in self.named.items() if read_as == self.key))


def decide_columns(  # noqa: PLR0913 - what a job says of columns
    rulebook: Rulebook,
    inputs: Sequence[NamedColumns],
    key: str | None,
    *,
    keep: bool,
    taken: bool = False,
    limits: Limits = USUAL,
) -> BatchColumns:
    """
    Return the columns of a batch; `keep` keeps columns that are not facts, `taken` says that nobody asked for this key.

    Raises:
        UsageError: the key is not a column, its cells have no text, or its name is taken.
        SituationError: a column is not a fact, and is not to be kept; two columns are read as the same fact; or there
            are more columns than a table may have.
    """
    _check_key(rulebook, inputs, key)
    made = MADE_KEY if key is None else key
    types: dict[str, list[pl.DataType]] = {}
    faults: list[Diagnostic] = []
    named: dict[str, str] = {}
    strange: dict[str, NamedColumns] = {}
    for source in inputs:
        limits.check_columns(source.name, len(source.columns))
        column = _key_column(source, key)
        faults += _read_loosely(rulebook, source, {column, FILE}, named)
        if key and column and column != key:
            named[column] = key
        for name, kind in source.columns.items():
            if name in rulebook.facts or name in named or name in {column, FILE}:
                continue
            types.setdefault(name, []).append(kind)
            if not keep:
                strange.setdefault(name, source)
            elif name in rulebook.options or name == made or _is_ours(name):
                raise UsageError(f"the column {quoted(name)} cannot be kept: the answers have a column of this name")
    faults += _unknown_columns(rulebook, strange, named)
    if faults:
        raise SituationError(tuple(faults))
    extra = {
        name: kinds[0] if len(set(kinds)) == 1 and is_plain(kinds[0]) else pl.String() for name, kinds in types.items()
    }
    tell(LooseReading(name, fact) for name, fact in named.items() if fact != key)
    tell(LooseReading(key, name) for name, read_as in named.items() if key and read_as == key)
    return BatchColumns(made, key is not None, len(inputs) > 1, _key_type(inputs, key), extra, named, taken)


def _read_loosely(
    rulebook: Rulebook, source: NamedColumns, others: Collection[str | None], named: dict[str, str]
) -> Iterator[Diagnostic]:
    """Put into `named` which columns of a source are read as which fact; yield a fault where two are the same one."""
    place = Location(source.name, getattr(source, "header_line", 0))
    # in JSON Lines every fact is a column
    absent = getattr(source, "absent", ())
    columns = {name: name for name in source.columns if name in rulebook.facts and name not in absent}
    for name in source.columns:
        if name in rulebook.facts or name in others or not (found := meant(rulebook, name, Fact)):
            continue
        (fact, *more), earlier = found, columns.get(found[0])
        named[name] = fact
        columns[fact] = name
        if more:
            yield Diagnostic("unknown-fact", several(name, found, "fact"), place, help=(WRITE_ID,))
        elif earlier:
            message = f"the columns {quoted(earlier)} and {quoted(name)} are both read as {quoted(fact)}"
            yield Diagnostic("duplicate-key", message, place, help=("leave one of them out",))


def _key_column(source: NamedColumns, key: str | None) -> str | None:
    """Return the column of a source that is named as the key, or nothing where there is none."""
    return None if key is None else next(iter(Names(dict.fromkeys(source.columns, ())).meant(key)), None)


def found_key(rulebook: Rulebook, inputs: Sequence[NamedColumns]) -> str | None:
    """Return the column that is the key by its name, where every input has it, or None."""
    first, *others = [source.columns for source in inputs]
    taken = {*rulebook.facts, *rulebook.options}
    for word in KEYS:
        names = [name for name in first if name.strip().casefold() == word and name not in taken]
        if len(names) == 1 and is_plain(first[names[0]]) and all(names[0] in columns for columns in others):
            return names[0]
    return None


def _check_key(rulebook: Rulebook, inputs: Sequence[NamedColumns], key: str | None) -> None:
    if key is None:
        if MADE_KEY in rulebook.facts or MADE_KEY in rulebook.options:
            message = f"the rulebook has a fact or an option named `{MADE_KEY}`, so the key needs another name"
            raise UsageError(message, help=("--key COLUMN names it",))
        return
    for source in inputs:
        if FILE in source.columns:
            help = ("the key of a fact file is its name",)
            raise UsageError(f"{quoted(source.name)} is a fact file and has no column {quoted(key)}", help=help)
        column = _key_column(source, key)
        if column is None:
            near = _misread(source) or did_you_mean(key, source.columns) or _found(source)
            raise UsageError(f"{quoted(source.name)} has no column {quoted(key)} to be the key", help=near)
        kind = source.columns[column]
        if not (is_plain(kind) or kind == pl.Null):
            what = kind.base_type().__name__.lower()
            help = (f"a key is a text, a number, yes or no, a date or a time, and this is of the type {what}",)
            raise UsageError(f"the column {quoted(key)} of {quoted(source.name)} cannot be the key", help=help)
    columns = {key, *(_key_column(source, key) for source in inputs)}
    if columns & (rulebook.facts.keys() | rulebook.options.keys()) or _is_ours(key):
        raise UsageError(f"the column {quoted(key)} cannot be the key: the answers have another column of this name")


def _misread(source: NamedColumns) -> tuple[str, ...]:
    """Return what may have gone wrong where a text has a single column."""
    if len(source.columns) != 1 or not isinstance(source, CsvTable | WorkbookTable):
        return ()
    (only,) = source.columns
    others = ";," if isinstance(source, CsvTable) and source.kind is Kind.TSV else ""
    cut = re.search(rf"[|:^~/{others}]", only) if isinstance(source, CsvTable) else None
    separator = f"; if {quoted(cut[0])} separates cells, say so: `--separator '{cut[0]}'`" if cut else ""
    quotes = "; a pair of quotes around a whole line makes one cell of it" if re.search(r"\w[,;\t]\w", only) else ""
    return (f"its only column is {quoted(only)}{_header_of(source)}{separator or quotes}",)


def _found(source: NamedColumns) -> tuple[str, ...]:
    """Return the first columns that there are."""
    first = list(source.columns)[:_SHOWN]
    more = f" and {len(source.columns) - _SHOWN:,} more" if len(source.columns) > _SHOWN else ""
    return (f"its columns are {quoted_list(first, last='and')}{more}{_header_of(source)}",) if first else ()


def _is_ours(name: str) -> bool:
    """Return whether a column of the answers, or one that is needed to make them, may have this name."""
    return name.startswith("_plenipo_") or re.fullmatch(r"_?fired(_\d+)?", name) is not None


def factless(rulebook: Rulebook, source: NamedColumns, named: Mapping[str, str]) -> bool:
    """Return whether no column of a source is a fact, or is read as one."""
    absent = getattr(source, "absent", ())
    return not any(named.get(name, name) in rulebook.facts and name not in absent for name in source.columns)


def is_to_fill(rulebook: Rulebook, source: NamedColumns, key: str) -> bool:
    """Return whether a source has the columns of a table to fill in: the key, then every fact and nothing else."""
    first, *others = source.columns
    return first == key and not hasattr(source, "absent") and {*others} == {*rulebook.facts}


def _unknown_columns(
    rulebook: Rulebook, strange: Mapping[str, NamedColumns], named: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """
    Yield the first columns that are not facts, each where it comes first, and then how many more there are.

    What can be done about any of them is said once, with the last.
    """
    lost: list[NamedColumns] = []
    faults: list[Diagnostic] = []
    for name, source in [*strange.items()][:_TOLD]:
        fault = _unknown_column(rulebook, source, name)
        if len(source.columns) > 1 and source not in lost and factless(rulebook, source, named):
            lost.append(source)
            fault = replace(fault, help=(*fault.help, "none of its columns is a fact" + _header_of(source)))
        faults.append(fault)
    if not faults:
        return
    *before, latest = sorted(faults, key=lambda fault: fault.location)
    yield from before
    kept = (_KEPT,) if any(name != MADE_KEY for name in strange) else ()
    yield replace(latest, help=(*latest.help, *kept))
    if (more := len(strange) - _TOLD) > 0:
        *_, (name, source) = strange.items()
        last = f"{more:,} more columns are not facts, the last of them {quoted(name)}"
        yield Diagnostic("unknown-fact", last, Location(source.name, getattr(source, "header_line", 0)))


def _header_of(source: NamedColumns) -> str:
    """Return where a header has to be, in the kinds of tables of which people lose it."""
    first = {CsvTable: "line", WorkbookTable: "row"}.get(type(source))
    return f"; the header must be the first {first} that is not blank" if first else ""


def _unknown_column(rulebook: Rulebook, source: NamedColumns, name: str) -> Diagnostic:
    finding = ("it is a finding: rules draw it, so nobody gives it",) if name in rulebook.findings else ()
    near = None if finding else nearest(name, rulebook.facts)
    guess = (Suggestion(near),) if near else ()
    advice = (f"`--key {MADE_KEY}` says that it identifies rows",) if name == MADE_KEY else ()
    message = f"{f'the column {quoted(name)}' if name else 'a column without a name'} is not a fact"
    place = Location(source.name, getattr(source, "header_line", 0))
    return Diagnostic("unknown-fact", message, place, help=(*guess, *finding, *advice, *_misread(source)))


def _key_type(inputs: Sequence[NamedColumns], key: str | None) -> pl.DataType:
    """Return the type of the key: that of the only input where it is a whole number, otherwise text."""
    if len(inputs) > 1:
        return pl.String()
    (only,) = inputs
    column = _key_column(only, key)
    kind = only.columns[column] if column is not None else pl.String() if FILE in only.columns else pl.UInt32()
    return kind if kind.is_integer() else pl.String()
