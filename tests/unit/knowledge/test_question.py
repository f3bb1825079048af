"""What is searched for a question."""

from api.knowledge import question
from api.knowledge.ranking import Slot


def test_only_words_that_carry_the_subject_count() -> None:
    assert question.content_words("When did the Icelanders become independent?") == ["icelanders", "independent"]
    assert question.content_words("Who was it?") == ["who", "was", "it"]
    assert question.content_words("…") == []


def test_a_slot_holds_related_and_meant_words_at_less_worth() -> None:
    stems = {word: word for word in ("kng", "king", *question.related_words("treaty"), "treaty")}
    (first, second) = question.slots(["treaty", "kng"], {"kng": ["king"]}, stems)
    assert first.stems["treaty"] == 1.0
    assert 0 < first.stems["pact"] < 1
    assert second.stems == {"king": 0.7, "kng": 1.0}


def test_any_word_can_stand_in_a_tsquery() -> None:
    assert question.tsquery(Slot({"it's": 1.0, "a\\b": 1.0})) == "('it''s' | 'a\\\\b')"
