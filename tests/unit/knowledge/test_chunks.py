"""Passages: whole sentences under their headings."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from api.knowledge.extraction import chunks
from api.knowledge.extraction.blocks import Block
from api.knowledge.extraction.read import clean


def test_sentences_end_where_readers_see_it() -> None:
    text = "He came at 3.30 p.m. with Dr. who? Yes! “Really?” She left. it was 2.5 km."
    assert chunks.sentences(text)[0].startswith("He came at 3.30 p.m. with Dr.")
    assert chunks.sentences("One. Two! Three? “Four.” Five") == ["One.", "Two!", "Three?", "“Four.”", "Five"]


def test_a_passage_stays_under_one_heading() -> None:
    found = list(chunks.cut([Block("One.", ("A",)), Block("Two.", ("A",)), Block("Three.", ("A", "B"))]))
    assert [(one.text, one.heading) for one in found] == [("One. Two.", "A"), ("Three.", "A › B")]


def test_long_sections_are_cut_at_sentences_with_one_repeated() -> None:
    sentences = [f"This is sentence number {n} of the whole long text here." for n in range(60)]
    found = list(chunks.cut([Block(" ".join(sentences))]))
    assert len(found) > 3
    for one, following in pairwise(found):
        assert chunks.sentences(following.text)[0] == chunks.sentences(one.text)[-1]
    assert all(one.words <= 220 for one in found)
    assert {part for one in found for part in chunks.sentences(one.text)} == set(sentences)


def test_a_passage_knows_the_page_where_it_begins() -> None:
    page = " ".join(f"Sentence {n} is on this page." for n in range(30))
    found = list(chunks.cut([Block(page, (), 1), Block(page, (), 2)]))
    assert [one.page for one in found] == sorted(one.page or 0 for one in found)
    assert {one.page for one in found} == {1, 2}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=400), max_size=6))
def test_nothing_is_lost_and_nothing_is_too_long(texts: list[str]) -> None:
    blocks = [Block(cleaned) for text in texts if (cleaned := clean(text))]
    found = list(chunks.cut(blocks))
    kept = "".join("".join(one.text.split()) for one in found)
    assert set(kept) == set("".join("".join(block.text.split()) for block in blocks))
    assert all(one.words <= 260 for one in found)
