"""A session's runner is no bag: few public methods, no attribute to write into, and nobody else writes there."""

import ast
import inspect
from pathlib import Path

from realtime.node.runner import SessionRunner
from tests.support.source import ours

_MOST_PUBLIC = 15
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _runner() -> ast.ClassDef:
    tree = ast.parse(Path(inspect.getfile(SessionRunner)).read_text())
    (found,) = (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "SessionRunner")
    return found


def _targets(tree: ast.AST) -> list[ast.Attribute]:
    """Attributes that are assigned or deleted anywhere below."""
    return [n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store | ast.Del)]


def _path(node: ast.expr) -> list[str]:
    """`a.b.c` as its names."""
    match node:
        case ast.Name(name):
            return [name]
        case ast.Attribute(inner, name):
            return [*_path(inner), name]
    return []


def _written_from_outside(source: str) -> list[str]:
    """Lines that write into a runner, or into something that hangs on one."""
    tree = ast.parse(source)
    called = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg) and _names_the_runner(node.annotation)}

    def is_runner(name: str) -> bool:
        return name in called or name.strip("_").endswith("runner")

    written = [".".join(path) for target in _targets(tree) if any(map(is_runner, (path := _path(target))[:-1]))]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _path(node.func)[-1:] in (["setattr"], ["__setattr__"], ["delattr"]):
            written += [".".join(_path(one)) for one in node.args[:1] if any(map(is_runner, _path(one)))]
    return written


def _names_the_runner(annotation: ast.expr | None) -> bool:
    return annotation is not None and "SessionRunner" in ast.unparse(annotation)


def test_a_runner_is_told_by_few_methods() -> None:
    methods = [node for node in _runner().body if isinstance(node, Function) and not node.name.startswith("_")]
    assert 0 < len(methods) <= _MOST_PUBLIC, sorted(method.name for method in methods)
    decorators = {ast.unparse(one) for method in methods for one in method.decorator_list}
    assert decorators == {"property"}, "nothing can be set"


def test_a_runner_has_no_attribute_in_public() -> None:
    runner = _runner()
    fields = [node for node in runner.body if not isinstance(node, Function | ast.Expr)]
    assert fields == []
    assert [target.attr for target in _targets(runner) if not target.attr.startswith("_")] == []


def test_a_runner_is_complete_when_it_is_made() -> None:
    (made,) = (node for node in _runner().body if isinstance(node, Function) and node.name == "__init__")
    later = {target.attr for target in _targets(_runner())} - {target.attr for target in _targets(made)}
    assert later == set()
    values = [node.value for node in ast.walk(made) if isinstance(node, ast.Assign | ast.AnnAssign)]
    assert not [value for value in values if isinstance(value, ast.Constant)], "something is filled in later"


def test_nobody_writes_into_a_runner() -> None:
    written = {path.name: found for path in ours() if (found := _written_from_outside(path.read_text()))}
    assert written == {}


def test_the_guard_sees_who_does() -> None:
    for source, name in (
        ("def f(runner):\n    runner.tutor = None", "runner.tutor"),
        ("self._runner.view.status += 1", "self._runner.view.status"),
        ("def f(one: SessionRunner | None):\n    one.x: int = 3", "one.x"),
        ("del registry.runner.x", "registry.runner.x"),
        ("for runner.a in b: pass", "runner.a"),
        ("setattr(runner, 'listener', 1)", "runner"),
    ):
        assert _written_from_outside(source) == [name]
    assert _written_from_outside("self._runner = offer.runner\nrunner = x.runner") == []
