"""Functions of JavaScript files, found by their brackets: enough for how our own scripts are written."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
      | (?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
      | (?P<word>[\w$\#]+)
      | (?P<mark>=>|.)""",
    re.VERBOSE | re.DOTALL,
)
_TEMPLATE = re.compile(r"(?:\\.|\$(?!\{)|[^\\`$])*(`|\$\{)", re.DOTALL)  # up to its end, or to a value in it
_PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/\w*")
_VALUE_BEFORE = re.compile(r"[\w$\"'`)\]}]")  # a slash behind it divides
_OPERATORS = {"return", "typeof", "case", "in", "of", "await", "yield"}
_STATEMENTS = {"if", "for", "while", "switch", "catch", "with", "await"}  # `for await (…)`


class Token(NamedTuple):
    text: str
    line: int


class Function(NamedTuple):
    name: str
    lines: int


def tokens(script: str) -> list[Token]:
    """Words and marks without comments. A text is its quotes, a template its quotes and the values in it."""
    found: list[Token] = []
    open_braces: list[bool] = []  # whether each is that of a value in a template
    at = 0
    while at < len(script):
        line = script.count("\n", 0, at) + 1
        token = _TOKEN.match(script, at)
        assert token is not None
        text, end = token.group(), token.end()
        if text == "/" and _begins_pattern(found):
            pattern = _PATTERN.match(script, at)
            text, end = "''", pattern.end() if pattern else end
        if text == "{":
            open_braces.append(False)
        if text == "`" or (text == "}" and open_braces and open_braces.pop()):
            rest = _TEMPLATE.match(script, end)
            assert rest is not None, f"a template has no end: line {line}"
            end = rest.end()
            if rest.group(1) == "${":
                open_braces.append(True)
            text = "`"
        if token.lastgroup != "space":
            found.append(Token("''" if token.lastgroup == "text" else text, line))
        at = end
    return found


def functions(script: str) -> Iterator[Function]:
    """Every function with a body in braces, and how many lines it has from its name, or its arrow, on."""
    found = tokens(script)
    opened: list[int] = []
    parameters: dict[int, int] = {}  # where brackets begin, by where they end
    begun: dict[int, tuple[str, int]] = {}
    for at, (text, line) in enumerate(found):
        if text in "([{" and text:
            opened.append(at)
            if text == "{" and (head := _head(found, at, parameters)) is not None:
                begun[at] = head
        elif text in ")]}":
            start = opened.pop()
            parameters[at] = start
            if start in begun:
                name, first = begun[start]
                yield Function(name, line - first + 1)


def _head(found: list[Token], brace: int, parameters: dict[int, int]) -> tuple[str, int] | None:
    """Name and first line of the function whose body opens here; None when it is an object or another block."""
    before = found[brace - 1] if brace else Token("", 0)
    if before.text == "=>":
        return "=>", before.line
    if before.text != ")":
        return None
    name = found[parameters[brace - 1] - 1]
    return None if name.text in _STATEMENTS else (name.text, name.line)


def _begins_pattern(found: list[Token]) -> bool:
    last = found[-1].text if found else ""
    return last in _OPERATORS or not _VALUE_BEFORE.match(last[-1:])
