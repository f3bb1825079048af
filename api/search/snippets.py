"""A piece of a text around what was found: `<mark>` around the words, everything else escaped. Pure."""

import html

from api.search.models import Query
from language import terms as words

_WIDTH = 180


def snippet(text: str, query: Query, meant: frozenset[str] = frozenset(), width: int = _WIDTH) -> str:
    """About `width` characters of `text` where most of the query's words stand close together.

    Safe to put into a page: the only markup is `<mark>`.
    """
    spans = _spans(text, query, meant)
    start, end = _window(text, [span[:2] for span in spans], width)
    parts = ["…"] if start > 0 else []
    at = start
    for first, last, _ in spans:
        if start <= first and last <= end:
            parts += [html.escape(text[at:first]), "<mark>", html.escape(text[first:last]), "</mark>"]
            at = last
    parts.append(html.escape(text[at:end]))
    if end < len(text):
        parts.append("…")
    return "".join(parts).replace("\n", " ").strip()


def _spans(text: str, query: Query, meant: frozenset[str]) -> list[tuple[int, int, str]]:
    wanted = {words.stem(word) for word in (*query.words, *meant)}
    last = query.words[-1] if query.words else ""
    return [
        (start, end, word)
        for word, start, end in words.split(text)
        if words.stem(word) in wanted or (len(last) > 1 and word.startswith(last))
    ]


def _window(text: str, spans: list[tuple[int, int]], width: int) -> tuple[int, int]:
    if len(text) <= width:
        return 0, len(text)
    if not spans:
        return 0, _before_space(text, width)
    best, most = spans[0][0], 0
    for index, (first, _) in enumerate(spans):
        inside = sum(1 for _, last in spans[index : index + 30] if last <= first + width)
        if inside > most:
            best, most = first, inside
    start = max(0, best - width // 5)
    if start > 0:
        gap = text.find(" ", start, best)
        start = gap + 1 if gap >= 0 else start
    return start, _before_space(text, min(len(text), start + width))


def _before_space(text: str, end: int) -> int:
    """The end of the last whole word before `end`; `end` itself when a word is very long."""
    if end >= len(text):
        return len(text)
    gap = text.rfind(" ", max(0, end - 40), end)
    return gap if gap > 0 else end
