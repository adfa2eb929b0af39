"""
Changes a fact file by way of its tree, so that comments and order stay: ruamel.yaml for YAML, json for JSON.

Spacing inside a line may change. Lines end in a line feed alone.
"""

import contextlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.loose_names import meant
from plenipo.rulebook.model import BLANKS, UNKNOWN, Fact, Rulebook
from plenipo.rulebook.yaml_reader import parse
from plenipo.situations.template import fact_lines

#: What marks the answer "not known" in a file, as against a question that was not asked yet.
DECLINED = "# asked: not known"
_PLAIN = re.compile(r"[A-Za-z_][\w-]*")
#: What comes before a document, which ruamel.yaml does not keep: comments, directives, and the line that ends them.
_START = re.compile(r"(?:[ \t]*\n|[ \t]*[#%].*\n)*---[ \t]*\n")


class _Texts(VersionedResolver):
    """Takes every value for the text that it is: `yes`, `0.60` and `2020-08-31` are written as they were read."""

    versioned_resolver: Mapping[str, object] = {}


def put_answers(text: str, rulebook: Rulebook, answers: Mapping[str, str]) -> str:
    """
    Return a text in which facts have these values; one that it lacks goes under its question, in the rulebook's order.

    Raises:
        ValueError: the text cannot be edited.
    """
    order, new = list(rulebook.facts), set(answers)

    def answer(root: CommentedMap) -> None:
        root["facts"] = facts = root["facts"] or CommentedMap()
        _call_by_ids(facts, rulebook, answers)
        new.difference_update(facts)
        for id, value in answers.items():
            before = [place for place, other in enumerate(facts) if other in order[: order.index(id)]]
            plain = _PLAIN.fullmatch(value) and (value == UNKNOWN or value.casefold() not in BLANKS)
            written = value if plain else DoubleQuotedScalarString(value)
            if id in new:
                facts.insert(before[-1] + 1 if before else 0, id, written)
            else:
                facts[id] = written

    return _annotated(_changed(text, answer), rulebook, answers, new)


def _call_by_ids(facts: CommentedMap, rulebook: Rulebook, answers: Mapping[str, str]) -> None:
    """Give facts that are answered anew their ids where the file calls them otherwise; see `loose_names`."""
    for place, name in enumerate(list(facts)):
        found = meant(rulebook, name, Fact)
        if len(found) == 1 and found[0] != name and found[0] in answers:
            comment = facts.ca.items.pop(name, None)
            facts.insert(place, found[0], facts.pop(name))
            if comment is not None:
                facts.ca.items[found[0]] = comment


def put_heads(text: str, heads: Mapping[str, str]) -> str:
    """Return a text with other texts under keys, those that are new before all others; raises as `put_answers`."""

    def entitle(root: CommentedMap) -> None:
        for place, (key, said) in enumerate(heads.items()):
            root.insert(list(root).index(key) if key in root else place, key, DoubleQuotedScalarString(said))

    return _changed(text, entitle)


def without(text: str, keys: Iterable[str]) -> str:
    """Return a text without some keys and all that is under them; raises as `put_answers`."""

    def remove(root: CommentedMap) -> None:
        for key in keys:
            root.pop(key, None)

    return f"{_changed(text, remove).rstrip()}\n"


def _changed(text: str, change: Callable[[CommentedMap], None]) -> str:
    with contextlib.suppress(json.JSONDecodeError):
        root = json.loads(text, object_pairs_hook=CommentedMap)
        change(root)
        indent = re.match(r"\s*\{[ \t]*\n([ \t]*)", text)
        return json.dumps(root, indent=indent[1] if indent else None, ensure_ascii=text.isascii()) + "\n"
    start = _START.match(text)
    above, below = (text[: start.end()], text[start.end() :]) if start else ("", text)
    yaml = YAML()
    yaml.Resolver = _Texts
    yaml.preserve_quotes = True
    yaml.width = 1 << 20
    stream = StringIO()
    try:
        root = yaml.load(below)
        if isinstance(facts := root.get("facts"), CommentedMap) and not facts.fa.flow_style():
            yaml.indent(mapping=facts.lc.col - root.lc.col)
        change(root)
        yaml.dump(root, stream)
    except YAMLError as fault:
        raise ValueError("not YAML that can be edited") from fault
    return above + stream.getvalue()


def _annotated(text: str, rulebook: Rulebook, answers: Mapping[str, str], new: set[str]) -> str:
    """
    Return a text with its new answers under their questions, and those declined marked, where each has its own line.

    A comment that is above a new answer is about the fact that follows.
    """
    root = parse(text, "", Faults())
    keys = root.entries["facts"].keys if root and not text.lstrip().startswith("{") else {}
    lines = text.split("\n")
    added = 0
    for id, place in keys.items():
        at = place.line - 1 + added
        entry, _, _ = lines[at].partition(" #")
        indent = entry[: place.column - 1]
        if id not in answers or indent.strip():
            continue
        if answers[id] == UNKNOWN or DECLINED in lines[at]:
            remark = lines[at].removeprefix(entry).strip().removeprefix(DECLINED).strip()
            mark = DECLINED if answers[id] == UNKNOWN else ""
            lines[at] = "  ".join(part for part in (entry.rstrip(), mark, remark) if part)
        if id in new:
            start = at
            while not (before := lines[start - 1].strip()) or before.startswith("#"):
                start -= 1
            question = ["", *(f"{indent}{line}" for line in fact_lines(rulebook.facts[id]))]
            below = lines[start:at]
            gap = [""] if [*below, lines[at + 1]][0].strip() else []
            lines[start : at + 1] = [*question, lines[at], *gap, *below]
            added += len(question) + len(gap)
    return "\n".join(lines)
