"""
The words of the field that advice and rules are put in, each with its sentence in short.

They are the verdicts, the strengths and the bases; the glossary says more.
"""

from plenipo.rulebook.catalogue.entry import Entry
from plenipo.rulebook.model import Basis, Strength

VERDICT_TERMS = {
    "done": "nothing is left to advise; it is done, or moot.",
    "avoid": "advised against.",
    "defer": "not now; sensible when something changes.",
    "recommend": "do it; the author says must or should, or it is one of the main proposals.",
    "consider": "worth doing; the author says might, could or perhaps.",
    "silent": "the sources give no advice here, neither for nor against.",
}
STRENGTH_TERMS = {
    Strength.MUST.value: "the author says that it must be so, the strongest word.",
    Strength.SHOULD.value: "the author says that it should be so.",
    Strength.PLAIN.value: "said without a hedge.",
    Strength.COULD.value: "the author says that it could be so.",
    Strength.MIGHT.value: "the author says that it might be so, the weakest word.",
}
BASIS_TERMS = {Basis.STATED.value: "the source says so.", Basis.INFERRED.value: "it is our reading of the source."}
#: Each kind of word, its words, and what they say.
_KINDS = (
    ("verdict", VERDICT_TERMS, "what the sources advise on an option; the first in this order holds"),
    ("strength", STRENGTH_TERMS, "the author's own word for how binding or how sure something is, strongest first"),
    ("basis", BASIS_TERMS, "what a rule rests on"),
)
#: Every term with its sentence.
TERMS = {**VERDICT_TERMS, **STRENGTH_TERMS, **BASIS_TERMS}


def term(id: str) -> Entry | None:
    """Return the entry of a word, or None when it is none of these."""
    for kind, table, says in _KINDS:
        if id in table:
            return Entry(kind, id, table[id], {f"a {kind} is": (says,), "one of": (", ".join(table),)})
    return None
