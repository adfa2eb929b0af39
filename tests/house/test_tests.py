"""A test that can hold without having looked at anything is no test: loops over what may be empty are found here."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Set

from tests.generated import ROOT
from tests.house.test_house import trees

TESTS = sorted((ROOT / "tests").rglob("*.py"))
#: Calls that give nothing only when they are given nothing.
THROUGH = {"enumerate", "list", "permutations", "product", "reversed", "set", "sorted", "tuple", "zip"}
#: Methods that give all that a mapping has.
WHOLE = {"items", "keys", "values"}

Values = Mapping[str, ast.expr]


def assigned(body: list[ast.stmt]) -> dict[str, ast.expr]:
    """Return the values of the names that some statements assign, and as `name()` what their functions end with."""
    found: dict[str, ast.expr] = {}
    for node in body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found[name] = value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found[name] = value
            case ast.FunctionDef(name=name, body=[*_, ast.Return(value=ast.expr() as value)]):
                found[f"{name}()"] = value
    return found


def imported(tree: ast.Module, modules: Mapping[str, Values]) -> dict[str, ast.expr]:
    """Return the constants that a module of the tests takes from others of them."""
    return {
        alias.asname or alias.name: values[alias.name]
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for values in [modules.get(node.module or "", {})]
        for alias in node.names
        if alias.name in values
    }


def never_empty(node: ast.expr, values: Values) -> bool:
    """Return whether a look at the code is enough to see that a loop over this runs."""
    match node:
        case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
            return any(not isinstance(each, ast.Starred) or never_empty(each.value, values) for each in elements)
        case ast.Dict(keys=elements) | ast.Call(func=ast.Name(id="range"), args=elements):
            return bool(elements)
        case ast.Call(func=ast.Name(id=name), args=[*given, ast.Constant()] | given) if name in THROUGH:
            return bool(given) and all(never_empty(each, values) for each in given)
    behind = stands_for(node, values)
    return behind is not None and never_empty(behind, values)


def stands_for(node: ast.expr, values: Values) -> ast.expr | None:
    """Return what a loop over a name, a call or a method's result comes to, where a look at the code shows it."""
    match node:
        case ast.Name(id=name) if name.istitle():  # an enumeration, whose members are its elements
            return ast.Tuple(elts=[node])
        case ast.Name(id=name):  # where it is no constant, perhaps a fixture's
            return values.get(name) or values.get(f"{name}()")
        case ast.Call(func=ast.Name(id=name)):
            return values.get(f"{name}()")
        case ast.Call(func=ast.Attribute(value=owner, attr=name)) if name in WHOLE:
            return owner
    return None


def checks(body: list[ast.stmt], values: Values, *, sure: bool = True) -> Iterator[bool]:
    """Yield for each check in a test whether it is sure to be made: whether no loop around it may be empty."""
    for node in body:
        inside = sure
        if isinstance(node, ast.Assert) or (isinstance(node, ast.With) and "raises" in ast.unparse(node.items[0])):
            yield sure
        if isinstance(node, ast.For):
            inside = sure and never_empty(node.iter, values)
        for name in ("body", "orelse", "finalbody"):
            yield from checks(getattr(node, name, []), values, sure=inside)


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """Return the functions of a module."""
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def seen_to(tree: ast.Module) -> set[str]:
    """Return the fixtures that themselves check that there is something to look at, or that something was."""
    return {
        node.name
        for node in functions(tree)
        if any("fixture" in ast.unparse(each) for each in node.decorator_list)
        if any(isinstance(each, ast.Assert) for each in node.body)
    }


def idle(tree: ast.Module, values: Values, fixtures: Set[str] = frozenset()) -> Iterator[str]:
    """Yield the tests of a module all of whose checks are in loops that may be empty."""
    for node in functions(tree):
        made = list(checks(node.body, {**values, **assigned(node.body)}))
        given = {argument.arg for argument in node.args.args}
        if node.name.startswith("test_") and made and not any(made) and not given & (fixtures | seen_to(tree)):
            yield node.name


def test_a_test_that_loops_sees_to_it_that_the_loop_runs() -> None:
    parsed = dict(trees(TESTS))
    modules = {name.removesuffix(".py").replace("/", "."): assigned(tree.body) for name, tree in parsed.items()}
    shared = seen_to(parsed["tests/conftest.py"])
    found = [
        f"{path}: {name}"
        for path, tree in parsed.items()
        for name in idle(tree, {**imported(tree, modules), **assigned(tree.body)}, shared)
    ]
    assert found == [], "assert before the loop that there is something to look at"


def test_an_idle_test_is_found() -> None:
    tests = """
FEW = ("a", "b")
def test_idle():
    for each in found():
        assert each
def test_idle_within():
    for each in FEW:
        for other in found(each):
            assert other
def test_of_a_list():
    for each in FEW:
        assert each
def test_of_what_is_there():
    things = found()
    assert things
    for each in things:
        assert each
def test_of_what_is_held(held):
    for each in found():
        held.append(each)
        assert each
@pytest.fixture
def held():
    seen = []
    yield seen
    assert seen
"""
    tree = ast.parse(tests)
    assert list(idle(tree, assigned(tree.body))) == ["test_idle", "test_idle_within"]
