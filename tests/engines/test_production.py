"""The production engine: what it must answer, and one test for each way in which experta is known to go wrong."""

from __future__ import annotations

import gc
import logging
import os
import subprocess
import sys
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from benchmarks.synthetic import rulebook as made_up
from benchmarks.synthetic import situation as drawn_up

from plenipo.advice.conclude import conclude
from plenipo.engines.production import ProductionEngine, experta_matcher
from plenipo.engines.production.experta_matcher import experta
from plenipo.engines.production.experta_network import Network
from plenipo.engines.production.productions import flatten
from plenipo.errors import EngineError
from plenipo.rulebook.model import Rulebook, Situation
from tests.made_up.short import rule, rulebook
from tests.oracle import Oracle

ROOT = Path(__file__).parents[2]

#: Names that mean something to Python, to experta or to the engine, names like its symbols, and no names at all.
ODD_IDS = (
    *("run", "declare", "facts", "fired", "self", "__init__", "_rules", "__factid__", "__bind__", "a__b", "kind"),
    *("found", "situation", "fact_0001", "found f", "any 0", "1", "", " ", "ä ö", "'\"", "{}"),
)

#: Prints the trace of a made-up situation, and which of six rules fire although what each forbids has been found.
TRACE = """
from benchmarks.synthetic import rulebook as made_up, situation
from plenipo.advice.conclude import conclude
from plenipo.engines.production import ProductionEngine
from plenipo.rulebook.model import Situation
from tests.made_up.short import rule, rulebook

book = made_up(60, seed=3)
facts = situation(book, seed=4)
for firing in conclude(book, Situation(facts), ProductionEngine(book).fires(facts)).trace:
    print(firing.rule.id, firing.met, firing.drew, firing.overridden_by)
names = "abcdef"
book = rulebook(rule("all", *(f"find {n}" for n in names)), *(rule(n * 2, "done o", unless={n: "true"}) for n in names))
print(sorted(ProductionEngine(book).fires({})))
"""


def fires(book: Rulebook, **facts: str) -> set[str]:
    """Return what fires, of a fresh engine."""
    return set(ProductionEngine(book).fires(facts))


def python(code: str, **environment: str) -> str:
    """Run code in a process of its own and return what it prints."""
    command = [sys.executable, "-W", "error", "-c", code]
    env = {**os.environ, **environment}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout


# What a rule's conditions mean


def test_a_list_of_values_is_any_of_them() -> None:
    book = rulebook(rule("r", "avoid o", when={"wind": ["none", "low"]}))
    assert fires(book, wind="none") == fires(book, wind="low") == {"r"}
    assert fires(book, wind="high") == fires(book) == set()


def test_unknown_is_a_value_to_ask_for_and_no_other_condition_holds_of_it() -> None:
    book = rulebook(
        rule("asks", "avoid o", when={"wind": "unknown"}),
        rule("either", "avoid o", when={"wind": ["unknown", "low"]}),
        rule("not-low", "avoid o", unless={"wind": "low"}),
        rule("low", "avoid o", when={"wind": "low"}),
        rule("high", "avoid o", when={"wind": "high"}),
    )
    assert fires(book) == fires(book, wind="unknown") == {"asks", "either", "not-low"}
    assert fires(book, wind="low") == {"either", "low"}
    assert fires(book, wind="high") == {"not-low", "high"}


def test_the_same_fact_in_when_and_unless_must_pass_both() -> None:
    book = rulebook(rule("r", "avoid o", when={"wind": ["none", "low"]}, unless={"wind": ["low", "high"]}))
    assert fires(book, wind="none") == {"r"}
    assert fires(book, wind="low") == set()


def test_a_rule_that_contradicts_itself_never_fires() -> None:
    book = rulebook(
        rule("found", "find f"),
        rule("finding", "avoid o", when={"f": "true"}, unless={"f": "true"}),
        rule("fact", "avoid o", when={"wind": "low"}, unless={"wind": "low"}),
        rule("always-blocked", "avoid o", unless={}),
    )
    assert fires(book, wind="low") == {"found"}


def test_a_rule_without_conditions_always_fires() -> None:
    assert fires(rulebook(rule("r", "recommend o"))) == {"r"}


def test_a_finding_is_false_until_a_rule_that_acts_finds_it() -> None:
    book = rulebook(
        rule("finds", "find f", when={"a": "x"}),
        rule("exception", "caution o", when={"b": "x"}, overrides=("finds",)),
        rule("with", "avoid o", when={"f": "true"}),
        rule("without", "done o", when={"f": "false"}),
    )
    assert fires(book) == {"without"}
    assert fires(book, a="x") == {"finds", "with"}
    assert fires(book, a="x", b="x") == {"finds", "exception", "without"}


def test_an_exception_to_an_exception_brings_a_finding_back() -> None:
    book = rulebook(
        rule("finds", "find f"),
        rule("exception", "caution o", when={"a": "x"}, overrides=("finds",)),
        rule("exception-to-it", "caution o", when={"b": "x"}, overrides=("exception",)),
        rule("reads", "avoid o", when={"f": "true"}),
    )
    assert fires(book) == {"finds", "reads"}
    assert fires(book, a="x") == {"finds", "exception"}
    assert fires(book, a="x", b="x") == {"finds", "exception", "exception-to-it", "reads"}


def test_facts_that_no_rule_knows_make_no_difference() -> None:
    book = rulebook(rule("r", "avoid o", when={"wind": "low"}))
    assert fires(book, wind="low", tide="high", f="true") == {"r"}


def test_nested_alternatives_cost_a_production_each_and_never_a_product() -> None:
    branches = [{"any": [{f"f{n}{m}": "x"} for m in range(10)]} for n in range(10)]
    tests: dict[str, Any] = {"any": [{"any": branches, "g": "x"}, {"h": "x"}]}
    assert len(flatten(rulebook(rule("r", "avoid o", when=tests, unless=tests)))) < 130


@pytest.mark.parametrize("size", [40, 300])
def test_made_up_rulebooks_agree_with_the_oracle(size: int) -> None:
    book = made_up(size, seed=7)
    engine = ProductionEngine(book)
    for seed in range(5):
        facts = drawn_up(book, seed)
        assert Oracle(book, facts).fired == engine.fires(facts)


# What experta gets wrong, or what importing it does


def test_it_imports_on_a_python_without_collections_mapping_and_leaves_none_behind() -> None:
    assert python("import collections, plenipo.engines.production; print(hasattr(collections, 'Mapping'))") == "False\n"


def test_importing_it_adds_no_root_logging_handler_and_takes_none_away() -> None:
    code = "import logging; {}; import plenipo.engines.production; print(len(logging.getLogger().handlers))"
    assert python(code.format("pass")) == "0\n"
    assert python(code.format("logging.basicConfig()")) == "1\n"


def test_it_stays_silent_in_a_process_that_logs_everything(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        fires(rulebook(rule("r", "find f"), rule("s", "avoid o", unless={"f": "true"})))
    assert caplog.records == []


def test_no_stale_activation_fires_and_every_process_gives_the_same_trace() -> None:
    first, *others = (python(TRACE, PYTHONHASHSEED=seed) for seed in ("0", "1", "2"))
    assert len(first.splitlines()) > 5
    assert first.splitlines()[-1] == "['all']"
    assert others == [first, first]


def test_the_order_of_rules_facts_and_findings_makes_no_difference() -> None:
    book = made_up(80, seed=5)
    facts = drawn_up(book, seed=6)
    expected = conclude(book, Situation(facts), ProductionEngine(book).fires(facts)).trace
    for seed in range(5):
        parts: Any = {name: _shuffled(getattr(book, name), seed) for name in ("facts", "options", "findings", "rules")}
        shuffled = replace(book, **parts)
        given = _shuffled(facts, seed)
        assert expected == conclude(shuffled, Situation(given), ProductionEngine(shuffled).fires(given)).trace


def _shuffled(mapping: Any, seed: int) -> dict[str, Any]:
    items = list(mapping.items())
    Random(seed).shuffle(items)
    return dict(items)


def test_values_that_python_holds_equal_stay_apart() -> None:
    values = ("1", "1.0", "true", "True", "0", "false", "")
    book = rulebook(*(rule(f"is {value}", "avoid o", when={"a": value, "b": value}) for value in values))
    for value in values:
        assert fires(book, a=value, b=value) == {f"is {value}"}
        assert fires(book, a=value, b="other") == set()


@pytest.mark.parametrize("id", ODD_IDS)
def test_an_id_may_be_anything(id: str) -> None:
    book = rulebook(
        rule(id, f"find <{id}>", when={id: "x", "any": [{id: "x"}, {"other": "x"}]}),
        rule("exception", "caution o", when={"other": "y"}, overrides=(id,)),
        rule(f"{id} too", f"avoid [{id}]", when={f"<{id}>": "true"}, unless={id: id}),
    )
    assert fires(book, **{id: "x"}) == {id, f"{id} too"}
    assert fires(book, **{id: "x"}, other="y") == {id, "exception"}
    assert fires(book, other="x") == set()


def test_a_rule_met_in_several_ways_fires_once() -> None:
    book = rulebook(rule("r", "find f", "avoid o", when={"any": [{"a": "x"}, {"b": "x"}, {"a": ["x", "y"]}]}))
    facts = {"a": "x", "b": "x"}
    assert [firing.rule.id for firing in conclude(book, Situation(facts), fires(book, **facts)).trace] == ["r"]


def test_a_run_that_does_not_end_is_broken_off() -> None:
    book = rulebook(rule("first", "find f"), rule("second", "avoid o", when={"f": "false"}), rule("third", "done o"))
    with pytest.raises(EngineError, match="did not come to an end within 1 steps"):
        ProductionEngine(book, steps=1).fires({})
    assert ProductionEngine(book).fires({}) == {"first", "third"}


def test_an_engine_that_raised_is_thrown_away() -> None:
    class Breaking(dict[str, str]):
        def get(self, *_: object) -> str:
            raise RuntimeError("no such luck")

    engine = ProductionEngine(rulebook(rule("r", "avoid o", when={"a": "x"})))
    engine.fires({})
    network = engine._network
    with pytest.raises(EngineError, match="broke off: no such luck"):
        engine.fires(Breaking())
    assert engine._network is None
    assert engine.fires({"a": "x"}) == {"r"}
    assert engine._network is not network


def test_it_is_compiled_once() -> None:
    engine = ProductionEngine(rulebook(rule("r", "avoid o", when={"a": "x"})))
    assert engine.fires({"a": "x"}) == {"r"}
    network = engine._network
    assert engine.fires({}) == set()
    assert engine._network is network


def test_two_engines_in_one_process_share_no_rules() -> None:
    one = ProductionEngine(rulebook(rule("r", "find f", when={"a": "x"}), rule("s", "avoid o", when={"f": "true"})))
    two = ProductionEngine(rulebook(rule("r", "find f", when={"a": "y"}), rule("t", "avoid o", when={"f": "false"})))
    for _ in range(3):
        assert one.fires({"a": "x"}) == {"r", "s"}
        assert two.fires({"a": "x"}) == {"t"}


def test_threads_may_share_an_engine() -> None:
    book = made_up(40, seed=1)
    situations = [drawn_up(book, seed) for seed in range(8)] * 5
    engine = ProductionEngine(book)
    expected = [engine.fires(facts) for facts in situations]
    with ThreadPoolExecutor(4) as pool:
        assert expected == list(pool.map(engine.fires, situations))


def test_nothing_is_retracted() -> None:
    network = Network(flatten(rulebook(rule("r", "avoid o"))))
    network.answer({}, steps=1)
    network.running = False
    with pytest.raises(EngineError):
        network.retract(0)


def test_the_matcher_answers_as_experta_s_own_does() -> None:
    class Stock(Network):
        __matcher__ = experta.KnowledgeEngine.__matcher__

        def get_rules(self) -> list[Any]:
            return [experta.Rule(*own, salience=own.salience)(own.__call__) for own in super().get_rules()]

    book = made_up(40, seed=2)
    stock, ours = Stock(flatten(book)), ProductionEngine(book)
    for seed in range(4):
        facts = drawn_up(book, seed)
        assert ours.fires(facts) == stock.answer(facts, steps=1000)


def test_what_an_engine_was_asked_is_not_kept() -> None:
    book = made_up(12, seed=1)
    engine = ProductionEngine(book)
    engine.fires({})
    network = engine._network
    assert network is not None
    sizes, elements = set(), []
    for run in range(300):
        engine.fires(drawn_up(book, run % 10))
        if run % 10 == 9:
            elements += [weakref.ref(element) for element in network.facts.values()]
            sizes.add((len(network.facts), len(network.agenda.activations), len(network.fired)))
    assert len(elements) >= 30
    engine.fires({})
    gc.collect()
    left = sum(element() is not None for element in elements)
    assert left <= len(network.facts) + 1
    assert len(sizes) == 1


def test_an_engine_that_nobody_holds_is_gone() -> None:
    networks = []
    for _ in range(20):
        engine = ProductionEngine(made_up(12, seed=1))
        engine.fires({})
        networks.append(weakref.ref(engine._network))
    del engine
    gc.collect()
    assert len(networks) == 20
    assert [network for network in networks if network() is not None] == []


def test_after_a_step_only_what_it_reached_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[object] = []
    look = experta_matcher._ConflictSet.get_activations

    def counted(node: Any) -> Any:
        looks.append(node)
        return look(node)

    monkeypatch.setattr(experta_matcher._ConflictSet, "get_activations", counted)
    length = 60
    chain = [rule("rule 0", "find f0")]
    chain += [rule(f"rule {n}", f"find f{n}", when={f"f{n - 1}": "true"}) for n in range(1, length)]
    assert len(fires(rulebook(*chain))) == length
    # Each production is reached once; looking again at all that were reached before would take some 1,800 looks.
    assert length <= len(looks) <= 3 * length
