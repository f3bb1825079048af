"""The text in some bytes, whatever encoding it is in. Pure.

Labels and their meanings are those of the WHATWG Encoding Standard (section 4.2), which browsers go by: what calls
itself ISO-8859-1 is Windows-1252, GB2312 is GBK, Shift_JIS is Windows-31J.
"""

import codecs
import re

from api.knowledge.extraction import guessing
from api.knowledge.extraction.blocks import Unreadable

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

# Where Python means another encoding by a label than browsers do, or does not know it.
_AS_BROWSERS = {
    "cp1252": "ascii us-ascii ansi_x3.4-1968 iso-8859-1 iso8859-1 iso88591 iso_8859-1 latin1 latin-1 l1 windows-1252 "
    "x-cp1252 x-user-defined",
    "cp1254": "iso-8859-9 iso8859-9 iso_8859-9 latin5 l5 windows-1254 x-cp1254",
    "cp1250": "windows-1250 x-cp1250",
    "cp1251": "windows-1251 x-cp1251",
    "cp1253": "windows-1253 x-cp1253",
    "cp1255": "windows-1255 x-cp1255",
    "cp1256": "windows-1256 x-cp1256",
    "cp1257": "windows-1257 x-cp1257",
    "cp1258": "windows-1258 x-cp1258",
    "cp874": "windows-874 dos-874 tis-620 iso-8859-11 iso8859-11",
    "cp866": "ibm866 csibm866 866",
    "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji ms932 windows-31j csshiftjis",
    "cp949": "euc-kr euckr ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 korean windows-949 cseuckr",
    "gb18030": "gbk gb2312 gb_2312 gb_2312-80 x-gbk chinese csgb2312 gb18030",
    "big5hkscs": "big5 big5-hkscs cn-big5 x-x-big5 csbig5",
    "euc_jp": "euc-jp x-euc-jp cseucpkdfmtjapanese",
    "koi8_r": "koi koi8 koi8-r koi8_r cskoi8r",
    "koi8_u": "koi8-u koi8-ru",
    "iso8859_8": "iso-8859-8 iso-8859-8-i iso-8859-8-e logical visual hebrew",
    "iso8859_15": "iso-8859-15 iso8859-15 latin9 l9",
    "mac_cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "mac_roman": "macintosh mac x-mac-roman csmacintosh",
    # A declaration that could be read as ASCII cannot stand in UTF-16.
    "utf-8": "utf8 utf-8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf-16 utf-16le utf-16be "
    "unicode ucs-2 iso-10646-ucs-2 csunicode unicodefeff unicodefffe utf-32 utf-7",
}
_BY_LABEL = {label: codec for codec, labels in _AS_BROWSERS.items() for label in labels.split()}

_PROLOG_BYTES = 1024
_XML = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META = re.compile(rb"<meta[\s/][^>]*?\bcharset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)


def text(raw: bytes, declared: str | None = None) -> str:
    """By its byte order mark, as UTF-16 or UTF-32 by its zeros, as declared, by the escapes of ISO-2022, as UTF-8, or
    in the encoding in which it makes sense.

    Zeros become spaces: Markdown and HTML would show them as broken characters. Unreadable `unknown_encoding` where the
    encoding is not sure.
    """
    encoding = marked(raw) or _wide(raw) or (declared and codec(declared)) or _narrow(raw)
    return _decoded(raw, encoding) if encoding else _guessed(raw)


def peek(head: bytes) -> str:
    """The beginning of a file, of which only what is ASCII has to be right."""
    return _decoded(head, marked(head) or _wide(head) or _narrow(head) or "cp1252")


def html(raw: bytes, declared: str | None = None) -> str:
    """As browsers do: `declared` beside the document, by its `<meta>`, or by its XML declaration."""
    if marked(raw) or _wide(raw):
        return text(raw)
    head = _COMMENT.sub(b"", raw[: 4 * _PROLOG_BYTES])
    found = _META.search(head) or _XML.search(head)
    label = declared if declared and codec(declared) else found and found[1].decode("ascii")
    if label and codec(label) == "utf-8" and not _is_utf8(raw):
        label = None  # a wrong label: what is no UTF-8 at all says more
    return text(raw, label)


def codec(label: str) -> str | None:
    """Python's name of what browsers mean by a label; None for what they do not know."""
    label = label.strip().lower()
    if label in _BY_LABEL:
        return _BY_LABEL[label]
    if not re.fullmatch(r"iso[-_]?8859[-_]\d{1,2}|iso-2022-jp", label):
        return None
    try:
        return codecs.lookup(label).name
    except LookupError:
        return None


def marked(raw: bytes) -> str | None:
    """The encoding that the byte order mark says."""
    return next((name for mark, name in _MARKS if raw.startswith(mark)), None)


def _decoded(raw: bytes, encoding: str) -> str:
    return raw.decode(encoding, errors="replace").lstrip("\ufeff").replace("\x00", " ")


def _narrow(raw: bytes) -> str | None:
    if not _is_utf8(raw):
        return None
    if raw.isascii() and (b"\x1b$B" in raw or b"\x1b$@" in raw):
        return "iso2022_jp"
    return "iso2022_kr" if raw.isascii() and b"\x1b$)C" in raw else "utf-8"


def _guessed(raw: bytes) -> str:
    """In the encoding in which all of it makes sense, not only the places that were looked at."""
    encoding = guessing.encoding(raw)
    if encoding is None:
        raise Unreadable("unknown_encoding")
    found = _decoded(raw, encoding)
    if found.count("\ufffd") * 50 > sum(one > "\x7f" for one in found):
        raise Unreadable("unknown_encoding")
    return found


def _wide(raw: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: Western text, spaces and line ends have a zero in every second byte, and no
    character of UTF-32 is beyond U+10FFFF."""
    head = raw[:4096]
    for name, high in (("utf-32-le", head[3::4]), ("utf-32-be", head[::4])):
        if len(head) >= 8 and len(head) % 4 == 0 and not any(high) and _decodes(head, name):
            return name
    if len(head) < 4 or len(head) % 2 or b"\x00" not in head:
        return None
    if head.count(0) * 4 < len(head) and is_utf8_with_few_controls(head):
        return None
    first, second = head[::2], head[1::2]
    for name, high, low in (("utf-16-le", second, first), ("utf-16-be", first, second)):
        if low.count(0) <= len(low) // 50 and high.count(0) >= max(2, len(high) // 25) and _decodes(head, name):
            return name
    return None


def _decodes(head: bytes, name: str) -> bool:
    try:
        found = head[: len(head) // 2 * 2].decode(name, errors="surrogatepass" if len(head) == 4096 else "strict")
    except UnicodeDecodeError:
        return False
    return not any(_is_control(one) for one in found)


def is_wide(raw: bytes) -> bool:
    """Whether the bytes are UTF-16 or UTF-32, where a zero byte is nothing strange."""
    return (marked(raw) or _wide(raw) or "").startswith(("utf-16", "utf-32"))


def is_utf8_with_few_controls(raw: bytes) -> bool:
    """A text with a few stray bytes, or zeros behind it. Half the bytes of UTF-16 would be controls in most scripts."""
    raw = raw.rstrip(b"\x00")
    return _is_utf8(raw) and controls(raw) <= max(2, len(raw) // 20)


def is_ebcdic(raw: bytes) -> bool:
    """Text of a mainframe: nearly all its bytes are beyond ASCII, and letters and spaces by its own table."""
    if sum(byte >= 0x80 for byte in raw) * 2 < len(raw):
        return False
    found = raw.decode("cp037")
    return sum(one == " " or (one.isascii() and one.isalpha()) for one in found) * 10 >= len(found) * 9


def controls(raw: bytes) -> int:
    """How many bytes no text has: not those of printers, word processors, DOS and terminals."""
    return sum(byte < 32 and byte not in b"\t\n\v\f\r\x08\x1a\x1b" for byte in raw)


def _is_control(one: str) -> bool:
    return one < " " and one not in "\t\n\v\f\r\x1a\x1b"


def _is_utf8(raw: bytes) -> bool:
    """Also where a character is cut off at the end, or a few of many are damaged."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return not raw[: error.start].isascii()  # "caf\xe9" of Windows-1252 could be cut off, too
        found = raw.decode("utf-8", errors="replace")
        return found.count("\ufffd") * 10 <= sum(one > "\x7f" for one in found)
    return True
