"""The text of a paragraph as Word shows it, and what hangs on it: text boxes, notes, diagrams.

Shown are insertions, results of fields, content controls, smart tags, links and formulas. Not shown are deletions, the
instructions of fields, hidden runs, and the second version of what is written twice for older programs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from api.knowledge.extraction.word_package import child, children
from api.knowledge.extraction.word_styles import Styles, is_on, value

# Properties, and what was deleted or moved away.
_PASSED = {
    "w:del",
    "w:moveFrom",
    "w:rPr",
    "w:pPr",
    "w:sdtPr",
    "w:sdtEndPr",
    "w:instrText",
    "w:delText",
    "w:fldData",
    "w:delInstrText",
    "w:sectPr",
    "w:smartTagPr",
    "w:customXmlPr",
}
_SPELLED = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "-",
    "m:den": "/",
    "m:sup": "^",
}
_ASIDE = {
    "w:txbxContent",
    "w:footnoteReference",
    "w:endnoteReference",
    "w:commentReference",
    "w:altChunk",
    "w:p",
    "w:tbl",
    "dgm:relIds",
    "c:chart",
}
_TEXTS = {"w:t", "m:t", "a:t"}
_MARKS = _TEXTS | {"dgm:relIds", "c:chart", "w:sym", "v:textpath"}
_LATIN, _OF_SYMBOL = "abcdefghiklmnopqrstuwxyz", "αβχδεφγηικλμνοπθρστυωξψζ"  # the font Symbol
_GREEK = dict(zip(_LATIN + _LATIN.upper(), _OF_SYMBOL + _OF_SYMBOL.upper(), strict=True))


@dataclass(slots=True)
class Line:
    """A paragraph's text, and the elements that are shown beside it."""

    parts: list[str] = field(default_factory=list)
    aside: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the line."""
        return "".join(self.parts)


class Fields:
    """Where in a story (the body, a note, a text box) there are instructions of fields, which nobody sees.

    A field goes over runs and paragraphs, from `begin` by `separate` to `end`. One that has no end is no field.
    """

    def __init__(self, story: Element) -> None:
        self._open: list[bool] = []  # of each field: whether its result has begun
        self._whole: set[Element] = set()
        begun: list[Element] = []
        for one in story.iter("w:fldChar"):
            match one.get("w:fldCharType"):
                case "begin":
                    begun.append(one)
                case "end" if begun:
                    self._whole |= {begun.pop(), one}

    @property
    def shown(self) -> bool:
        """Whether text at this place is a field's result, not its instruction."""
        return all(self._open)

    def meet(self, char: Element) -> str:
        """The text of a field that has it in its properties: a drop-down list of a form."""
        match char.get("w:fldCharType"):
            case "begin" if char in self._whole:
                chosen = _chosen(char) if self.shown else ""
                self._open.append(False)
                return chosen
            case "separate" if self._open:
                self._open[-1] = True
            case "end" if char in self._whole and self._open:
                self._open.pop()
        return ""


class Writer:
    """Reads the paragraphs of one story."""

    def __init__(self, styles: Styles, story: Element) -> None:
        self._styles = styles
        self._fields = Fields(story)

    def line(self, paragraph: Element) -> Line:
        """The text of a paragraph as Word shows it."""
        line = Line()
        self._write(paragraph, line, child(paragraph, "w:pPr"))
        return line

    def _write(self, parent: Iterable[Element], line: Line, paragraph: Element | None) -> None:
        for node in parent:
            tag = node.tag
            if tag in _PASSED:
                continue
            if tag == "w:r" and self._styles.hidden(child(node, "w:rPr"), paragraph):
                for char in node.iter("w:fldChar"):  # fields begin and end in hidden runs, too
                    self._fields.meet(char)
            elif tag == "w:fldChar":
                line.parts.append(self._fields.meet(node))
            elif not self._fields.shown and tag != "w:r":
                self._write(node, line, paragraph)  # a field within the instructions of another one
            elif tag in _TEXTS:
                line.parts.append(node.text or "")
            elif tag in _ASIDE:
                line.aside.append(node)
            elif tag == "v:textpath":
                line.parts.append(node.get("string") or "")
            elif tag == "w:sym":
                line.parts.append(_symbol(node))
            elif tag == "w:ruby":
                self._write([*children(node, "w:rubyBase"), *children(node, "w:rt")], line, paragraph)
            else:
                line.parts.append(_SPELLED.get(tag, ""))
                self._write(chosen(node) if tag == "mc:AlternateContent" else node, line, paragraph)


def chosen(alternates: Element) -> Iterable[Element]:
    """The first of several versions that has something to read in it."""
    for version in alternates:
        if version.tag in ("mc:Choice", "mc:Fallback") and any(one.tag in _MARKS for one in version.iter()):
            return version
    return ()


def mark_is_gone(paragraph: Element) -> bool:
    """Whether the paragraph runs on into the next one: its end was deleted, or is hidden."""
    mark = child(child(paragraph, "w:pPr"), "w:rPr")
    moved = child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None
    return moved or is_on(mark, "w:specVanish") or is_on(mark, "w:vanish")


def _symbol(node: Element) -> str:
    code = node.get("w:char") or ""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:  # where fonts of pictures have theirs
        return _GREEK.get(chr(number - 0xF000), "") if (node.get("w:font") or "") == "Symbol" else ""
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else ""


def _chosen(char: Element) -> str:
    listed = child(child(char, "w:ffData"), "w:ddList")
    entries = [one.get("w:val") or "" for one in children(listed, "w:listEntry")]
    number = value(listed, "w:result") or value(listed, "w:default") or "0"
    return entries[int(number)] if number.isascii() and number.isdigit() and int(number) < len(entries) else ""
