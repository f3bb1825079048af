"""What an expression of PromQL names: enough of the language for those of deploy/; promtool reads all of it."""

import re
from dataclasses import dataclass

_GROUPS = re.compile(r"\b(?:by|without|on|ignoring)\s*\(([^)]*)\)")
_RANGE = re.compile(r"\[[^]]*\]")
_SELECTOR = re.compile(r"([a-zA-Z_:][\w:]*)\s*(\(|\{([^}]*)\})?")
_MATCHER = re.compile(r'([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*"([^"]*)"')
_WORDS = {"or", "and", "unless", "bool", "offset"}


@dataclass(frozen=True)
class Named:
    """Metrics with their matchers (label, operator, value), and the labels that results are grouped by."""

    metrics: list[tuple[str, list[tuple[str, str, str]]]]
    groups: set[str]


def named(expression: str) -> Named:
    groups = {label.strip() for found in _GROUPS.findall(expression) for label in found.split(",") if label.strip()}
    rest = _RANGE.sub(" ", _GROUPS.sub(" ", expression))
    metrics = []
    for found in _SELECTOR.finditer(rest):
        name, after, matchers = found.groups()
        if after != "(" and name not in _WORDS:
            metrics.append((name, _MATCHER.findall(matchers or "")))
    return Named(metrics, groups)
