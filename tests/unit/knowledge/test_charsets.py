"""Text in any encoding that a browser or an editor reads."""

import pytest

from api.knowledge.extraction import charsets, markup, plain, sniff
from api.knowledge.extraction.blocks import HTML, PLAIN

RUSSIAN, JAPANESE, CHINESE, KOREAN = "Привет, мир", "日本語のテスト①", "简体中文文本", "한국어 문장"
DECLARED = [
    ("windows-1251", "cp1251", RUSSIAN),
    ("koi8-r", "koi8_r", RUSSIAN),
    ("ibm866", "cp866", RUSSIAN),
    ("ISO-8859-5", "iso8859_5", RUSSIAN),
    ("x-mac-cyrillic", "mac_cyrillic", RUSSIAN),
    ("KOI8-U", "koi8_u", "Привіт"),
    ("Shift_JIS", "cp932", JAPANESE),
    ("x-sjis", "cp932", JAPANESE),
    ("EUC-JP", "euc_jp", "日本語"),
    ("ISO-2022-JP", "iso2022_jp", "日本語"),
    ("GBK", "gbk", CHINESE),
    ("gb2312", "gbk", "銀行"),
    ("gb18030", "gb18030", "㐀"),
    ("Big5", "big5hkscs", "繁體中文"),
    ("euc-kr", "cp949", KOREAN),
    ("ks_c_5601-1987", "cp949", "똠방각하"),
    ("windows-874", "cp874", "สวัสดี"),
    ("TIS-620", "cp874", "สวัสดี"),
    ("iso-8859-1", "cp1252", "“quoted” – €"),
    ("us-ascii", "cp1252", "“quoted”"),
    ("iso-8859-9", "cp1254", "ığş"),
    ("iso-8859-2", "iso8859_2", "žluťoučký"),
    ("windows-1250", "cp1250", "žluťoučký"),
    ("windows-1253", "cp1253", "Ελληνικά"),
    ("windows-1255", "cp1255", "שלום"),
    ("iso-8859-8-i", "iso8859_8", "שלום"),
    ("windows-1256", "cp1256", "سلام"),
    ("windows-1258", "cp1258", "ă"),
    ("macintosh", "mac_roman", "naïve"),
    ("utf8", "utf-8", RUSSIAN),
    ("unicode-1-1-utf-8", "utf-8", RUSSIAN),
    ("utf-16", "utf-8", RUSSIAN),  # browsers take it for UTF-8 where it can be read at all
]


@pytest.mark.parametrize(("label", "encoding", "text"), DECLARED)
def test_pages_are_read_as_they_declare(label: str, encoding: str, text: str) -> None:
    for meta in (
        f'<meta charset="{label}">',
        f"<META CharSet={label}/>",
        f"<meta content='text/html;charset={label}'>",
        f'<meta http-equiv="Content-Type" content="text/html; charset={label}">',
    ):
        page = f"<!doctype html><html><head><title>x</title>{meta}</head><body><p>{text}</p>".encode(encoding)
        assert sniff.media_type(page, page, "page") == HTML
        assert [block.text for block in markup.read_html(page)] == [text]


def test_a_declaration_in_xml_counts_where_no_meta_does() -> None:
    page = f'<?xml version="1.0" encoding="windows-1251"?>\n<html><body><p>{RUSSIAN}</p></body></html>'.encode("cp1251")
    assert sniff.media_type(page, page, "page") == HTML
    assert [block.text for block in markup.read_html(page)] == [RUSSIAN]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<!-- <meta charset=koi8-r> --><meta charset=windows-1251><p>Да".encode("cp1251"), "Да"),
        ("<meta name=x content='charset'><meta charset=windows-1251><p>Да".encode("cp1251"), "Да"),
        ("<meta charset=nonsense><p>Да".encode(), "Да"),
        ("<meta charset=hex><meta charset=rot13><p>Да".encode(), "Да"),
        ("<meta charset=utf-8><p>Grüße".encode("cp1252"), "Grüße"),
        ("<meta charset=windows-1251><p>Да".encode("utf-8-sig"), "Да"),
        ("<meta charset=windows-1251><p>Да".encode("utf-16"), "Да"),
        ("<p>Grüße".encode("cp1252"), "Grüße"),
        (b"<meta charset=utf-8><p>caf\xc3\xa9 \xc3", "café �"),
    ],
)
def test_a_mark_says_more_than_a_declaration_and_what_it_is_more_than_what_it_is_called(page: bytes, text: str) -> None:
    assert [block.text for block in markup.read_html(page)] == [text]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", ["Hello there,\r\nGrüße aus Köln.", "Привет, мир! Как дела?", "A"])
def test_texts_are_read_with_a_mark_and_without(encoding: str, text: str) -> None:
    raw = text.encode(encoding)
    if len(raw) < 4 and encoding.endswith(("le", "be")):
        return  # two bytes could be anything
    assert sniff.media_type(raw, raw, "a.txt") == PLAIN
    assert "".join(block.text for block in plain.read_plain(raw)) == text.replace("\r\n", "\n")


def test_one_damaged_byte_does_not_turn_a_text_into_another_encoding() -> None:
    raw = (RUSSIAN * 20).encode()
    assert RUSSIAN * 10 in charsets.text(raw[:-20] + b"\xff" + raw[-20:])
    assert charsets.text(raw[:-1]).startswith(RUSSIAN * 19)


@pytest.mark.parametrize(
    "label", ["hex", "rot13", "zlib", "idna", "unicode_escape", "punycode", "", "x" * 100, "base64"]
)
def test_what_browsers_do_not_know_is_no_encoding(label: str) -> None:
    assert charsets.codec(label) is None
