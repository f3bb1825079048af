"""What a Word document has outside its body: styles, notes, headers, diagrams and embedded files."""

from pathlib import Path

import pytest

from api.knowledge.extraction.blocks import Block, Unreadable
from tests.support import files
from tests.support.word import cell, p, r, row, shown, table, texts

STYLES = (
    "<w:styles xmlns>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="Chapter"/><w:basedOn w:val="berschrift1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="deep"><w:name w:val="Deep"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="Loop"/><w:basedOn w:val="loop"/></w:style>'
    '<w:style w:type="character" w:styleId="gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
    "</w:styles>"
)


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def test_headings_are_known_in_every_language_and_by_their_level(tmp_path: Path) -> None:
    body = (
        p(r("One"), properties=style("berschrift1"))
        + p(r("a"))
        + p(r("Two"), properties=style("own"))
        + p(r("b"))
        + p(r("Three"), properties=style("deep"))
        + p(r("c"), properties=style("loop"))
        + p(r("Four"), properties='<w:outlineLvl w:val="0"/>')
        + p(r("d"))
        + p(r("not one"), properties=style("own") + '<w:outlineLvl w:val="9"/>')
    )
    assert shown(tmp_path, files.docx_of(body, {"styles": STYLES})) == [
        Block("a", ("One",)),
        Block("b", ("Two",)),
        Block("c", ("Two", "Three")),
        Block("d", ("Four",)),
        Block("not one", ("Four",)),
    ]


def test_text_hidden_by_its_style_is_not_shown(tmp_path: Path) -> None:
    body = p(r("a"), r("secret", '<w:rStyle w:val="gone"/>'))
    assert texts(tmp_path, files.docx_of(body, {"styles": STYLES})) == ["a"]


def test_headings_alone_are_the_text(tmp_path: Path) -> None:
    body = p(r("One"), properties=style("berschrift1")) + p(r("Two"), properties=style("deep"))
    assert shown(tmp_path, files.docx_of(body, {"styles": STYLES})) == [Block("Two", ("One",))]
    everything = " ".join(["word"] * 300)
    whole = files.docx_of(p(r(everything), properties=style("berschrift1")), {"styles": STYLES})
    assert texts(tmp_path, whole) == [everything]


def _notes(kind: str, note: str) -> str:
    plural = "comments" if kind == "comment" else f"{kind}s"
    return f'<w:{plural} xmlns><w:{kind} w:id="2">{p(r(note))}</w:{kind}></w:{plural}>'


def test_notes_and_comments_stand_behind_their_paragraph(tmp_path: Path) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:{kind}Reference w:id="2"/></w:r>'

    body = (
        p(r("One"), mark("footnote"), mark("endnote")) + table(row(cell(p(r("Two"), mark("comment"))))) + p(r("Three"))
    )
    parts: dict[str, str | bytes] = {
        "footnotes": _notes("footnote", "a foot note"),
        "endnotes": _notes("endnote", "an end note"),
        "comments": _notes("comment", "a comment"),
    }
    assert texts(tmp_path, files.docx_of(body, parts)) == [
        "One",
        "a foot note",
        "an end note",
        "Two",
        "a comment",
        "Three",
    ]


def test_headers_and_footers_that_are_on_some_page_are_told_once(tmp_path: Path) -> None:
    def header(text: str, tag: str = "hdr") -> str:
        return f"<w:{tag} xmlns>{p(r(text))}</w:{tag}>"

    body = p(r("text")) + (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        '<w:headerReference w:type="first" r:id="header2"/><w:headerReference w:type="even" r:id="header3"/>'
        '<w:footerReference w:type="default" r:id="footer"/></w:sectPr>'
    )
    parts: dict[str, str | bytes] = {
        "header1:header1.xml": header("Lesson plan"),
        "header2:header2.xml": header("first page only"),
        "header3:header3.xml": header("even pages only"),
        "footer": header("12", "ftr"),
    }
    assert texts(tmp_path, files.docx_of(body, parts)) == ["text", "Lesson plan"]
    both = body.replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    settings: dict[str, str | bytes] = {"settings": "<w:settings xmlns><w:evenAndOddHeaders/></w:settings>"}
    assert texts(tmp_path, files.docx_of(both, parts | settings)) == [
        "text",
        "Lesson plan",
        "first page only",
        "even pages only",
    ]


def test_words_in_diagrams_and_charts_are_read(tmp_path: Path) -> None:
    body = p('<w:r><w:drawing><dgm:relIds r:dm="diagramData"/></w:drawing></w:r>') + p(
        '<w:r><w:drawing><c:chart r:id="chart"/></w:drawing></w:r>'
    )
    plan, sales = ("<a:p><a:r><a:t>" + text + "</a:t></a:r></a:p>" for text in ("Plan", "Sales"))
    data = f"<dgm:dataModel xmlns><dgm:ptLst><dgm:pt><dgm:t>{plan}</dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"
    names = "<c:strCache><c:pt><c:v>North</c:v></c:pt></c:strCache>"
    chart = f"<c:chartSpace xmlns><c:title>{sales}</c:title>{names}</c:chartSpace>"
    assert texts(tmp_path, files.docx_of(body, {"diagramData": data, "chart": chart})) == ["Plan", "Sales North"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("afchunk.htm", "<html><head><meta charset=windows-1251></head><body><p>Привет</p>".encode("cp1251")),
        (
            "afchunk.mht",
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
            b"--b\nContent-Type: text/html; charset=utf-8\n"
            b"Content-Transfer-Encoding: quoted-printable\n\n<p>=D0=9F=D1=80=D0=B8=D0=B2=D0=B5=D1=82</p>\n--b--\n",
        ),
        ("afchunk.txt", "Привет".encode()),
        ("afchunk.docx", files.docx_of(p(r("Привет")))),
    ],
)
def test_files_within_the_document_are_read(tmp_path: Path, name: str, content: bytes) -> None:
    """Some programs write HTML so, and nothing else."""
    body = '<w:altChunk r:id="aFChunk"/>' + p(r("after"))
    assert texts(tmp_path, files.docx_of(body, {f"aFChunk:{name}": content})) == ["Привет", "after"]


def test_a_document_in_itself_comes_to_an_end(tmp_path: Path) -> None:
    inner = files.docx_of(p(r("innermost")))
    for _ in range(5):
        inner = files.docx_of(p(r("x")) + '<w:altChunk r:id="aFChunk"/>', {"aFChunk:a.docx": inner})
    found = texts(tmp_path, inner)
    assert 1 <= len(found) <= 3 and "innermost" not in found


@pytest.mark.parametrize("main", ["word/document2.xml", "document.xml", "Word/Document.XML", "a/b/main part.xml"])
def test_the_main_part_is_what_the_package_says(tmp_path: Path, main: str) -> None:
    """Word Online calls it document2.xml."""
    content = files.docx_of(p(r("here")), main=main)
    assert texts(tmp_path, content) == ["here"]


def _package(main: str, content: bytes) -> bytes:
    relation = f'<Relationship Id="1" Type="x/officeDocument" Target="{main}"/>'
    return files.zipped({"_rels/.rels": f"<Relationships>{relation}</Relationships>".encode(), main: content})


def test_a_zip_with_another_office_document_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        shown(tmp_path, _package("xl/workbook.xml", b"<workbook/>"))
    assert caught.value.code == "unsupported"


@pytest.mark.parametrize(
    "declared",
    ['[<!ENTITY e "boom">]', '[<!ENTITY a "ha"><!ENTITY b "&a;&a;">]', 'SYSTEM "file:///etc/passwd"'],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_declared_here(tmp_path: Path, declared: str, encoding: str) -> None:
    body = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x {declared}><w/>'.encode(encoding)
    with pytest.raises(Unreadable) as caught:
        shown(tmp_path, _package("d.xml", body))
    assert caught.value.code == "broken"


def test_what_is_nested_without_end_is_an_error_with_a_name(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 5_000 + p(r("x")) + "</w:sdtContent></w:sdt>" * 5_000
    with pytest.raises(Unreadable) as caught:
        shown(tmp_path, files.docx_of(deep))
    assert caught.value.code == "broken"


def test_what_is_behind_the_end_of_the_file_does_not_count(tmp_path: Path) -> None:
    """A card or a mail program that pads with zeros; Python looks for the end of a zip in the last 64 KiB only."""
    whole = files.docx_of(p(r("Hello")))
    assert texts(tmp_path, whole + bytes(70_000)) == ["Hello"]
    assert texts(tmp_path, whole + b"\r\n" * 70_000) == ["Hello"]
    with pytest.raises(Unreadable, match="broken"):
        shown(tmp_path, whole[:-30] + bytes(70_000))
