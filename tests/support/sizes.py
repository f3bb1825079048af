"""How long files and functions may be, in Python and in our scripts, and how many methods a class may have. No
exceptions but what is generated."""

import ast
from pathlib import Path

from tests.support import scripts
from tests.support.source import functions, named, ours, parsed, tracked

LONGEST_FILE = 300
GENERATED = "\nWritten by run.py docs "  # in the first lines of files that no hand writes
LONGEST_FUNCTION = 40
MOST_METHODS = 15
_SCRIPTS = ("static/sw.js", "static/js/*.js", "clients/javascript/src/*.js", "tests/support/*.mjs")


def long_files() -> dict[str, int]:
    """Lines of the files that are too long."""
    files = [path for path in tracked("*.py") if GENERATED not in path.read_text()[:200]]
    found = {named(path): _lines(path) for path in [*files, *tracked(*_SCRIPTS)]}
    return {name: lines for name, lines in found.items() if lines > LONGEST_FILE}


def long_functions() -> dict[str, int]:
    """Lines of the functions that are too long."""
    found = {
        f"{named(path)}:{name}": (node.end_lineno or 0) - node.lineno + 1
        for path in tracked("*.py")
        for name, node in functions(parsed(path))
        if not _is_table(node)
    }
    found |= {
        f"{named(path)}:{one.name}": one.lines
        for path in tracked(*_SCRIPTS)
        for one in scripts.functions(path.read_text())
        if one.lines > LONGEST_FUNCTION  # arrows share a name
    }
    return {name: lines for name, lines in found.items() if lines > LONGEST_FUNCTION}


def large_classes() -> dict[str, int]:
    """Public methods, with properties, of the classes that have too many. A `Protocol` may describe a wide row."""
    found = {
        f"{named(path)}:{node.name}": _public(node)
        for path in ours()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef) and "Protocol" not in [ast.unparse(base) for base in node.bases]
    }
    return {name: count for name, count in found.items() if count > MOST_METHODS}


def _public(node: ast.ClassDef) -> int:
    methods = (one.name for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
    return len([name for name in methods if not name.startswith("_")])


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def _is_table(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Rows and nothing else: `operations` of a slice gives its endpoints."""
    return node.name == "operations" and isinstance(node.body[-1], ast.Return)
