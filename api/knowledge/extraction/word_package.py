"""The zip around a Word document: parts found by their relationships (ISO/IEC 29500-2), whatever they are called.

Both dialects, Transitional and Strict, come out under the same short names (`w:p`, `r:id`).
"""

import io
import posixpath
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote
from xml.parsers import expat

from api.knowledge.extraction.blocks import Unreadable

_MOST_ENTRIES = 5_000
_MOST_UNPACKED = 200 * 1024 * 1024
_MOST_RATIO = 200
_RATIO_COUNTS_FROM = 1024 * 1024
_END, _END_BYTES = b"PK\x05\x06", 22  # the record that ends a zip, without its comment
_SCHEMAS = r"http://(?:schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml)"
_SPACES = (
    (re.compile(_SCHEMAS + r"/wordprocessingml(?:/2006)?/main"), "w"),
    (re.compile(_SCHEMAS + r"/officeDocument(?:/2006)?/relationships"), "r"),
    (re.compile(_SCHEMAS + r"/officeDocument(?:/2006)?/math"), "m"),
    (re.compile(_SCHEMAS + r"/drawingml(?:/2006)?/main"), "a"),
    (re.compile(_SCHEMAS + r"/drawingml(?:/2006)?/chart"), "c"),
    (re.compile(_SCHEMAS + r"/drawingml(?:/2006)?/diagram"), "dgm"),
    (re.compile(_SCHEMAS + r"/markup-compatibility(?:/2006)?"), "mc"),
    (re.compile("urn:schemas-microsoft-com:vml"), "v"),
    (re.compile(_SCHEMAS + r"/package/2006/relationships"), "rel"),
    (re.compile(_SCHEMAS + r"/package/2006/content-types"), "ct"),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """`kind` is the last word of its type: `styles`, `footnotes`, `header` …"""

    kind: str
    target: str


class Package:
    """An opened docx. Unreadable for bombs, macros, encrypted and broken files, and for other zips."""

    def __init__(self, file: Path | BinaryIO) -> None:
        try:
            self._zip = _opened(file)
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise Unreadable("broken") from error
        _check(entries)
        self._names = {_plain(entry.filename): entry.filename for entry in entries}
        self.main = next((one.target for one in self.relations("").values() if one.kind == "officeDocument"), "")
        if "wordprocessingml" not in self.type_of(self.main) and self._root_of(self.main) != "w:document":
            raise Unreadable("unsupported")

    def content(self, name: str) -> bytes | None:
        """A part of the package; None if there is none."""
        stored = self._names.get(_plain(name))
        return None if stored is None else self._zip.read(stored)

    def xml(self, name: str) -> ElementTree.Element | None:
        """A part of the package, parsed."""
        content = self.content(name)
        return None if content is None else parse(content)

    def relations(self, part: str) -> dict[str, Relation]:
        """Of a part, by their ids; "" is the package itself. Those to places outside are left out."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for one in root if root is not None else ():
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(one.get("Target") or "")))
                found[one.get("Id") or ""] = Relation(posixpath.basename(one.get("Type") or ""), target.lstrip("/"))
        return found

    def type_of(self, name: str) -> str:
        """A part's media type, "" when it is not declared."""
        root = self.xml("[Content_Types].xml")
        suffix = posixpath.splitext(name)[1].lstrip(".").lower()
        by_suffix = ""
        for one in root if root is not None else ():
            if one.tag == "ct:Override" and _plain(one.get("PartName") or "") == _plain(name):
                return (one.get("ContentType") or "").lower()
            if one.tag == "ct:Default" and (one.get("Extension") or "").lower() == suffix:
                by_suffix = (one.get("ContentType") or "").lower()
        return by_suffix

    def _root_of(self, name: str) -> str | None:
        root = self.xml(name) if name else None
        return None if root is None else root.tag


def parse(content: bytes) -> ElementTree.Element:
    """XML with short names. Unreadable `broken` for one with a document type, where entities could be declared."""
    _forbid_document_type(content)
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise Unreadable("broken") from error
    known: dict[str, str] = {}
    for element in root.iter():
        element.tag = known.get(element.tag) or known.setdefault(element.tag, _short(element.tag))
        for name in [name for name in element.attrib if name[0] == "{"]:
            short = known.get(name) or known.setdefault(name, _short(name))
            element.attrib[short] = element.attrib.pop(name)
    return root


def children(parent: ElementTree.Element | None, tag: str) -> list[ElementTree.Element]:
    """The children with this tag."""
    return [] if parent is None else [one for one in parent if one.tag == tag]


def child(parent: ElementTree.Element | None, tag: str) -> ElementTree.Element | None:
    """The first of its kind. (ElementTree's own search would take the colon for a prefix to be looked up.)"""
    return next((one for one in parent if one.tag == tag), None) if parent is not None else None


def _short(name: str) -> str:
    space, closed, local = name[1:].rpartition("}")
    if not closed:
        return name
    prefix = next((short for pattern, short in _SPACES if pattern.fullmatch(space)), None)
    return name if prefix is None else f"{prefix}:{local}"


def _forbid_document_type(content: bytes) -> None:
    """It can only stand before the first element, so no more than that is looked at."""
    parser = expat.ParserCreate()

    def forbidden(*_: object) -> None:
        raise Unreadable("broken")

    begun: list[str] = []
    parser.StartDoctypeDeclHandler = forbidden
    parser.StartElementHandler = lambda name, _: begun.append(name)
    try:
        for at in range(0, len(content), 4096):
            parser.Parse(content[at : at + 4096], False)
            if begun:
                return
    except expat.ExpatError as error:
        raise Unreadable("broken") from error


def _opened(file: Path | BinaryIO) -> zipfile.ZipFile:
    """Python looks for the end of a zip in the last 64 KiB of a file, Word anywhere: some programs pad with zeros."""
    try:
        return zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        whole = file.read_bytes() if isinstance(file, Path) else _read(file)
        end = whole.rfind(_END)
        if end < 0:
            raise
        return zipfile.ZipFile(io.BytesIO(whole[: end + _END_BYTES]))


def _read(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()


def _plain(name: str) -> str:
    """Some programs write backslashes, and case does not count."""
    return name.replace("\\", "/").lstrip("/").lower()


def _check(entries: list[zipfile.ZipInfo]) -> None:
    """Look at the zip's directory before anything is unpacked."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    if len(entries) > _MOST_ENTRIES or unpacked > _MOST_UNPACKED:
        raise Unreadable("zip_bomb")
    if unpacked > _RATIO_COUNTS_FROM and unpacked / packed > _MOST_RATIO:
        raise Unreadable("zip_bomb")
    if any(entry.filename.lower().endswith(("vbaproject.bin", "vbadata.xml")) for entry in entries):
        raise Unreadable("macros")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("encrypted")
