"""Tells a document's type from its bytes; the name only chooses between kinds of plain text. Pure."""

import re
from pathlib import PurePath

from api.knowledge.extraction.blocks import DOCX, HTML, MARKDOWN, PDF, PLAIN, MediaType, Unreadable

HEAD_BYTES = 4096

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# A comment ends at its first -->: were it free to end at a later one, the ways to read many would double with each.
_HTML = re.compile(rb"^\s*(?:<!--(?:[^-]|-(?!->))*-->\s*)*(?:<!doctype\s+html|<html|<head|<body)", re.IGNORECASE)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|```|[-*] \[[ x]\] |\|.+\|$)|\[[^\]\n]+\]\([^)\n]+\)", re.MULTILINE)


def media_type(head: bytes, tail: bytes, filename: str) -> MediaType:
    """From the first and last bytes of a file.

    Unreadable `empty`, `encrypted` (an encrypted Office file) or `unsupported`.
    """
    if not head.strip(b"\x00 \t\r\n"):
        raise Unreadable("empty")
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return DOCX  # any zip; whether it holds a document is seen when it is opened
    if head.startswith(_OLE):
        raise Unreadable("encrypted" if "EncryptedPackage".encode("utf-16-le") in head + tail else "unsupported")
    if not _is_text(head):
        raise Unreadable("unsupported")
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return HTML
    suffix = PurePath(filename).suffix.lower()
    if suffix in {".html", ".htm", ".xhtml"} and b"<" in head:
        return HTML
    if suffix in {".md", ".markdown"} or (not suffix and _MARKDOWN.search(head.decode(errors="ignore"))):
        return MARKDOWN
    return PLAIN


def decoded(raw: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or else Windows-1252."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return controls == 0
