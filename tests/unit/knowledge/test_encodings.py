"""Texts in old encodings that say nothing of it."""

import codecs
import random

import pytest

from api.knowledge.extraction import charsets, guessing, markup, plain
from api.knowledge.extraction.blocks import Unreadable
from tests.support.encoded_texts import CHOSEN_ON, HELD_OUT, WESTERN, Sample, wrong_letters

SAMPLES = [*CHOSEN_ON, *HELD_OUT]
PAIRS = [(sample, encoding) for sample in SAMPLES for encoding in sample.encodings]
RUSSIAN = CHOSEN_ON[0]


@pytest.mark.parametrize(("sample", "encoding"), PAIRS, ids=lambda one: getattr(one, "language", one))
def test_a_text_is_read_in_the_encoding_in_which_it_makes_sense(sample: Sample, encoding: str) -> None:
    found = charsets.text(sample.long.encode(encoding))
    assert wrong_letters(found, sample.long) * 50 <= sum(one > "\x7f" for one in sample.long)


def test_short_pieces_are_read_or_refused_and_hardly_ever_nonsense() -> None:
    right, nonsense = 0, []
    for sample, encoding in PAIRS:
        for text in sample.short:
            try:
                found = charsets.text(text.encode(encoding))
            except Unreadable as verdict:
                assert verdict.code == "unknown_encoding"
                continue
            if wrong_letters(found, text) * 50 > sum(one > "\x7f" for one in text):
                nonsense.append((encoding, text, found))
            else:
                right += 1
    assert right > 350
    assert len(nonsense) <= 2, nonsense


@pytest.mark.parametrize("text", WESTERN)
def test_western_texts_with_few_accents_are_read_as_before(text: str) -> None:
    assert charsets.text(text.encode("cp1252")) == text
    if "\u20ac" not in text and all(ord(one) < 256 for one in text):
        assert charsets.text(text.encode("latin-1")) == text


@pytest.mark.parametrize(
    "text", ["Привет, как дела?", "до свидания", "Ελληνικά κείμενα", "こんにちは、世界", "안녕하세요"]
)
def test_a_few_words_in_another_script_are_enough(text: str) -> None:
    encoding = {"П": "cp1251", "д": "koi8_r", "Ε": "cp1253", "こ": "cp932", "안": "cp949"}[text[0]]
    assert charsets.text(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "raw",
    [
        random.Random(1).randbytes(20),
        random.Random(2).randbytes(5000),
        b"\xcc\xb3\xce\xf2\xda " * 40,
        "Hôm qua tôi đi cho".encode("cp1258").replace(b"o", b"o\xcc\xf2"),
    ],
)
def test_what_makes_sense_in_no_encoding_is_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        list(plain.read_plain(raw))
    assert refused.value.code == "unknown_encoding"


def test_every_encoding_that_is_tried_is_one_that_python_has() -> None:
    assert all(codecs.lookup(name) for name in guessing._CANDIDATES)


def test_a_page_without_a_declaration_is_read_like_a_text() -> None:
    page = f"<!doctype html><html><head><title>x</title></head><body><h1>Озеро</h1><p>{RUSSIAN.text}</p></body></html>"
    (block,) = markup.read_html(page.encode("cp1251"))
    assert (block.headings, block.text) == (("Озеро",), RUSSIAN.text)
    claimed = page.replace("<head>", "<head><meta charset=utf-8>")
    (block,) = markup.read_html(claimed.encode("koi8_r"))
    assert block.text == RUSSIAN.text


def test_a_letter_at_the_very_end_or_far_behind_decides_as_well() -> None:
    assert charsets.text("Here lives José".encode("cp1252")) == "Here lives José"
    plain_text = "Nothing but ASCII in all these lines.\n" * 50_000
    assert charsets.text((plain_text + RUSSIAN.text).encode("cp1251")).endswith(RUSSIAN.text)
    assert charsets.text((plain_text + "The café closes at nine.").encode("cp1252")).endswith("café closes at nine.")


def test_a_long_text_is_looked_at_in_places() -> None:
    """However long it is, what is examined is not longer."""
    for raw in (RUSSIAN.long.encode("cp1251") * 3000, b"\xe9" * 5_000_000, b"\xe9" + b" x" * 3_000_000):
        assert len(guessing._sample(raw)) < 60_000


def test_korean_letters_of_terminals_are_read() -> None:
    assert charsets.text("한국어 문장".encode("iso2022_kr")) == "한국어 문장"
