"""How long files and functions may be, in Python and in our scripts, how many methods a class may have, and how many
parameters a function. No exceptions but what is generated, and the functions of `WIDE`."""

import ast
from pathlib import Path

from tests.support import scripts
from tests.support.source import functions, named, ours, parsed, tracked

LONGEST_FILE = 300
GENERATED = "\nWritten by run.py docs "  # in the first lines of files that no hand writes
LONGEST_FUNCTION = 40
MOST_METHODS = 15
_SCRIPTS = ("static/sw.js", "static/js/*.js", "clients/javascript/src/*.js", "tests/support/*.mjs")
MOST_PARAMETERS = 6
WIDE = {
    "api/integration/service.py:IntegrationTokens.__init__": "one port for each slice that it asks",
    "clients/python/parley_client/_http.py:Http.ask": "the parts of a request, each with a default",
    "language/grammar/rules/grammar.py:fix": "a correction as rules write it, hundreds of times",
    "realtime/node/dialogue.py:Dialogue.__init__": "the parts of a node that a session needs",
    "realtime/reply/answering.py:Answering.__init__": "the parts of a tutor's turn",
    "realtime/session/machine.py:Machine.__init__": "the state with which another node goes on",
}
"""The functions that may have more parameters, with the reason. The list only becomes shorter."""


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


def wide_functions() -> dict[str, int]:
    """Parameters of the functions that have too many: also those by keyword, but neither `self` nor `*` and `**`."""
    found = {
        f"{named(path)}:{name}": _parameters(node.args)
        for path in tracked("*.py")
        if GENERATED not in path.read_text()[:200]
        for name, node in functions(parsed(path))
    }
    return {name: count for name, count in found.items() if count > MOST_PARAMETERS}


def _parameters(given: ast.arguments) -> int:
    every = (*given.posonlyargs, *given.args, *given.kwonlyargs)
    return len([one for one in every if one.arg not in ("self", "cls")])


def _public(node: ast.ClassDef) -> int:
    methods = (one.name for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
    return len([name for name in methods if not name.startswith("_")])


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def _is_table(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Rows and nothing else: `operations` of a slice gives its endpoints."""
    return node.name == "operations" and isinstance(node.body[-1], ast.Return)
