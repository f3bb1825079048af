"""Snippets mark what was found and nothing in them is live HTML."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from api.search.query import read
from api.search.snippets import snippet


def test_words_are_marked_in_all_their_forms() -> None:
    assert snippet("We went to cinemas; the Cinéma was full.", read("cinema")) == (
        "We went to <mark>cinemas</mark>; the <mark>Cinéma</mark> was full."
    )
    assert snippet("Bicycles and a bike", read("bicy")) == "<mark>Bicycles</mark> and a bike"
    assert snippet("My friend", read("freind"), frozenset({"friend"})) == "My <mark>friend</mark>"


def test_everything_else_is_escaped() -> None:
    assert snippet('<script>alert("cinema")</script> & co', read("cinema")) == (
        "&lt;script&gt;alert(&quot;<mark>cinema</mark>&quot;)&lt;/script&gt; &amp; co"
    )


def test_a_long_text_is_cut_around_the_words_that_stand_together() -> None:
    text = "cinema " + "filler " * 100 + "the old cinema burnt down " + "filler " * 100
    cut = snippet(text, read("cinema burnt"))
    assert cut.startswith("…")
    assert cut.endswith("…")
    assert "old <mark>cinema</mark> <mark>burnt</mark> down" in cut
    assert len(re.sub("</?mark>", "", cut)) < 200


@given(st.text(max_size=600), st.text(max_size=40))
def test_without_its_marks_a_snippet_is_a_piece_of_the_text(text: str, asked: str) -> None:
    cut = snippet(text, read(asked))
    plain = unescape(re.sub("</?mark>", "", cut)).removeprefix("…").removesuffix("…")
    assert plain.strip() in text.replace("\n", " ") or "…" in text
    assert not re.search(r"<(?!/?mark>)", cut)
