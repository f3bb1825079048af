"""How many public modules, classes, functions and methods say what they are.

Not counted: what is generated, `operations` (rows), shapes of the wire (every field has a description), properties of a
`Protocol` that describes a row, and the names of tests, which speak for themselves.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.sizes import GENERATED
from tests.support.source import named, parsed, tracked

_Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def missing() -> tuple[int, list[str]]:
    """How many there are, and which of them have no docstring."""
    count, bare = 0, []
    for path in tracked("*.py"):
        if GENERATED in path.read_text()[:200]:
            continue
        for name, node in _public(path):
            count += 1
            if not ast.get_docstring(node):
                bare.append(f"{named(path)}:{name}")
    return count, bare


def _public(path: Path) -> Iterator[tuple[str, _Documented]]:
    tree = parsed(path)
    if path.name != "__init__.py":
        yield "module", tree
    is_test = path.name.startswith("test_") or path.name == "conftest.py"
    if not (is_test and "tests" in path.parts):
        yield from _inside(tree.body, "", row=False)


def _inside(body: list[ast.stmt], prefix: str, *, row: bool) -> Iterator[tuple[str, _Documented]]:
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            if not _is_shape(node):
                yield f"{prefix}{node.name}", node
            is_protocol = any("Protocol" in ast.unparse(base) for base in node.bases)
            yield from _inside(node.body, f"{prefix}{node.name}.", row=is_protocol)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            decorators = [ast.unparse(one) for one in node.decorator_list]
            is_field = (row and "property" in decorators) or any(one.endswith(".setter") for one in decorators)
            if node.name != "operations" and "overload" not in decorators and not is_field:
                yield f"{prefix}{node.name}", node


def _is_shape(node: ast.ClassDef) -> bool:
    return any(isinstance(one, ast.Call) and ast.unparse(one.func) == "Field" for one in ast.walk(node))
