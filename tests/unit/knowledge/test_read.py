"""Documents of every kind as blocks, and the named errors of the others."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from api.knowledge.extraction import read
from api.knowledge.extraction.blocks import DOCX, HTML, MARKDOWN, PDF, PLAIN, Block, MediaType, Unreadable
from tests.support import files


def blocks(tmp_path: Path, content: bytes, media_type: MediaType) -> list[Block]:
    path = tmp_path / "document"
    path.write_bytes(content)
    return list(read.blocks(path, media_type))


def test_plain_text_keeps_paragraphs_and_pages(tmp_path: Path) -> None:
    assert blocks(tmp_path, b"One\r\nstill one.\r\n\r\nTwo\fThree", PLAIN) == [
        Block("One still one.", (), 1),
        Block("Two", (), 1),
        Block("Three", (), 2),
    ]


def test_markdown_keeps_headings_and_loses_marks(tmp_path: Path) -> None:
    text = (
        "# Verbs\n\nSome **strong** [words](http://x).\n\n## Past\n\n- went\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n# End\n\nx"
    )
    found = blocks(tmp_path, text.encode(), MARKDOWN)
    assert found[0] == Block("Some strong words.", ("Verbs",))
    assert found[1] == Block("went", ("Verbs", "Past"))
    assert {one.text for one in found[2:6]} == {"a", "b", "c", "d"}
    assert found[-1] == Block("x", ("End",))


def test_html_shows_what_a_reader_sees(tmp_path: Path) -> None:
    text = (
        "<html><head><title>t</title><style>p{}</style></head><body><nav>menu</nav><h1>Top <i>one</i></h1>"
        "<p>Hello <b>bold</b><br>there &amp; here</p><script>alert(1)</script><h2>Sub</h2>loose<ul><li>a</li></ul>"
    )
    assert blocks(tmp_path, text.encode(), HTML) == [
        Block("Hello bold there & here", ("Top one",)),
        Block("loose", ("Top one", "Sub")),
        Block("a", ("Top one", "Sub")),
    ]


SHOWN = {
    "one form around everything": (
        "<form action=x><input type=hidden value=no><h1>Rules</h1><p>First.</p><label>Name</label><button>Go</button>"
        "<select><option>no<option selected>chosen</select><select><option>first<option>no</select></form>",
        ["First.", "Name", "Go", "chosen", "first"],
    ),
    "headings only": ("<h1>One</h1><h2>Two</h2><h1>Three</h1>", ["Two", "Three"]),
    "a heading with parts": ("<h1>One<br>more <em>word</em></h1><div>x</div>", ["x"]),
    "text behind a block": (
        "<div><p>one</p>two</div>three<ul><li>four</ul>five",
        ["one", "two", "three", "four", "five"],
    ),
    "hidden in hidden": (
        "<div hidden><p hidden>no<b style='display:none'>no</b></div><nav><p hidden>no</nav>yes",
        ["yes"],
    ),
    "what is hidden": (
        "<p hidden>no</p><p style='color:red; DISPLAY : none !important'>no</p><div style='visibility:hidden'><p>no"
        "</div><template>no</template><dialog>no</dialog><noscript>no</noscript><datalist><option>no</datalist>"
        "<p>yes</p><dialog open>open</dialog><p hidden=until-found>found</p><p style='display:nonempty'>shown</p>",
        ["yes", "open", "found", "shown"],
    ),
    "what looks like margins": (
        "<header>top</header><main>text</main><footer>Source: a book</footer>",
        ["top", "text", "Source: a book"],
    ),
    "navigation beside text and alone": ("<nav>menu</nav><p>text</p>", ["text"]),
    "navigation alone": ("<nav>menu</nav>", ["menu"]),
    "questions in buttons": ("<h3><button>Why?</button></h3><p>Because.</p>", ["Because."]),
    "drawings and formulas": (
        "<svg><title>no</title><defs><text>no</text></defs><text>label</text></svg><p><math><mi>x</mi><annotation>no"
        "</annotation></math></p>",
        ["label", "x"],
    ),
    "invisible characters": ("<p>un&shy;think&shy;able&#8203; &#xFEFF;word</p>", ["unthinkable word"]),
    "closed details": ("<details><summary>More</summary>inside</details>", ["More", "inside"]),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_is_what_a_browser_shows(tmp_path: Path, name: str) -> None:
    page, expected = SHOWN[name]
    assert [block.text for block in blocks(tmp_path, f"<html><body>{page}".encode(), HTML)] == expected


def test_a_page_nested_without_end_is_read(tmp_path: Path) -> None:
    assert [one.text for one in blocks(tmp_path, b"<div>" * 20_000 + b"deep", HTML)] == ["deep"]


def test_headings_that_head_nothing_are_text(tmp_path: Path) -> None:
    assert blocks(tmp_path, b"# One\n\n# Two\n\n## Three\n", MARKDOWN) == [Block("One"), Block("Three", ("Two",))]
    title = "word " * 60
    assert blocks(tmp_path, f"# {title}\n\nx".encode(), MARKDOWN) == [Block(title.strip()), Block("x")]
    deep = "".join(f"{'#' * level} H{level}\n\n" for level in range(1, 7)) + "text"
    found = blocks(tmp_path, deep.encode(), MARKDOWN)
    assert found[0] == Block("text", ("H3", "H4", "H5", "H6"))
    assert {"H1", "H2"} <= {word for one in found[1:] for word in (one.text, *one.headings)}


@pytest.mark.parametrize("mark", ["---", "+++"])
def test_front_matter_is_a_block_and_no_heading(tmp_path: Path, mark: str) -> None:
    text = f"{mark}\ntitle: Verbs\ntags: [past]\n{mark}\n# Past\n\nwent"
    assert blocks(tmp_path, text.encode("utf-8-sig"), MARKDOWN) == [
        Block("title: Verbs tags: [past]"),
        Block("went", ("Past",)),
    ]
    rule = blocks(tmp_path, b"---\n\nA text.\n\n---\n\nAnother.", MARKDOWN)
    assert rule == [Block("A text."), Block("Another.")]


def test_html_in_markdown_is_what_a_browser_shows(tmp_path: Path) -> None:
    text = (
        "one <b>bold</b><br>line\n\n<details><summary>More</summary>\n\ninside\n\n</details>\n\n<!-- no -->\n\n"
        "<div>block</div>\n"
    )
    assert [one.text for one in blocks(tmp_path, text.encode(), MARKDOWN)] == [
        "one bold line",
        "More",
        "inside",
        "block",
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"One.\r\n\r\nTwo.\x1a", ["One.", "Two."]),
        (b"one\x0btwo", ["one two"]),
        (b"b\x08bo\x08ol\x08ld and _\x08u", ["bold and u"]),
        (b"\x1b[1;31mred\x1b[0m", ["red"]),
        ("\ufeffone\ufefftwo".encode(), ["onetwo"]),
    ],
)
def test_controls_of_old_machines_hide_no_text(tmp_path: Path, content: bytes, expected: list[str]) -> None:
    assert [one.text for one in blocks(tmp_path, content, PLAIN)] == expected


def test_pdf_keeps_pages(tmp_path: Path) -> None:
    found = blocks(tmp_path, files.pdf(["First page with inter-\nnational words.", "Second page."]), PDF)
    assert found == [Block("First page with international words.", (), 1), Block("Second page.", (), 2)]


def test_word_keeps_headings_and_rows(tmp_path: Path) -> None:
    content = files.word(
        [
            ("Title", "Course"),
            ("Heading 1", "Past"),
            ("Normal", "I went."),
            ("Table", "go|went"),
            ("Heading 1", "Next"),
            ("Heading 2", "Deep"),
            ("Normal", "I will go."),
        ]
    )
    assert blocks(tmp_path, content, DOCX) == [
        Block("I went.", ("Course", "Past")),
        Block("go | went", ("Course", "Past")),
        Block("I will go.", ("Course", "Next", "Deep")),
    ]


@pytest.mark.parametrize(
    ("content", "media_type", "code"),
    [
        (files.encrypted_pdf("Secret", "pass"), PDF, "encrypted"),
        (b"%PDF-1.4\nnonsense", PDF, "broken"),
        (files.pdf([""]), PDF, "empty"),
        (files.bomb(), DOCX, "zip_bomb"),
        (files.with_macros(), DOCX, "macros"),
        (files.zipped({"a.txt": b"hello"}), DOCX, "unsupported"),
        (b"PK\x03\x04nonsense", DOCX, "broken"),
        (files.zipped({"word/document.xml": b"<broken", "[Content_Types].xml": b"<x"}), DOCX, "broken"),
        (b" \n\n ", PLAIN, "empty"),
        (b"<html><script>x</script></html>", HTML, "empty"),
        (b"word " * 1_100_000, PLAIN, "too_long"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes, media_type: MediaType, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        blocks(tmp_path, content, media_type)
    assert caught.value.code == code


def test_a_pdf_that_opens_without_a_password_is_read(tmp_path: Path) -> None:
    assert blocks(tmp_path, files.encrypted_pdf("Open to all", ""), PDF)[0].text == "Open to all"


def test_external_entities_are_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("TOP SECRET")
    attack = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]><w:document xmlns:w='
        '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p>'
        "</w:body></w:document>"
    ).encode()
    original = zipfile.ZipFile(io.BytesIO(files.word([("Normal", "x")])))
    content = files.zipped(
        {name: attack if name == "word/document.xml" else original.read(name) for name in original.namelist()}
    )
    try:
        assert not any("SECRET" in one.text for one in blocks(tmp_path, content, DOCX))
    except Unreadable as verdict:
        assert verdict.code in ("broken", "empty")


def changed(content: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("kept", ["whole", "no end", "no trailer", "no table", "wrong table", "junk"])
def test_a_pdf_whose_end_is_missing_is_read(tmp_path: Path, kept: str) -> None:
    content = files.pdf(["The heron stands.", "It flies."])
    table = content.rindex(b"xref\n0")
    damaged = {
        "whole": content,
        "no end": content[: content.rindex(b"startxref")],
        "no trailer": content[: content.rindex(b"trailer")],
        "no table": content[:table],
        "wrong table": content.replace(b"startxref\n%d" % table, b"startxref\n99"),
        "junk": b"HTTP/1.1 200 OK\r\n\r\n" + content + b"\0" * 3000,
    }[kept]
    assert [block.text for block in blocks(tmp_path, damaged, PDF)] == ["The heron stands.", "It flies."]


def test_an_encrypted_pdf_whose_end_is_missing_is_no_text(tmp_path: Path) -> None:
    content = files.encrypted_pdf("secret", "")
    with pytest.raises(Unreadable):
        blocks(tmp_path, content[: content.rindex(b"startxref")], PDF)


def test_a_page_that_cannot_be_read_takes_no_other_with_it(tmp_path: Path) -> None:
    def jbig2(*places: int) -> Callable[[PdfWriter], None]:
        def change(writer: PdfWriter) -> None:
            for place in places:
                stream = StreamObject()
                stream.set_data(b"x")
                stream[NameObject("/Filter")] = NameObject("/JBIG2Decode")
                writer.pages[place][NameObject("/Contents")] = writer._add_object(stream)

        return change

    content = files.pdf(["one", "two", "three"])
    assert blocks(tmp_path, changed(content, jbig2(1)), PDF) == [Block("one", (), 1), Block("three", (), 3)]
    with pytest.raises(Unreadable) as verdict:
        blocks(tmp_path, changed(content, jbig2(0, 1, 2)), PDF)
    assert verdict.value.code == "broken"


def test_what_was_filled_into_a_pdf_is_read(tmp_path: Path) -> None:
    def annotation(**entries: Any) -> DictionaryObject:
        made = {"/Type": NameObject("/Annot"), **{f"/{name}": value for name, value in entries.items()}}
        return DictionaryObject({NameObject(name): value for name, value in made.items()})

    text, widget, typed = NameObject("/Tx"), NameObject("/Widget"), NameObject("/FreeText")

    def change(writer: PdfWriter) -> None:
        parent = writer._add_object(annotation(FT=text, V=TextStringObject("By hand")))
        notes = [
            annotation(Subtype=widget, Parent=parent),
            annotation(Subtype=typed, Contents=TextStringObject("Typed onto it")),
            annotation(Subtype=widget, FT=NameObject("/Btn"), V=NameObject("/Yes")),
            annotation(Subtype=widget, FT=text, V=TextStringObject("hidden"), F=NumberObject(2)),
            annotation(Subtype=widget, FT=text, V=TextStringObject("password"), Ff=NumberObject(1 << 13)),
            annotation(Subtype=typed, Contents=NumberObject(7)),
        ]
        loop = annotation(Subtype=widget)
        loop[NameObject("/Parent")] = writer._add_object(loop)
        writer.pages[0][NameObject("/Annots")] = ArrayObject([*notes, loop])
        writer.pages[1][NameObject("/Annots")] = ArrayObject([NumberObject(7)])

    content = changed(files.pdf(["The form.", "Its end."]), change)
    assert [block.text for block in blocks(tmp_path, content, PDF)] == ["The form. By hand Typed onto it", "Its end."]
