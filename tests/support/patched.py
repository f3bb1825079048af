"""What tests replace by name, `setattr(module, "name", …)`: a type checker does not see it, so a rename would be met by
one test alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.source import OURS, ROOT, named, parsed, tracked


def missing() -> list[str]:
    """Names in modules and classes of ours that tests replace and that are not there."""
    return sorted(one for path in tracked("tests/*.py", "benchmarks/*.py") for one in _missing(path))


def _missing(path: Path) -> Iterator[str]:
    text = path.read_text()
    if "setattr(" not in text:
        return
    imported = dict(_imported(parsed(path)))
    for node in ast.walk(parsed(path)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setattr"):
            continue
        match node.args:
            case [place, ast.Constant(value=str(name)), *_]:
                at = ast.unparse(place).split(".")
                if (
                    at[0] in imported
                    and (found := _names((*imported[at[0]], *at[1:]))) is not None
                    and name not in found
                ):
                    yield f"{named(path)}:{node.lineno}: {ast.unparse(place)}.{name}"


def _imported(tree: ast.Module) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Local name → where it comes from, for what is ours."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in OURS:
            for one in node.names:
                yield one.asname or one.name, (*node.module.split("."), one.name)


def _names(place: tuple[str, ...]) -> set[str] | None:
    """What a module or a class (module, then class) defines; None for anything else, as values and inherited names."""
    for length in (len(place), len(place) - 1):
        file = ROOT.joinpath(*place[:length]).with_suffix(".py")
        if not file.exists():
            continue
        body: list[ast.stmt] = parsed(file).body
        for name in place[length:]:
            inner = [one for one in body if isinstance(one, ast.ClassDef) and one.name == name and not one.bases]
            if not inner:
                return None
            body = inner[0].body
        return set(_defined(body))
    return None


def _defined(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        for one in (
            ast.walk(node) if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) else ()
        ):
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
                yield one.id
            elif isinstance(one, ast.alias):
                yield (one.asname or one.name).split(".")[0]
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
