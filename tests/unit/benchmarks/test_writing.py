"""How corrections are counted against annotators."""

from pathlib import Path

from benchmarks import _m2, writing

M2 = """S She do n't likes the " big " dogs , but I does .
A 1 2|||R:VERB:SVA|||does|||REQUIRED|||-NONE-|||0
A 3 4|||R:VERB:FORM|||like|||REQUIRED|||-NONE-|||0
A 1 4|||R:OTHER|||does n't like|||REQUIRED|||-NONE-|||1
A 12 13|||R:VERB:SVA|||do|||REQUIRED|||-NONE-|||1

S I go school .
A 2 2|||M:PREP|||to|||REQUIRED|||-NONE-|||0
A -1 -1|||noop|||-NONE-|||REQUIRED|||-NONE-|||1
"""


def read(tmp_path: Path) -> list[_m2.Annotated]:
    file = tmp_path / "small.m2"
    file.write_text(M2)
    return list(_m2.read(file))


def test_sentences_are_read_as_they_were_before_they_were_cut(tmp_path: Path) -> None:
    first, second = read(tmp_path)
    assert first.text == 'She don\'t likes the "big" dogs, but I does.'
    assert second.text == "I go school."
    assert [len(edits) for edits in first.edits] == [2, 2]
    assert [len(edits) for edits in second.edits] == [1, 0]
    likes = first.edits[0][1]
    assert (first.text[likes.start : likes.end], likes.right, likes.kind) == ("likes", "like", "VERB:FORM")


def test_a_correction_is_compared_by_what_it_changes() -> None:
    text = "I go school every day."
    assert _m2.smallest(text, 2, 11, "go to school") == (5, 5, "to")
    assert _m2.smallest(text, 5, 11, "schools") == (5, 11, "schools")


def test_precision_counts_corrections_and_recall_every_annotators_edits(tmp_path: Path) -> None:
    texts = read(tmp_path)
    made = {
        texts[0].text: [(10, 15, "like", "verb form, tense"), (20, 23, "tall", "word, word form")],
        texts[1].text: [],
    }
    kinds = writing.measured(texts, lambda text: made[text]).kinds
    form, word = kinds["verb form, tense"], kinds["word, word form"]
    assert (form.made, form.touching, form.same, form.found, form.edits) == (1, 1, 1, 1, 1)
    assert (word.made, word.touching, word.same) == (1, 0, 0)
    assert (word.found, word.edits) == (1, 1)  # the other annotator's edit is about the same word
    assert (kinds["agreement"].found, kinds["agreement"].edits) == (0, 2)
    assert (kinds["preposition"].found, kinds["preposition"].edits) == (0, 1)


def test_parleys_corrections_are_counted_as_changes() -> None:
    assert writing.ours("She go to school.") == [(4, 6, "goes", "agreement")]
