"""The tree of a fact file as ruamel.yaml has it, with its comments, and the changes that are made to it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import CommentMark, YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString
from ruamel.yaml.tokens import CommentToken

from plenipo.rulebook.model import BLANKS, UNKNOWN, Rulebook
from plenipo.situations.template import fact_lines

#: What marks the answer "not known" in a file, as against a question that was not asked yet.
DECLINED = "# asked: not known"
_PLAIN = re.compile(r"[A-Za-z_][\w-]*")
_INDENTED = re.compile(r"^[\"']?facts[\"']?:.*\n(?:[ \t]*(?:#.*)?\n)*( +)\S", re.MULTILINE)
#: What comes before a document, which ruamel.yaml does not keep: comments, directives, and the line that ends them.
_START = re.compile(r"(?:[ \t]*\n|[ \t]*[#%].*\n)*---[ \t]*\n")
#: JSON that is laid out in lines, which ruamel.yaml would write on one.
_LAID_OUT = re.compile(r"\s*\{[ \t]*\n([ \t]*)\"")


def edited(text: str, change: Callable[[Tree], None]) -> str:
    """
    Return a text after a change of its tree, its line ends and all lines that are not changed as they were.

    Raises:
        ValueError: the text is not a mapping that can be edited.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n")
    start = _START.match(lines)
    above, lines = (lines[: start.end()], lines[start.end() :]) if start else ("", lines)
    if laid_out := _LAID_OUT.match(lines):
        tree = Tree(json.loads(lines), quoting=True)
        change(tree)
        return json.dumps(tree.root, indent=laid_out[1], ensure_ascii=lines.isascii()).replace("\n", newline) + newline
    indented = _INDENTED.search(lines)
    indent = len(indented[1]) if indented else 2
    yaml = _yaml(indent)
    try:
        root = yaml.load(lines)
        if not isinstance(root, CommentedMap):
            raise ValueError("not a mapping")
        before = _dumped(yaml, root)
        change(Tree(root, quoting=lines.lstrip().startswith("{"), indent=indent))
        after = _dumped(yaml, root)
    except YAMLError as fault:
        raise ValueError("not YAML that can be edited") from fault
    ended = lines if lines.endswith("\n") else f"{lines}\n"
    return f"{above}{_patched(ended, before, after)}".replace("\n", newline)


class Tree:
    """A fact file as a tree; `quoting` puts texts in quotes, as JSON has them, and `indent` is how deep facts stand."""

    def __init__(self, root: Any, *, quoting: bool, indent: int = 2) -> None:
        self.root = root
        self._quoting = quoting
        self._indent = indent

    def entitle(self, heads: Mapping[str, str]) -> None:
        """Put texts under keys, those that are new before all others."""
        for place, (key, said) in enumerate(heads.items()):
            _insert(self.root, key, DoubleQuotedScalarString(said), place, quoting=self._quoting)

    def remove(self, *keys: str) -> None:
        """Take keys out, with all that is under them."""
        for key in keys:
            self.root.pop(key, None)

    def answer(self, rulebook: Rulebook, answers: Mapping[str, str]) -> None:
        """Give facts their values; a fact that the file lacks goes under its question, where the rulebook has it."""
        if "facts" not in self.root:
            raise ValueError("no facts")
        block = isinstance(self.root, CommentedMap) and not self.root.fa.flow_style()
        if not isinstance(self.root["facts"], dict) or (block and not self.root["facts"]):
            self.root["facts"] = CommentedMap() if block else {}
        facts, order = self.root["facts"], list(rulebook.facts)
        block = block and not facts.fa.flow_style()
        for id, value in answers.items():
            if id in facts:
                facts[id] = self._written(value)
            else:
                above = [other for other in order[: order.index(id)] if other in facts]
                place = list(facts).index(above[-1]) + 1 if above else 0
                _insert(facts, id, self._written(value), place, quoting=self._quoting)
                if block:
                    self._put_under_question(facts, id, fact_lines(rulebook.facts[id]), above[-1] if above else None)
            if block:
                self._mark(facts, id, declined=value == UNKNOWN)

    def _written(self, value: str) -> str:
        plain = _PLAIN.fullmatch(value) and (value == UNKNOWN or value.casefold() not in BLANKS)
        return value if plain and not self._quoting else DoubleQuotedScalarString(value)

    def _put_under_question(self, facts: CommentedMap, id: str, question: Iterable[str], above: str | None) -> None:
        """Put the question above a new fact, and all that was between its neighbours, comments included, below it."""
        last = list(facts)[-1] == id
        follows = not last or list(self.root)[-1] != "facts"
        if above is None:
            remark, rest = _taken(self.root, "facts", facts)
        else:
            remark, rest = _split(facts, above)
        if follows and not rest.startswith("\n") and not (last and _begins_apart(self.root)):
            rest = f"\n{rest}"
        gap = f"{remark}\n\n" + "".join(f"{' ' * self._indent}{line}\n" for line in question)
        owner, key = (self.root, "facts") if above is None else (facts, above)
        tokens = _tokens(owner, key)
        tokens[2:] = [CommentToken(gap, tokens[2].start_mark if tokens[2] else CommentMark(0)), None]
        if above is None:
            facts.ca.comment = [tokens[2], None]
        if rest:
            _tokens(facts, id)[2] = CommentToken(f"\n{rest}", CommentMark(0))

    def _mark(self, facts: CommentedMap, id: str, *, declined: bool) -> None:
        """Mark a fact as declined, or take the mark away, in front of any other remark behind the value."""
        remark, rest = _split(facts, id)
        remark = remark.removeprefix(DECLINED).lstrip()
        remark = f"{DECLINED}  {remark}".rstrip() if declined else remark
        behind = CommentToken(f"{remark}\n{rest}", self._behind(facts, id))
        _tokens(facts, id)[2] = behind if remark or rest else None

    def _behind(self, facts: CommentedMap, id: str) -> CommentMark:
        """Return where a remark begins behind the value of a fact."""
        quotes = 2 if isinstance(facts[id], DoubleQuotedScalarString) else 0
        return CommentMark(self._indent + len(id) + len(facts[id]) + quotes + 4)


def _insert(mapping: Any, key: str, value: str, place: int, *, quoting: bool) -> None:
    """Put an entry into a mapping, or another value where it has the key."""
    if key in mapping:
        mapping[key] = value
    elif isinstance(mapping, CommentedMap):
        mapping.insert(place, DoubleQuotedScalarString(key) if quoting else key, value)
    else:
        entries = list(mapping.items())
        entries.insert(place, (key, value))
        mapping.clear()
        mapping.update(entries)


def _tokens(mapping: CommentedMap, key: str) -> list[Any]:
    """Return the comments at a key as ruamel.yaml keeps them: the second above it, the third behind it and below."""
    tokens: list[Any] = mapping.ca.items.setdefault(key, [])
    tokens += [None] * (4 - len(tokens))
    return tokens


def _split(mapping: CommentedMap, key: str) -> tuple[str, str]:
    """Return the remark behind the value of a key, and the lines of comments and blank lines below it."""
    token = _tokens(mapping, key)[2]
    remark, _, rest = (token.value if token else "").partition("\n")
    return remark, rest


def _taken(root: CommentedMap, key: str, below: CommentedMap) -> tuple[str, str]:
    """Return the remark behind a key that has a mapping below it, and the lines before the first entry of that."""
    remark, rest = _split(root, key)
    before = "".join(" " * each.start_mark.column + each.value for each in _tokens(root, key)[3] or ())
    below.ca.comment = None
    return remark, rest + before


def _begins_apart(root: CommentedMap) -> bool:
    """Return whether a blank line precedes the key that follows `facts`."""
    keys = list(root)
    above = _tokens(root, keys[keys.index("facts") + 1])[1]
    return bool(above) and above[0].value.startswith("\n")


class _Texts(VersionedResolver):
    """Takes every value for the text that it is: `yes`, `0.60` and `2020-08-31` are written as they were read."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """Return the tag of a node; that of a text is the only one for what is neither a list nor a mapping."""
        if kind is ScalarNode:
            return super().resolve(kind, "", (False, True))
        return super().resolve(kind, value, implicit)


def _yaml(indent: int) -> YAML:
    yaml = YAML()
    yaml.Resolver = _Texts
    yaml.preserve_quotes = True
    yaml.width = 1 << 20
    yaml.indent(mapping=indent)
    return yaml


def _dumped(yaml: YAML, root: CommentedMap) -> str:
    stream = StringIO()
    yaml.dump(root, stream)
    return stream.getvalue()


def _folded(line: str) -> str:
    """Return a line with its indent as it is, and one space for all white space behind."""
    return line[: len(line) - len(line.lstrip())] + " ".join(line.split())


def _patched(text: str, before: str, after: str) -> str:
    """
    Return a text with those of its lines changed that differ between two ways of writing it.

    Where the text does not have those lines as they are `before`, but for spaces in them, return all that is `after`.
    """
    lines, old, new = (each.splitlines(keepends=True) for each in (text, before, after))
    folded, folded_old = ([_folded(line) for line in each] for each in (lines, old))
    places: dict[int, int] = {}
    for block in SequenceMatcher(None, folded_old, folded, autojunk=False).get_matching_blocks():
        places.update((block.a + number, block.b + number) for number in range(block.size))
    for tag, start, end, first, last in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if tag == "equal":
            continue
        at = places[start - 1] + 1 if start == end and start - 1 in places else places.get(start, -1)
        if [places.get(number) for number in range(start, end)] != list(range(at, at + end - start)) or at < 0:
            return after
        lines[at : at + end - start] = new[first:last]
    return "".join(lines)
