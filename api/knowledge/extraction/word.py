"""Word documents (docx), as Word shows them."""

import email
import email.policy
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element

from api.knowledge.extraction import markup, plain
from api.knowledge.extraction.blocks import Block, Outline, Unreadable
from api.knowledge.extraction.word_package import Package, child, children
from api.knowledge.extraction.word_styles import Styles, is_on, value
from api.knowledge.extraction.word_text import Line, Writer, chosen, mark_is_gone

_NOTES = {
    "w:footnoteReference": ("footnotes", "w:footnote"),
    "w:endnoteReference": ("endnotes", "w:endnote"),
    "w:commentReference": ("comments", "w:comment"),
}
_PASSED = {"w:del", "w:moveFrom", "w:sectPr", "w:sdtPr", "w:sdtEndPr", "w:tblPr", "w:tblGrid", "w:background", "w:pPr"}
_DEEPEST = 2  # documents within documents


def read_docx(path: Path) -> Iterator[Block]:
    """Paragraphs and table rows under their headings, each with the notes, comments and text boxes that hang on it;
    headers and footers at the end. Unreadable for bombs, macros, other zips and broken files."""
    try:
        yield from _Document(path).blocks()
    except MemoryError:
        raise Unreadable("too_much_memory") from None
    except Unreadable:
        raise
    except Exception as error:  # a parser of hostile files fails in many ways; all mean the same
        raise Unreadable("broken") from error


class _Document:
    def __init__(self, file: Path | BinaryIO, depth: int = 1) -> None:
        self._package = Package(file)
        self._depth = depth
        self._root = self._package.xml(self._package.main)
        self._relations = self._package.relations(self._package.main)
        self._styles = Styles(self._part("styles"))
        self._notes: dict[str, dict[str, Element]] = {}
        self._outline = Outline()

    def blocks(self) -> Iterator[Block]:
        if self._root is None:
            raise Unreadable("unsupported")
        yield from self._story(self._root)
        yield from self._outline.end()
        yield from self._margins(self._root)

    # ---- stories: the body, and the insides of text boxes

    def _story(self, story: Element, *, box: bool = False) -> Iterator[Block]:
        """Headings in a text box are text: they head nothing outside."""
        writer = Writer(self._styles, story)
        running = Line()  # what runs on into the next paragraph
        for item in _items(story):
            if item.tag == "w:tbl":
                yield from self._told(running)
                running = Line()
                yield from self._rows(item, writer)
            elif item.tag == "w:altChunk":
                yield from self._chunk(item)
            else:
                line = writer.line(item)
                running = Line([*running.parts, *line.parts], [*running.aside, *line.aside])
                if not mark_is_gone(item):
                    yield from self._told(running, None if box else self._styles.level(item))
                    running = Line()
        yield from self._told(running)

    def _told(self, line: Line, level: int | None = None) -> Iterator[Block]:
        if level is None:
            yield from self._outline.block(line.text)
        elif line.text.strip():
            yield from self._outline.under(line.text.strip(), level)
        for one in line.aside:
            yield from self._aside(one)

    def _aside(self, one: Element) -> Iterator[Block]:
        if one.tag in _NOTES:
            note = self._note(one)
            if note is not None:
                yield from self._outline.block(self._flat(note))
        elif one.tag == "w:altChunk":
            yield from self._chunk(one)
        elif one.tag in ("dgm:relIds", "c:chart"):
            yield from self._drawn(one)
        else:
            yield from self._story(one if one.tag == "w:txbxContent" else _wrapped(one), box=True)

    def _rows(self, table: Element, writer: Writer) -> Iterator[Block]:
        for text, aside in self._table(table, writer):
            yield from self._outline.block(text)
            for one in aside:
                yield from self._aside(one)

    def _table(self, table: Element, writer: Writer) -> Iterator[tuple[str, list[Element]]]:
        """Row by row, with what hangs on it. A cell that goes over several rows stands in each."""
        above: dict[int, str] = {}
        for row in _within(table, "w:tr"):
            properties = child(row, "w:trPr")
            if child(properties, "w:del") is not None or is_on(properties, "w:hidden"):
                continue
            column, cells, aside = _number(value(properties, "w:gridBefore")), [], []
            for cell in _within(row, "w:tc"):
                about = child(cell, "w:tcPr")
                if child(about, "w:cellDel") is not None:
                    continue
                line = self._cell(cell, writer)
                merged = child(about, "w:vMerge")
                if merged is not None and merged.get("w:val") != "restart":
                    line.parts = line.parts if line.text.strip() else [above.get(column, "")]
                above[column] = line.text
                cells.append(" ".join(line.text.split()))
                aside += line.aside
                column += max(1, _number(value(about, "w:gridSpan")))
            yield " | ".join(cell for cell in cells if cell), aside

    def _cell(self, cell: Element, writer: Writer) -> Line:
        whole = Line()
        for item in _items(cell):
            if item.tag == "w:tbl":
                for text, aside in self._table(item, writer):
                    whole.parts += [text, "\n"]
                    whole.aside += aside
            elif item.tag == "w:altChunk":
                whole.aside.append(item)
            else:
                line = writer.line(item)
                whole.parts += [*line.parts, "" if mark_is_gone(item) else "\n"]
                whole.aside += line.aside
        return whole

    def _flat(self, story: Element) -> str:
        """A note, a header: short enough to be one block, with its boxes and tables in it."""
        line = self._cell(story, Writer(self._styles, story))
        boxes = [self._flat(one) for one in line.aside if one.tag == "w:txbxContent"]
        return " ".join([line.text, *boxes])

    # ---- other parts

    def _part(self, kind: str) -> Element | None:
        name = next((one.target for one in self._relations.values() if one.kind == kind), None)
        return None if name is None else self._package.xml(name)

    def _note(self, reference: Element) -> Element | None:
        kind, tag = _NOTES[reference.tag]
        if kind not in self._notes:
            root = self._part(kind)
            self._notes[kind] = {one.get("w:id") or "": one for one in root.iter(tag)} if root is not None else {}
        return self._notes[kind].pop(reference.get("w:id") or "", None)  # read once, never from within itself

    def _margins(self, root: Element) -> Iterator[Block]:
        """Headers and footers that are on some page, each text once."""
        even = is_on(self._part("settings"), "w:evenAndOddHeaders")
        told: set[str] = set()
        for section in root.iter("w:sectPr"):
            first = is_on(section, "w:titlePg")
            for one in (*children(section, "w:headerReference"), *children(section, "w:footerReference")):
                kind = one.get("w:type") or "default"
                relation = self._relations.get(one.get("r:id") or "")
                if relation is None or (kind == "first" and not first) or (kind == "even" and not even):
                    continue
                part = self._package.xml(relation.target)
                text = "" if part is None else self._flat(part)
                if text not in told and any(letter.isalpha() for letter in text):  # a page number alone says nothing
                    told.add(text)
                    yield Block(text)

    def _drawn(self, one: Element) -> Iterator[Block]:
        """The words of a diagram or chart, which has a part of its own."""
        relation = self._relations.get(one.get("r:dm") or one.get("r:id") or "")
        part = None if relation is None else self._package.xml(relation.target)
        if part is None:
            return
        texts = ["".join(run.text or "" for run in paragraph.iter("a:t")) for paragraph in part.iter("a:p")]
        texts += [point.text or "" for cache in part.iter("c:strCache") for point in cache.iter("c:v")]
        yield from self._outline.block("\n".join(dict.fromkeys(text for text in texts if text.strip())))

    def _chunk(self, one: Element) -> Iterator[Block]:
        """A file within the document, which Word takes in when it opens it; some programs write nothing else."""
        relation = self._relations.get(one.get("r:id") or "")
        content = None if relation is None else self._package.content(relation.target)
        if relation is None or content is None or self._depth > _DEEPEST:
            return
        media_type = self._package.type_of(relation.target)
        if content.startswith(b"PK\x03\x04"):
            found = _Document(io.BytesIO(content), self._depth + 1).blocks()
        elif "message/rfc822" in media_type or relation.target.lower().endswith((".mht", ".mhtml")):
            found = _web_archive(content)
        elif "html" in media_type or relation.target.lower().endswith((".htm", ".html", ".xhtml")):
            found = markup.read_html(content)
        elif media_type.startswith("text/plain") or relation.target.lower().endswith(".txt"):
            found = plain.read_plain(content)
        else:
            return
        for block in found:
            yield Block(block.text, (*self._outline.headings, *block.headings))


def _items(parent: Element) -> Iterator[Element]:
    """Paragraphs, tables and files, out of whatever is wrapped around them: content controls, revisions, custom XML."""
    for node in parent:
        if node.tag in ("w:p", "w:tbl", "w:altChunk"):
            yield node
        elif node.tag == "mc:AlternateContent":
            yield from _items(_wrapped(*chosen(node)))
        elif node.tag not in _PASSED:
            yield from _items(node)


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, out of whatever is wrapped around them."""
    for node in parent:
        if node.tag == tag:
            yield node
        elif node.tag not in ("w:tbl", "w:p", *_PASSED):
            yield from _within(node, tag)


def _wrapped(*nodes: Element) -> Element:
    holder = Element("holder")
    holder.extend(nodes)
    return holder


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 6 else 0


def _web_archive(content: bytes) -> Iterator[Block]:
    """The page in an MHTML file."""
    for part in email.message_from_bytes(content, policy=email.policy.default).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            yield from markup.read_html(body if isinstance(body, bytes) else b"", part.get_content_charset())
            return
