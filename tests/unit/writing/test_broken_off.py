"""Sentences that break off after any word, with a mark and without, are checked without a fault."""

import re

from language import document
from language.grammar import check
from tests.support import conversation_slips


def test_no_beginning_of_a_sentence_breaks_a_rule() -> None:
    sentences = [line.partition(" > ")[0] for line in conversation_slips.lines("conversation")]
    beginnings = {
        sentence[: word.end()] + mark
        for sentence in sentences
        for word in re.finditer(r"[\w'’-]+", sentence)
        for mark in ("", ".", "?")
    }
    assert len(sentences) >= 300
    for beginning in sorted(beginnings):
        found = check.corrections(document.parse(beginning))
        assert all(0 <= one.start < one.end <= len(beginning) for one in found), beginning
