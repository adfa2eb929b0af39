"""
The words that every format shares: how a verdict, a citation, a condition or an order between options is put.

All of it is plain text; each format adds its own clothes and cleans what came from files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from plenipo.advice.conclude import Advice, Firing
from plenipo.counsel.plan import Entry, Plan
from plenipo.rulebook.model import UNKNOWN, Basis, Condition, Fact, Link, Rule, Rulebook, Situation, Strength
from plenipo.rulebook.verdict import Verdict

#: The groups of a plan in reading order: attribute of the plan, heading, verdict it is coloured by.
GROUPS: tuple[tuple[str, str, Verdict], ...] = (
    ("considering", "Under discussion", Verdict.SILENT),
    ("first", "Do first", Verdict.RECOMMEND),
    ("now", "Do now, side by side", Verdict.RECOMMEND),
    ("then", "Then", Verdict.RECOMMEND),
    ("consider", "Consider", Verdict.CONSIDER),
    ("hold", "Hold", Verdict.DEFER),
    ("avoid", "Avoid", Verdict.AVOID),
    ("done", "Done, or nothing left to do", Verdict.DONE),
)
#: What each verdict says, as a clause of its own.
MEANING = {
    Verdict.DONE: "it is done, or nothing is left to advise",
    Verdict.AVOID: "the sources advise against it",
    Verdict.DEFER: "not now; it makes sense when something changes",
    Verdict.RECOMMEND: "the sources advise it",
    Verdict.CONSIDER: "the sources find it worth considering",
    Verdict.SILENT: "the sources give no advice here",
}
#: As many options as are named in passing.
NAMED = 12
NO_ADVICE = "The sources give no advice on it here."
#: Groups in which cautions that always hold matter only to somebody who asks for everything.
UNCAUTIONED = frozenset({"hold", "avoid", "done"})


def citation(cite: Iterable[str], basis: Basis | None = None, strength: Strength | None = None) -> str:
    """
    Return the mark that tells where a statement comes from, whether it is stated, and how strongly it is put.

    >>> citation(["A42", "B71"], Basis.STATED, Strength.SHOULD)
    '[A42, B71 · stated · should]'
    """
    parts = [", ".join(cite), basis.value if basis else "", strength.value if strength else ""]
    said = " · ".join(part for part in parts if part)
    return f"[{said}]" if said else ""


def entry_citation(entry: Entry) -> str:
    """Return the citation of an entry of the plan, and how many reasons more there are."""
    more = len(entry.others)
    further = f" +{more} {'reason' if more == 1 else 'reasons'}" if more else ""
    return citation(entry.cite, entry.basis, entry.strength) + further


def rule_citation(rule: Rule) -> str:
    """Return the citation of a rule."""
    return citation(rule.cite, rule.basis, rule.strength)


def link_citation(link: Link) -> str:
    """Return the citation of an order between options."""
    return citation(link.cite, link.basis)


def after(link: Link) -> str:
    """Return the word for an order between options: what must come first, or had better."""
    return "better after" if link.soft else "after"


def cautions(entry: Entry, *, standing: bool) -> Iterable[Rule]:
    """Yield the cautions on an option that this situation calls for, and those that always hold if wanted."""
    return (rule for rule in entry.cautions if standing or rule.when != Condition())


def labels(fact: Fact, values: Iterable[str]) -> str:
    """Return the answers that values stand for, any of which would do."""
    return " / ".join("not known" if value == UNKNOWN else fact.values.get(value, value) for value in values)


def place(rule: Rule) -> str:
    """Return where a rule stands, as its file's name and line."""
    if rule.location is None:
        return rule.track
    name = "/".join(rule.location.file.replace("\\", "/").split("/")[-2:])
    return f"{name}:{rule.location.line}" if rule.location.line else name


def firing_lines(firing: Firing) -> list[tuple[str, str]]:
    """Return what met a rule, what it drew, and what overrode it, each with a word for it."""
    met = "; ".join(f"{atom.name}: {' / '.join(atom.values)}" for atom in firing.met) or "always"
    told = [("met by", met)]
    if firing.drew:
        told.append(("drew", "; ".join(f"{drawn.verb.value} {drawn.on}" for drawn in firing.drew)))
    if firing.overridden_by:
        told.append(("overridden by", ", ".join(firing.overridden_by)))
    return told


def header(advice: Advice, remark: str = "") -> str:
    """Return when a situation is set, how much of it is known, and whatever remark belongs to the answer."""
    situation = advice.situation
    as_of = f"as of {situation.as_of}" if situation.as_of else ""
    return " · ".join(part for part in (as_of, how_much_is_known(advice.rulebook, situation), remark) if part)


def known(rulebook: Rulebook, situation: Situation) -> tuple[str, ...]:
    """Return the facts that the situation tells."""
    return tuple(id for id in rulebook.facts if situation.facts.get(id, UNKNOWN) != UNKNOWN)


def how_much_is_known(rulebook: Rulebook, situation: Situation) -> str:
    """Return how many of the facts the situation tells, in a clause."""
    told, all_facts = len(known(rulebook, situation)), len(rulebook.facts)
    likely = f" ({len(situation.likely)} more only likely, taken as unknown)" if situation.likely else ""
    likely += taken_over(situation)
    if not told:
        return f"none of {all_facts} facts known{likely}, so this is only the advice that needs none"
    return f"{told} of {all_facts} facts known{likely}"


def taken_over(situation: Situation) -> str:
    """Return how many facts were taken over from which situations, in a clause, or nothing."""
    counts = Counter(situation.taken_over.values())
    return "".join(f", {count} taken over from {name}" for name, count in counts.items())


def title(situation: Situation) -> str:
    """Return what a situation is called."""
    return situation.title or situation.name or "A situation without a name"


def silence(plan: Plan) -> str:
    """Return how much the sources leave alone, by name where that is not too long."""
    number = len(plan.silent)
    if not number:
        return "The sources speak of every option."
    names = ", ".join(option.id for option in plan.silent) if number <= NAMED else "`--full` names them"
    return f"On {number} {'option' if number == 1 else 'options'} the sources give no advice here ({names})."
