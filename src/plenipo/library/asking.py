"""Questions about one situation: the advice, its reasons, what is open, and what would change it."""

from __future__ import annotations

from plenipo.library.reading import load_rulebook, load_situation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plenipo.advice.by_source import BySource
    from plenipo.advice.conclude import Advice
    from plenipo.advice.explain import Explanation
    from plenipo.advice.trace import Trace
    from plenipo.counsel.plan import Plan
    from plenipo.counsel.roadmap import Roadmap
    from plenipo.inquiry.change import Change
    from plenipo.inquiry.compare import Contrast
    from plenipo.inquiry.outlook import Outlook
    from plenipo.interview import Interview
    from plenipo.library.likeness import SituationLike
    from plenipo.rulebook.model import Rulebook


def advise(situation: SituationLike, *, rulebook: Rulebook | None = None, source: str | None = None) -> Advice:
    """
    Return the advice on a situation: the rules that fired, and the verdict on every option.

    `source` asks for what one essay gives alone.

    Raises:
        SituationError: the situation has faults.
        UsageError: there is no such source, or no situation of that name.
    """
    from plenipo.advice.adviser import advise

    book = rulebook or load_rulebook()
    return advise(book, load_situation(situation, rulebook=book), source)


def by_source(situation: SituationLike, *, rulebook: Rulebook | None = None) -> BySource:
    """Return what each essay advises alone beside what they advise together; raises as `advise` does."""
    from plenipo.advice.adviser import advise
    from plenipo.advice.by_source import by_source

    book = rulebook or load_rulebook()
    return by_source(book, load_situation(situation, rulebook=book), advise)


def plan(advice: Advice) -> Plan:
    """Return advice in the order in which somebody would act on it."""
    from plenipo.counsel.plan import plan

    return plan(advice)


def roadmap(
    situation: SituationLike,
    *,
    suppose: Mapping[str, str | bool | None] | None = None,
    depth: int = 4,
    rulebook: Rulebook | None = None,
    source: str | None = None,
) -> Roadmap:
    """
    Return what to do now, and stage by stage what comes up once that has succeeded.

    Where another party chooses how a step ends, the roadmap branches. It starts from the situation in which the facts
    to `suppose` are so, and has at most `depth` stages, up to eight.

    >>> ahead = roadmap({"us_negotiator": "vacant", "dprk_counterpart": "not_invited"}, depth=2)
    >>> [step.option.id for step in ahead.first.steps][:2]
    ['appoint_negotiator', 'invite_counterpart']

    Raises:
        SituationError: the situation, or what is supposed of it, has faults.
        UsageError: there is no such source, no situation of that name, or no roadmap of that depth.
    """
    from plenipo.counsel.roadmap import roadmap
    from plenipo.errors import UsageError

    book = rulebook or load_rulebook()
    known = load_situation(situation, rulebook=book)
    supposed = load_situation(known, rulebook=book, changes=suppose or {}).facts
    if forgotten := sorted(id for id in suppose or () if id not in supposed):
        help = (f"`--set {forgotten[0]}=unknown` makes a fact unknown",)
        raise UsageError(f"`{forgotten[0]}` is supposed to be unknown, and only a value can be supposed", help=help)
    new = {id: value for id, value in supposed.items() if known.facts.get(id) != value}
    return roadmap(advise(known, rulebook=book, source=source), new, depth)


def explain(advice: Advice, option: str, *, why_not: str | None = None) -> Explanation:
    """
    Return the whole justification of the verdict on an option, down to the facts.

    `why_not` names a verdict that might have been: the rules that could have given it are told with what they lacked.

    Raises:
        UsageError: there is no such option, or no such verdict.
    """
    from plenipo.advice.explain import explain
    from plenipo.errors import UsageError, did_you_mean
    from plenipo.rulebook.verdict import Verdict

    if why_not is not None and why_not not in set(Verdict):
        known = ", ".join(f"`{verdict}`" for verdict in Verdict)
        help = (*did_you_mean(why_not, Verdict), f"the verdicts are {known}")
        raise UsageError(f"no verdict is called `{why_not}`", help=help)
    return explain(advice, option, None if why_not is None else Verdict(why_not))


def trace(
    situation: SituationLike,
    *,
    rules: Iterable[str] = (),
    options: Iterable[str] = (),
    findings: bool = False,
    not_fired: bool = False,
    flat: bool = False,
    rulebook: Rulebook | None = None,
    source: str | None = None,
) -> Trace:
    """
    Return every rule that fired in a situation, with what met it, what it drew and what overrode or outranked it.

    `rules` and `options` narrow it to these rules and to those that speak of these options, `findings` to those that
    find something. It also holds the rules that did not fire, each with the first thing that it lacks; where it is
    rendered as text or Markdown, `not_fired` shows them in place of the others, and `flat` leaves out the subjects.

    >>> traced = trace({"us_china_friction": "high"}, options=["four_party_talks"])
    >>> [fired.node.rule.id for fired in traced.fired][-1]
    'rivalry-defers-four-party'

    Raises:
        SituationError: the situation has faults.
        UsageError: there is no such rule, option or source, or no situation of that name.
    """
    from plenipo.advice.trace import trace

    advice = advise(situation, rulebook=rulebook, source=source)
    return trace(advice, rules=tuple(rules), options=tuple(options), findings=findings, not_fired=not_fired, flat=flat)


def outlook(advice: Advice) -> Outlook:
    """
    Return which verdicts stand whatever the unknown facts turn out to be, and on which facts the others turn.

    It is exact, over all ways of filling in what is unknown.

    >>> outlook(advise({"us_china_friction": "high"})).options["concede_nuclear_right"].settled
    True
    """
    from plenipo.inquiry.outlook import outlook

    return outlook(advice)


def change(
    advice: Advice, option: str, verdict: str, *, may_change: Iterable[str] = (), hold: Iterable[str] = ()
) -> Change:
    """
    Return all smallest sets of facts which, changed or learned, would give an option a verdict.

    Facts that nobody can move stay, unless named in `may_change`; those in `hold` stay and are not learned either.

    Raises:
        UsageError: there is no such option, verdict or fact, or a fact is both held and free to change.
    """
    from plenipo.inquiry.change import change

    return change(advice, option, verdict, may_change=tuple(may_change), hold=tuple(hold))


def compare(before: SituationLike, after: SituationLike, *, rulebook: Rulebook | None = None) -> Contrast:
    """
    Return which verdicts differ between two situations, and the smallest part of the difference that explains each.

    Raises:
        SituationError: a situation has faults.
        UsageError: there is no situation of that name.
    """
    from plenipo.advice.adviser import advise
    from plenipo.inquiry.compare import compare

    book = rulebook or load_rulebook()
    first, second = (advise(book, load_situation(each, rulebook=book)) for each in (before, after))
    return compare(first, second)


def interview(
    situation: SituationLike | None = None,
    *,
    rulebook: Rulebook | None = None,
    declined: Iterable[str] = (),
    about: Iterable[str] = (),
) -> Interview:
    """
    Return a questionnaire at its start, or going on from a situation; it asks what can still change a verdict.

    `declined` are facts that were answered with "not known", `about` the options that count, by default all.

    >>> begun = interview(about=["four_party_talks"])
    >>> begun.question.fact.id, begun.asking.open
    ('wider_format_appetite', ('four_party_talks',))
    >>> interview({"us_china_friction": "high"}, about=["four_party_talks"]).question is None
    True

    Raises:
        SituationError: the situation has faults.
        UsageError: there is no such option, or no situation of that name.
    """
    from plenipo.interview import begin

    book = rulebook or load_rulebook()
    known = None if situation is None else load_situation(situation, rulebook=book)
    return begin(book, known, declined=declined, about=about)
