"""
Likely facts: the weights that a fact file gives the values of a fact that is not known.

Weights are exact fractions and sum to 1. A sum that is off by no more than rounding is corrected; any other is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from plenipo.errors import quoted
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.loose_names import ValueNames, meant
from plenipo.rulebook.model import UNKNOWN, Fact
from plenipo.rulebook.yaml_node import Node

if TYPE_CHECKING:
    from plenipo.situations.fact_file import VocabularyReader

#: Fact -> value -> weight.
Likely = Mapping[str, Mapping[str, Fraction]]
#: The word that an author may write instead of weights: every value is as likely as the others.
EQUAL = "equal"
#: A weight: a decimal number or a fraction. No author needs longer ones, and no number can be made endless.
WEIGHT = r"^([0-9]{1,9}(\.[0-9]{0,12})?|\.[0-9]{1,12}|[0-9]{1,9}/[0-9]{1,9})$"
#: A sum may be off by so much: one part in this many.
ROUNDING = 1000


def read_likely(reader: VocabularyReader, node: Node, given: Node | None) -> Likely:
    """
    Return the weights under `likely:`, as far as they can be understood; what is wrong goes to the reader's faults.

    `given` are the facts of the same file, none of which may be likely as well.
    """
    faults = reader.faults
    if not isinstance(node.value, dict):
        faults.add("wrong-shape", f"`likely` should be a mapping, not {node.kind}", node.place)
    read: dict[str, Mapping[str, Fraction]] = {}
    stated = _stated(reader, given)
    for key, id in reader.ids(node, reader.fact):
        fact = reader.rulebook.facts[id]
        known = stated.get(id)
        if known is not None and known.text is not None and ValueNames(fact).meant(known.text) != (UNKNOWN,):
            message = f"{quoted(id)} has a value among the facts, and so cannot be likely as well"
            also = [(known.place, f"{quoted(f'{id}: {known.text}')} is here")]
            faults.add("given-and-likely", message, node.keys[key], also=also, help=("keep one of the two",))
        weights = _weights(fact, node.entries[key], reader)
        if weights:
            read[id] = weights
    return read


def _stated(reader: VocabularyReader, given: Node | None) -> Mapping[str, Node]:
    """Return what a file writes under each fact; names that mean none were noted when the facts were read."""
    entries = given.entries if given else {}
    found = ((meant(reader.rulebook, key, Fact), below) for key, below in entries.items())
    return {ids[0]: below for ids, below in found if len(ids) == 1}


def equal(fact: Fact) -> Mapping[str, Fraction]:
    """Return the weights that make every value of a fact as likely as the others."""
    return {value: Fraction(1, len(fact.values)) for value in fact.values}


def worded(weights: Mapping[str, Fraction]) -> str:
    """
    Return weights as they are written in a fact file.

    >>> worded({"low": Fraction(1, 5), "high": Fraction(4, 5)}), worded({"low": Fraction(1)})
    ('{low: 0.2, high: 0.8}', '{low: 1}')
    """
    return f"{{{', '.join(f'{value}: {_number(weight)}' for value, weight in weights.items())}}}"


def _weights(fact: Fact, node: Node, reader: VocabularyReader) -> Mapping[str, Fraction]:
    faults = reader.faults
    if node.text is not None and node.text.strip().casefold() == EQUAL:
        return equal(fact)
    if not node.entries:
        found = "nothing" if isinstance(node.value, dict) else quoted(node.text) if node.text else node.kind
        message = f"what is likely of {quoted(fact.id)} should be values with weights, or `{EQUAL}`, not {found}"
        first, second, *_ = [*fact.spelled, UNKNOWN, UNKNOWN]
        help = (f"write `{fact.id}: {{{first}: 0.7, {second}: 0.3}}`",)
        faults.add("wrong-shape", message, node.place, help=help)
        return {}
    weights: dict[str, Fraction] = {}
    for text, below in node.entries.items():
        value, weight = (
            reader.value(fact, text, node.keys[text], even_then="for not known even then"),
            _weight(text, below, faults),
        )
        if value in weights:
            faults.add("duplicate-key", f"the value {quoted(text)} has a weight already", node.keys[text])
        elif value is not None and weight is not None:
            weights[value] = weight
    if len(weights) < len(node.entries):
        return {}
    total = sum(weights.values(), Fraction(0))
    if abs(total - 1) * ROUNDING > 1:
        message = f"the weights of {quoted(fact.id)} should sum to 1, and sum to {_number(total)}"
        faults.add("wrong-value", message, node.place)
        return {}
    return {value: weight / total for value, weight in weights.items()}


def _weight(value: str, node: Node, faults: Faults) -> Fraction | None:
    text = (node.text or "").strip()
    if node.text is None or not re.match(WEIGHT, text) or text.endswith("/" + "0" * len(text.partition("/")[2])):
        found = quoted(node.text) if node.text else node.kind
        message = f"the weight of {quoted(value)} should be a number such as 0.6 or 3/5, not {found}"
    elif not Fraction(text):
        message = f"the weight of {quoted(value)} should be more than 0"
    else:
        return Fraction(text)
    faults.add("wrong-value", message, node.place)
    return None


def _number(number: Fraction | int) -> str:
    """
    Return a number as one writes it: as a decimal where that is exact, else as a fraction.

    >>> _number(Fraction(3, 5)), _number(Fraction(1, 3)), _number(Fraction(1))
    ('0.6', '1/3', '1')
    """
    text = f"{float(number):.12g}"
    return text if Fraction(text) == number else str(number)
