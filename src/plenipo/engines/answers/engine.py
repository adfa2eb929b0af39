"""What can be asked of one rulebook over all the situations it allows; each encoding is grounded when first needed."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from plenipo.engines.answers.program import AnswerSetProgram, Assumption, Term
from plenipo.engines.answers.reify import reified
from plenipo.errors import EngineError
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.verdict import Verdict

#: Fact -> the values it may take, `unknown` among them where it may be unknown.
Allowed = Mapping[str, Collection[str]]
#: The rules that act in every situation, and those that act in some.
Acting = tuple[frozenset[str], frozenset[str]]


class AnswerEngine:
    """
    Answers questions about one rulebook over all situations, or over those within bounds.

    Facts are fact -> value, and one that is absent is unknown. A situation that a constraint rules out does not count;
    several threads may ask. A question is answered exactly, or `TimeoutError` is raised when time to search is up.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._programs: dict[str, AnswerSetProgram] = {}

    def fires(self, facts: Mapping[str, str]) -> frozenset[str]:
        """
        Return the ids of the rules whose conditions hold in one situation, the overridden ones among them.

        Raises:
            EngineError: a constraint rules the situation out.
        """
        domains = {fact: (facts.get(fact, UNKNOWN),) for fact in self._rulebook.facts}
        found = self._program("situation.lp").first([*self._bounds("is", domains), *self._asking("fires")])
        if found is None:
            raise EngineError("the answer-set engine finds the situation impossible")
        return _ids(found)

    def possible(self, facts: Mapping[str, str], options: Collection[str]) -> tuple[Mapping[str, frozenset[str]], bool]:
        """
        Return for each of the options the verdicts that some way of filling in the unknown facts gives.

        They are those that were found in time; the second part of the answer is whether these are all.
        """
        domains = {id: (facts[id],) if id in facts else tuple(fact.values) for id, fact in self._rulebook.facts.items()}
        assumed = [*self._bounds("is", domains), *self._asking("verdict", options)]
        possible: dict[str, set[str]] = {option: set() for option in options}
        shown, whole = self._program("situation.lp").some(assumed)
        for _, option, verdict in shown:
            possible[str(option)].add(str(verdict))
        return {option: frozenset(verdicts) for option, verdicts in possible.items()}, whole

    def pivotal(
        self, facts: Mapping[str, str], candidates: Mapping[str, Collection[str]]
    ) -> tuple[Mapping[str, frozenset[str]], bool]:
        """
        Return for each option the candidates (option -> facts) on which its verdict turns.

        Some way of filling in the unknown facts differs from another in that fact alone and gives another verdict.
        They are those that were found in time; the second part of the answer is whether these are all.
        """
        assumed: list[Assumption] = [(("is", 0, fact, value), True) for fact, value in facts.items()]
        assumed += [(("pivot", fact), False) for fact in facts]
        for asked in self._rulebook.options:
            wanted = candidates.get(asked, ())
            assumed += [(("asked", asked, fact), fact in wanted) for fact in self._rulebook.facts]
        turning: dict[str, set[str]] = {}
        shown, whole = self._program("pivot.lp").some(assumed)
        for _, option, pivot in shown:
            turning.setdefault(str(option), set()).add(str(pivot))
        return {option: frozenset(facts) for option, facts in turning.items()}, whole

    def nearest(
        self, facts: Mapping[str, str], domains: Allowed, option: str, verdicts: Collection[str], most: int
    ) -> tuple[frozenset[str], ...]:
        """Return smallest sets of facts, at most `most`, that can change to give an option one of the verdicts."""
        found = self._program("change.lp").best(self._changing("facts", facts, domains, option, verdicts), most)
        return tuple(frozenset(str(fact) for _, fact in shown) for shown in found)

    def values(
        self, facts: Mapping[str, str], domains: Allowed, option: str, verdicts: Collection[str]
    ) -> Mapping[str, frozenset[str]]:
        """Return for each fact the new values that occur where changes within the domains give one of the verdicts."""
        found: dict[str, set[str]] = {fact: set() for fact in domains}
        shown, whole = self._program("change.lp").some(self._changing("values", facts, domains, option, verdicts))
        if not whole:
            raise TimeoutError
        for _, fact, value in shown:
            found[str(fact)].add(str(value))
        return {fact: frozenset(values) for fact, values in found.items()}

    def choices(
        self, facts: Mapping[str, str], domains: Allowed, option: str, verdicts: Collection[str], most: int
    ) -> tuple[Mapping[str, str], ...]:
        """Return changes within the domains (fact -> value) that give one of the verdicts, at most `most`."""
        found = self._program("change.lp").several(self._changing("values", facts, domains, option, verdicts), most)
        return tuple({str(fact): str(value) for _, fact, value in shown} for shown in found)

    def otherwise(
        self, facts: Mapping[str, str], domains: Allowed, option: str, verdict: str
    ) -> Mapping[str, str] | None:
        """Return changes within the domains under which an option has another verdict, or None where none give it."""
        others = [other for other in Verdict if other != verdict]
        found = self._program("change.lp").first(self._changing("values", facts, domains, option, others))
        return None if found is None else {str(fact): str(value) for _, fact, value in found}

    def acting(self, facts: Mapping[str, str], domains: Allowed, drawing: str | None = None) -> Acting | None:
        """
        Return the rules that act in every situation within the domains, and those that do in some.

        Facts without a domain stay as they are; a rule acts when it fires and is not overridden. With `drawing`, only
        the situations in which that rule acts count. None where there is no such situation.
        """
        within = {**{fact: (facts.get(fact, UNKNOWN),) for fact in self._rulebook.facts}, **domains}
        assumed = [*self._bounds("is", within), *self._asking("acts")]
        if drawing is not None:
            assumed.append((("acts", 0, drawing), True))
        always = self._program("situation.lp").every(assumed)
        if always is None:
            return None
        sometimes, whole = self._program("situation.lp").some(assumed)
        if not whole:
            raise TimeoutError
        return _ids(always), _ids(sometimes)

    def allows(self, facts: Mapping[str, str], domains: Allowed) -> bool:
        """Return whether there is a situation within the domains; facts without a domain stay as they are."""
        within = {**{fact: (facts.get(fact, UNKNOWN),) for fact in self._rulebook.facts}, **domains}
        return self._program("situation.lp").first(self._bounds("is", within)) is not None

    def _changing(
        self, asked: str, facts: Mapping[str, str], domains: Allowed, option: str, verdicts: Collection[str]
    ) -> list[Assumption]:
        now = {fact: (facts.get(fact, UNKNOWN),) for fact in self._rulebook.facts}
        bounds = [*self._bounds("now", now), *self._bounds("is", {**now, **domains})]
        asking: list[Assumption] = [(("asked", each), each == asked) for each in ("facts", "values")]
        return [*bounds, *asking, *self._one_of(option, verdicts)]

    def _program(self, encoding: str) -> AnswerSetProgram:
        """Return an encoding with the rulebook, which is grounded when first needed."""
        if encoding not in self._programs:
            self._programs[encoding] = AnswerSetProgram(encoding, reified(self._rulebook))
        return self._programs[encoding]

    def _asking(self, what: str, options: Collection[str] = ()) -> list[Assumption]:
        assumed: list[Assumption] = [(("asked", each), each == what) for each in ("fires", "acts")]
        return assumed + [(("asked", "verdict", option), option in options) for option in self._rulebook.options]

    def _one_of(self, option: str, verdicts: Collection[str]) -> list[Assumption]:
        """Return the assumptions under which an option has one of the verdicts: it always has just one."""
        return [(("verdict", 0, option, verdict), False) for verdict in Verdict if verdict not in verdicts]

    def _bounds(self, name: str, domains: Allowed) -> Iterator[tuple[Term, bool]]:
        """Yield the assumptions by which every fact takes one of its values in the domains."""
        situation = (0,) if name == "is" else ()
        for id, fact in self._rulebook.facts.items():
            allowed = domains[id]
            if len(allowed) == 1:
                yield (name, *situation, id, *allowed), True
            else:
                barred = (value for value in (*fact.values, UNKNOWN) if value not in allowed)
                yield from (((name, *situation, id, value), False) for value in barred)


@lru_cache(maxsize=4)
def answer_engine(rulebook: Rulebook) -> AnswerEngine:
    """Return the answer-set engine of a rulebook; it is kept with all that it has grounded."""
    return AnswerEngine(rulebook)


def _ids(shown: Iterable[Term]) -> frozenset[str]:
    return frozenset(str(id) for _, id in shown)
