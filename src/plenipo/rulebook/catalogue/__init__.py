"""
The catalogue: what a name of the rulebook means, with everything that touches it.

A fact, an option, a finding, a rule, a constraint, a proposition, a source, a party or a subject, each by its id;
everything of a kind by the kind's name; a verdict, a strength or a basis by its word; and a situation. It reads the
rulebook and says what is there; it does not advise, and it lays nothing out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from plenipo.did_you_mean import did_you_mean
from plenipo.errors import UnknownNameError, counted, quoted, quoted_list
from plenipo.rulebook.catalogue.entry import Entry, Mention, mention, sentence
from plenipo.rulebook.catalogue.field_terms import TERMS, term
from plenipo.rulebook.catalogue.things import DESCRIBED
from plenipo.rulebook.loose_names import Names, forms_of, only, short_forms, taken
from plenipo.rulebook.model import Fact, Option, Proposition, Rule, Rulebook, Situation, Source, Thing, kind_name

__all__ = ["Entry", "Mention", "Overview", "catalogue_names", "look_up", "meant_name", "overview", "situation"]

#: The kinds by their plurals, as the rulebook has them; the glance counts the first of them.
KINDS = ("facts", "options", "findings", "rules", "constraints", "propositions", "sources", "parties", "subjects")
COUNTED = KINDS[:6]
#: The paragraphs of a source as answers cite them, such as `A ¶1 ¶3`, or without the mark.
CITED = re.compile(r"(\w+)\s*((?:¶\s*\d+\s*)+)")
UNMARKED = re.compile(r"(\w*?[^\W\d_])[\s_-]*(\d+)")


@dataclass(frozen=True)
class Overview:
    """
    The rulebook at a glance: how much of each kind, the rules of each track, the sources, the situations by name.

    `an_option` is the id of some option, as an example, empty where there is none.
    """

    counts: Mapping[str, int]
    tracks: Mapping[str, int]
    sources: tuple[Source, ...]
    situations: Mapping[str, str] = field(default_factory=dict)
    an_option: str = ""


def overview(rulebook: Rulebook) -> Overview:
    """Return the rulebook at a glance, tracks in alphabetical order."""
    counts = {kind: len(getattr(rulebook, kind)) for kind in COUNTED}
    tracks = Counter(rule.track for rule in rulebook.rules.values())
    sources = tuple(rulebook.sources.values())
    return Overview(counts, dict(sorted(tracks.items())), sources, an_option=next(iter(rulebook.options), ""))


def catalogue_names(rulebook: Rulebook) -> Mapping[str, str]:
    """Return every name that the catalogue knows, with the sentence of what bears it; what completion offers."""
    things = {id: sentence(thing) for id, thing in rulebook.things.items()}
    return {**{kind: f"all {kind}" for kind in KINDS}, **TERMS, **things}


def meant_name(rulebook: Rulebook, word: str, *, also: Iterable[str] = ()) -> str:
    """
    Return the name that a word means among all that the catalogue knows, and those in `also`; see `loose_names`.

    A word that means none is returned as it is.

    Raises:
        UsageError: it can mean several.
    """
    forms = {**dict.fromkeys((*KINDS, *TERMS, *also), ()), **forms_of(rulebook)}
    return only(word, Names(forms, short_forms(rulebook)).meant(word), "name")


def look_up(rulebook: Rulebook, id: str, *, also: Iterable[str] = ()) -> Entry:
    """
    Return the entry under a name, or of paragraphs as answers cite them (`A ¶1 ¶3`).

    `also` are names beyond the rulebook's that may have been meant.

    Raises:
        UnknownNameError: nothing bears the name, and the nearest one that something bears is suggested; or a paragraph
            is not there.
        UsageError: the name can mean several.
    """
    id = meant_name(rulebook, id)
    if thing := rulebook.things.get(id):
        said, touched = DESCRIBED[type(thing)](rulebook, thing)
        particulars = {label: lines for label, all in said.items() if (lines := tuple(filter(None, all)))}
        mentions = {heading: tuple(found) for heading, found in touched.items() if found}
        return Entry(kind_name(type(thing)), id, sentence(thing), particulars, mentions)
    if entry := term(id) or _list_of(rulebook, id) or _cited_paragraphs(rulebook, id):
        return entry
    raise UnknownNameError(
        f"nothing in the rulebook is called `{id}`", help=did_you_mean(id, (*catalogue_names(rulebook), *also))
    )


def _list_of(rulebook: Rulebook, kind: str) -> Entry | None:
    """Return the entry that lists everything of a kind, group by group, or None for another word."""
    if kind not in KINDS:
        return None
    held = getattr(rulebook, kind)
    things = held.values() if isinstance(held, Mapping) else held
    grouped: dict[str, list[Mention]] = {}
    for thing in things:
        grouped.setdefault(_group(rulebook, thing) or kind, []).append(mention(thing))
    many = counted(len(things), kind_name(type(next(iter(things), None))), kind)
    return Entry("list", kind, many, {}, {name: tuple(under) for name, under in grouped.items()})


def _cited_paragraphs(rulebook: Rulebook, cited: str) -> Entry | None:
    """
    Return the entry that lists the propositions of some paragraphs of a source, or None for another word.

    The mark may be left out where nothing else has such a name.
    """
    cited = cited.strip(" []")
    found = CITED.fullmatch(cited) or UNMARKED.fullmatch(cited)
    if not found:
        return None
    if found[1] in rulebook.propositions:
        return look_up(rulebook, found[1])
    id, numbers = taken(rulebook, found[1], Source), dict.fromkeys(map(int, re.findall(r"\d+", found[2])))
    under = {
        number: tuple(map(mention, said))
        for number in numbers
        if (said := [each for each in _propositions(rulebook, id) if each.paragraph == number])
    }
    if len(under) < len(numbers):
        if "¶" not in cited:
            return None
        raise _no_paragraph(rulebook, id, next(number for number in numbers if number not in under))
    count = sum(map(len, under.values()))
    name = f"{id} {' '.join(f'¶{number}' for number in numbers)}"
    if "¶" not in cited:
        only(cited, [name], "name")
    many = counted(count, "proposition")
    return Entry("list", name, many, {}, {f"paragraph {number}": taken_there for number, taken_there in under.items()})


def _propositions(rulebook: Rulebook, source: str) -> Iterable[Proposition]:
    return rulebook.sources[source].propositions.values() if source in rulebook.sources else ()


def _no_paragraph(rulebook: Rulebook, id: str, number: int) -> UnknownNameError:
    if id not in rulebook.sources:
        help = f"the sources are {quoted_list(rulebook.sources, last='and')}"
        return UnknownNameError(f"no source is called {quoted(id)}", help=(help,))
    help = f"`plenipo show {id}` lists them all"
    return UnknownNameError(f"no proposition is taken from paragraph {number} of {id}", help=(help,))


def _group(rulebook: Rulebook, thing: Thing) -> str:
    match thing:
        case Fact() | Option():
            return rulebook.subject(thing.group)
        case Rule():
            return thing.track
        case Proposition():
            return f"source {thing.source}"
        case _:
            return ""


def situation(rulebook: Rulebook, described: Situation) -> Entry:
    """Return the entry of a situation; its facts are in the order of the rulebook, each with its value and note."""
    held = []
    for id, fact in rulebook.facts.items():
        if id in described.facts:
            origin = f" (taken over from {described.taken_over[id]})" if id in described.taken_over else ""
            note = f". {' '.join(described.notes[id].split())}" if described.notes.get(id) else ""
            held.append(mention(fact, f"{fact.values[described.facts[id]]}{origin}{note}"))
    likely = [
        mention(rulebook.facts[id], ", ".join(f"{rulebook.facts[id].values[v]} ({w})" for v, w in weights.items()))
        for id, weights in described.likely.items()
    ]
    headings: dict[str, list[Mention]] = {
        "considering": [mention(rulebook.options[id]) for id in described.considering],
        "facts": held,
        "likely": likely,
        "expects": [mention(rulebook.options[id], verdict) for id, verdict in described.expect.items()],
        "readers judge": [mention(rulebook.options[id], verdict) for id, verdict in described.readers.items()],
    }
    return Entry(
        "situation",
        described.name,
        described.title or described.name,
        {name: (said,) for name, said in (("as of", described.as_of), ("based on", described.based_on)) if said},
        {heading: tuple(mentions) for heading, mentions in headings.items() if mentions},
    )
