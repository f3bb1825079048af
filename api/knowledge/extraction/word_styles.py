"""What the styles of a Word document say that matters here: which paragraphs are headings, and what is hidden."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from api.knowledge.extraction.word_package import child

_NAMED = re.compile(r"heading ?([1-9])", re.IGNORECASE)
_BODY = 9  # the outline level of what is no heading
_OFF = {"0", "false", "off"}


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str | None
    outline: int | None
    hidden: bool | None


class Styles:
    """Styles of a document: which are headings, which are hidden."""

    def __init__(self, root: Element | None) -> None:
        self._known: dict[str, _Style] = {}
        self._default: str | None = None
        for one in root.iter("w:style") if root is not None else ():
            key = one.get("w:styleId") or ""
            self._known[key] = _Style(
                value(one, "w:name") or "",
                value(one, "w:basedOn"),
                _outline(child(one, "w:pPr")),
                _hidden(child(one, "w:rPr")),
            )
            if one.get("w:type") == "paragraph" and one.get("w:default") not in (None, *_OFF):
                self._default = key

    def level(self, paragraph: Element) -> int | None:
        """0 for the title, 1 to 9 for headings, None for text."""
        properties = child(paragraph, "w:pPr")
        own = _outline(properties)
        if own is not None:
            return None if own == _BODY else own + 1
        key = value(properties, "w:pStyle") or self._default or ""
        for style in self._chain(key):
            if style.name.lower() == "title":
                return 0
            if named := _NAMED.fullmatch(style.name):
                return int(named[1])
            if style.outline is not None:
                return None if style.outline == _BODY else style.outline + 1
        if key not in self._known and (named := _NAMED.fullmatch(key)):
            return int(named[1])
        return None

    def hidden(self, properties: Element | None, paragraph: Element | None) -> bool:
        """Whether Word leaves out a run (or a paragraph's mark) with these properties: by itself, its style, or the
        style of its paragraph."""
        own = _hidden(properties)
        if own is not None:
            return own
        keys = (value(properties, "w:rStyle"), value(paragraph, "w:pStyle") or self._default)
        for key in keys:
            said = next((style.hidden for style in self._chain(key) if style.hidden is not None), None) if key else None
            if said is not None:
                return said
        return False

    def _chain(self, key: str) -> list[_Style]:
        """A style and those that it is based on; a circle ends where it closes."""
        chain: list[_Style] = []
        seen: set[str] = set()
        at: str | None = key
        while at is not None and at in self._known and at not in seen:
            seen.add(at)
            chain.append(self._known[at])
            at = self._known[at].based_on
        return chain


def is_on(parent: Element | None, name: str) -> bool:
    """Of a property that is on when it stands there without a value."""
    return bool(_switch(parent, name))


def value(parent: Element | None, name: str) -> str | None:
    """The value of a property."""
    found = child(parent, name)
    return None if found is None else found.get("w:val")


def _switch(parent: Element | None, name: str) -> bool | None:
    found = child(parent, name)
    return None if found is None else (found.get("w:val") or "true").lower() not in _OFF


def _hidden(properties: Element | None) -> bool | None:
    return _switch(properties, "w:vanish")


def _outline(properties: Element | None) -> int | None:
    said = value(properties, "w:outlineLvl")
    return int(said) if said is not None and said.isascii() and said.isdigit() and int(said) <= _BODY else None
