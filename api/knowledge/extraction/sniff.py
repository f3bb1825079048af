"""Tells a document's type from its bytes; the name only chooses between kinds of plain text. Pure."""

import re
from pathlib import PurePath

from api.knowledge.extraction import charsets
from api.knowledge.extraction.blocks import DOCX, HTML, MARKDOWN, PDF, PLAIN, MediaType, Unreadable

HEAD_BYTES = 4096

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# A comment ends at its first -->: were it free to end at a later one, the ways to read many would double with each.
_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*(?:<!doctype\s+html|<html|<head|<body|<meta\s|<title>)",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|```|[-*] \[[ x]\] |\|.+\|$)|\[[^\]\n]+\]\([^)\n]+\)", re.MULTILINE)
# The first line of a PDF, and an object that follows. A text may well speak of "%PDF-".
_PDF = re.compile(rb"%PDF-\d\.\d{1,2}[ \t\x00]*[\r\n%]")
_OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b")
# Written in characters, but for programs: read as text they are codes, a letter perhaps base64. None has a reader here.
_RICH_TEXT = re.compile(r"\s*\{\\rtf\d")
_OFFICE_XML = re.compile(r"\s*<\?xml\s[^>]*>.{0,2000}?<(?:office:document|w:wordDocument|pkg:package)\s", re.DOTALL)
_LETTER = re.compile(r"\s*(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?MIME-Version:", re.IGNORECASE)
_LETTER_NAMES = {".eml", ".mht", ".mhtml"}
_TEXT_NAMES = {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".csv", ".log"}


def media_type(head: bytes, tail: bytes, filename: str) -> MediaType:
    """From the first and last bytes of a file.

    Unreadable `empty`, `encrypted` (an encrypted Office file) or `unsupported`.
    """
    if not head.strip(b"\x00 \t\r\n"):
        raise Unreadable("empty")
    suffix = PurePath(filename).suffix.lower()
    if _is_pdf(head, tail, suffix):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return DOCX  # any zip; whether it holds a document is seen when it is opened
    if head.startswith(_OLE):
        raise Unreadable("encrypted" if "EncryptedPackage".encode("utf-16-le") in head + tail else "unsupported")
    if not _is_text(head) or charsets.is_ebcdic(head):
        raise Unreadable("unsupported")
    shown = charsets.peek(head)
    if suffix in _LETTER_NAMES or any(one.match(shown) for one in (_RICH_TEXT, _OFFICE_XML, _LETTER)):
        raise Unreadable("unsupported")
    if _HTML.match(shown) or (suffix in {".html", ".htm", ".xhtml"} and "<" in shown):
        return HTML
    if suffix in {".md", ".markdown"} or (not suffix and _MARKDOWN.search(shown)):
        return MARKDOWN
    return PLAIN


def _is_pdf(head: bytes, tail: bytes, suffix: str) -> bool:
    """Readers take up to a kilobyte of anything before the first line."""
    found = _PDF.search(head[: 1024 + 16])
    if found is None:
        return False
    structured = _OBJECT.search(head, found.end()) is not None or not _is_text(head)
    if not head[: found.start()].strip(b"\xef\xbb\xbf\x00 \t\r\n"):
        return structured or b"%%EOF" in tail or suffix not in _TEXT_NAMES
    at_line_start = head[found.start() - 1 : found.start()] in (b"\n", b"\r", b"\x00")
    ended = b"startxref" in tail and b"%%EOF" in tail[-1024:]
    return structured and at_line_start and ended and (suffix not in _TEXT_NAMES or not _is_text(head))


def _is_text(head: bytes) -> bool:
    """Texts have hardly any controls. Some have a few: form feeds and vertical tabs of printers and word processors,
    the Ctrl-Z that ends a file of DOS, escapes and backspaces of terminals. What is UTF-8 may have some others, too,
    such as zeros at its end or a stray keystroke: binary formats are none."""
    if charsets.is_wide(head) or charsets.is_utf8_with_few_controls(head):
        return True
    return b"\x00" not in head and charsets.controls(head) * 50 <= len(head)
