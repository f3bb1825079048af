"""Text as the voice's symbols."""

import pytest

from speech.pronunciation.lexicon.reading import Reader
from speech.synthesis.kokoro import frontend, symbols


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def said(reader: Reader, text: str, *, british: bool = False, most: int = 400) -> str:
    return " | ".join(clause.symbols for clause in frontend.clauses(reader, text, is_british=british, most=most))


@pytest.mark.parametrize(
    ("text", "american", "british"),
    [
        ("the apple, the pear", "ði ˈæpᵊl, ðə pˈɛɹ", "ði ˈapəl, ðə pˈɛː"),
        ("to go to Italy", "tə ɡˈO tʊ ˈɪTəli", "tə ɡˈQ tʊ ˈɪtəli"),
        ("water, party, button", "wˈɔTəɹ, pˈɑɹTi, bˈʌtᵊn", "wˈɔːtə, pˈɑːti, bˈʌtən"),
        ("wanted roses", "wˈɔntᵻd ɹˈOzᵻz", "wˈɒntɪd ɹˈQzɪz"),
        ("My father's photograph", "mI fˈɑðəɹz fˈOTəɡɹˌæf", "mI fˈɑːðəz fˈQtəɡɹˌɑːf"),
        ("far away", "fˈɑɹ əwˈA", "fˈɑːɹ əwˈA"),
        ("the new student", "ðə nˈu stˈudᵊnt", "ðə njˈuː stjˈuːdənt"),
        ("international organization", "ˌɪntəɹnˈæʃənᵊl ˌɔɹɡənəzˈAʃən", "ˌɪntənˈaʃənəl ˌɔːɡənəzˈAʃən"),
        ("to record a record", "tə ɹɪkˈɔɹd ɐ ɹˈɛkəɹd", "tə ɹɪkˈɔːd ɐ ɹˈɛkəd"),
        ("I can!", "ˌI kˈæn!", "ˌI kˈan!"),
        ("$2.50", "tˈu dˈɑləɹz fˈɪfti sˈɛnts", "tˈuː dˈɒləz fˈɪfti sˈɛnts"),
        ("the USA", "ðə jˌuˌɛsˈA", "ðə jˌuːˌɛsˈA"),
    ],
)
def test_words_are_said_as_natives_say_them(reader: Reader, text: str, american: str, british: str) -> None:
    assert said(reader, text) == american
    assert said(reader, text, british=True) == british


def test_learners_variants_are_never_spoken(reader: Reader) -> None:
    """Our list comes from a corpus of learners; the dictionary of natives goes before it."""
    dictionary = reader._dictionary
    differing = 0
    for word in ("adoption", "addition", "a", "comfortable", "vegetable", "interesting", "february"):
        first = dictionary._cmu_line(word, "")
        assert first is None or dictionary.standard(word) == first
        differing += first is not None and all(first != own for own in dictionary.own(word))
    assert differing  # or this would prove nothing


def test_stops_make_pauses_and_abbreviations_do_not(reader: Reader) -> None:
    assert said(reader, "Dr. Smith met Mr. Jones.") == "dˈɑktəɹ smˈɪθ mˈɛt mˈɪstəɹ ʤˈOnz."
    assert (
        said(reader, "Is it really true that he left? Of course it is what he did… So let us go there together!").count(
            " | "
        )
        == 2
    )
    assert said(reader, "☺ — 你好") == ""


def test_clauses_keep_to_their_length_and_are_cut_where_one_breathes(reader: Reader) -> None:
    text = "When the train arrived at the station in the morning, the people who had waited for it got in and sat down."
    found = frontend.clauses(reader, text, is_british=False, most=60)
    assert len(found) > 1 and all(len(clause.symbols) <= 61 for clause in found)
    assert found[0].stop == ","
    words = [word.text for clause in found for word in clause.words]
    assert words == text.replace(",", "").replace(".", "").split()
    for clause in found:
        assert all(clause.symbols[word.start : word.end].strip() for word in clause.words)


def test_what_is_too_short_to_be_spoken_alone_is_spoken_with_its_neighbour(reader: Reader) -> None:
    def spoken(text: str, most: int = 90) -> list[str]:
        found = frontend.clauses(reader, text, is_british=True, most=most)
        for clause in found:
            assert all(clause.symbols[word.start : word.end].strip() for word in clause.words)
        return [" ".join(word.text for word in clause.words) for clause in found]

    assert spoken("Oh. Then a cheese sandwich, please.") == ["Oh Then a cheese sandwich please"]
    assert spoken("You had the garden wall moved, remember? And that!") == [
        "You had the garden wall moved remember And that"
    ]
    assert spoken("This is the first of them all. This is the second of them all.") == [
        "This is the first of them all", "This is the second of them all",
    ]  # fmt: skip
    many = frontend.clauses(reader, "No. " * 40, is_british=True, most=90)
    assert sum(len(clause.words) for clause in many) == 40 and all(70 <= len(one.symbols) <= 90 for one in many[:-1])
    assert spoken("Oh.") == ["Oh"]
    assert len(spoken("Oh. Then a cheese sandwich, please.", most=20)) > 1


@pytest.mark.parametrize("british", [False, True])
def test_every_text_becomes_symbols_that_the_network_knows(reader: Reader, british: bool) -> None:
    texts = [
        "Supercalifragilistic zxqv blorptastic Wrzl", "A.m. p.m. NATO DVD e.g. i.e. U.S.",
        "1,234,567.89 3/4 50% 7:05pm 1st",
        "mother-in-law's T-shirt & co.", "naïve café — Zoë's résumé", "HELLO WORLD", "a " * 300, "x" * 200, "'''",
        "-5°",
        "power fire hour player employer worry courage various merry Paris poor cure",
    ]  # fmt: skip
    for text in texts:
        for clause in frontend.clauses(reader, text, is_british=british, most=90):
            assert symbols.encode(clause.symbols)
