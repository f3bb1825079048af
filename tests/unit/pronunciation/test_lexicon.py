"""How words are said."""

import pytest

from speech.pronunciation import phones
from speech.pronunciation.lexicon import british, homographs, numbers, stress, tokens
from speech.pronunciation.lexicon.plan import Lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.mark.parametrize(
    ("token", "spoken"),
    [
        ("0", "zero"),
        ("125", "one hundred twenty five"),
        ("12,345", "twelve thousand three hundred forty five"),
        ("1998", "nineteen ninety eight"),
        ("2005", "two thousand five"),
        ("1900", "nineteen hundred"),
        ("1980s", "nineteen eighties"),
        ("21st", "twenty first"),
        ("40th", "fortieth"),
        ("2.5", "two point five"),
        ("-3", "minus three"),
        ("1/2", "one half"),
        ("3/4", "three quarters"),
        ("10%", "ten percent"),
        ("25kg", "twenty five kilograms"),
        ("$25.50", "twenty five dollars fifty cents"),
        ("£1", "one pound"),
        ("$3m", "three million dollars"),
        ("3:30", "three thirty"),
        ("7:05pm", "seven oh five p m"),
        ("8:00", "eight o'clock"),
        ("007", "zero zero seven"),
        ("555-0123", "five five five zero one two three"),
    ],
)
def test_numbers_are_read_aloud(token: str, spoken: str) -> None:
    assert " ".join(numbers.read(token) or []) == spoken


@pytest.mark.parametrize(
    ("token", "spoken"),
    [
        ("2005", "two thousand and five"),
        ("1998", "one thousand nine hundred and ninety eight"),
        ("911", "nine one one"),
        ("911", "nine hundred and eleven"),
        ("100", "a hundred"),
        ("1,234", "one thousand two hundred and thirty four"),
        ("3:30", "half past three"),
        ("11:45", "quarter to twelve"),
        ("12:45", "a quarter to one"),
        ("8:00", "eight"),
        ("$25.50", "twenty five dollars and fifty cents"),
        ("$3.50", "three fifty"),
        ("-3", "negative three"),
        ("0.75", "point seven five"),
        ("007", "oh oh seven"),
    ],
)
def test_numbers_may_be_read_in_other_ways(token: str, spoken: str) -> None:
    assert spoken.split() in numbers.others(token)


def test_a_number_with_one_reading_has_no_other() -> None:
    assert numbers.others("7") == numbers.others("25kg") == numbers.others("hello") == []


def test_every_reading_of_a_number_counts_as_right(lexicon: Lexicon) -> None:
    found = {" ".join(map(phones.bare, v)) for v in lexicon.plan("in 2005").words[1].variants}
    assert "T UW TH AW Z N D F AY V" in found
    assert "T W EH N T IY OW F AY V" not in found
    assert any(v.startswith("T UW TH AW Z") and "AH N D F AY V" in v for v in found)


def test_a_vulgar_fraction_and_a_sign_are_read() -> None:
    assert [" ".join(t.spoken) for t in tokens.split("½ cup at -5")] == ["one half", "cup", "at", "minus five"]


def test_what_is_no_number_is_left_alone() -> None:
    assert numbers.read("hello") is None
    assert numbers.read("1.2.3.4") is None


def test_a_text_becomes_words_with_reasons_for_what_cannot_be_read() -> None:
    found = tokens.split("Dr. Smith 😀 sees https://x.org or me@x.com — 你好, well-known Mr. O’Neil!")
    assert [(t.text, " ".join(t.spoken), t.skipped) for t in found] == [
        ("Dr", "doctor", None),
        ("Smith", "smith", None),
        ("😀", "", "emoji or symbol"),
        ("sees", "sees", None),
        ("https://x.org", "", "web address"),
        ("or", "or", None),
        ("me@x.com", "", "email address"),
        ("你好", "", "not written in Latin letters"),
        ("well-known", "well known", None),
        ("Mr", "mister", None),
        ("O'Neil", "o'neil", None),
    ]
    assert found[-1].sentence_end == "!"
    assert found[6].pause


def test_abbreviations_depend_on_their_neighbours() -> None:
    spoken = [" ".join(t.spoken) for t in tokens.split("In St. John he lives on Main St. at No. 5, no?")]
    assert spoken == ["in", "saint", "john", "he", "lives", "on", "main", "street", "at", "number", "five", "no"]


@pytest.mark.parametrize(
    ("text", "word", "sound"),
    [
        ("I will read it", "read", "R IY D"),
        ("I have read it", "read", "R EH D"),
        ("They live in Rome", "live", "L IH V"),
        ("We watch live music", "live", "L AY V"),
        ("Please record this", "record", "R IH K AO R D"),
        ("They use it", "use", "Y UW Z"),
        ("The use of it", "use", "Y UW S"),
        ("Did he read it yesterday", "read", "R IY D"),
        ("She wound the clock", "wound", "W AW N D"),
        ("He has a wound", "wound", "W UW N D"),
        ("They live close to us", "close", "K L OW S"),
        ("Close the door", "close", "K L OW Z"),
        ("Live from Rome", "live", "L AY V"),
    ],
)
def test_homographs_follow_their_context(text: str, word: str, sound: str) -> None:
    flow = text.lower().split()
    at = flow.index(word)
    assert homographs.pick(word, flow[:at][::-1], flow[at + 1 :]) == sound


def test_a_homograph_in_a_plan_has_only_the_right_pronunciation(lexicon: Lexicon) -> None:
    word = lexicon.plan("I have read it").words[2]
    assert word.variants == (("R", "EH", "D"),)


def test_a_homograph_whose_context_does_not_tell_may_be_said_either_way(lexicon: Lexicon) -> None:
    assert set(lexicon.plan("I read the book").words[1].variants) == {("R", "EH", "D"), ("R", "IY", "D")}


def test_the_context_of_a_homograph_ends_at_a_pause(lexicon: Lexicon) -> None:
    words = lexicon.plan("The wind is strong; wind the clock.").words
    assert [words[i].variants for i in (1, 4)] == [(("W", "IH", "N", "D"),), (("W", "AY", "N", "D"),)]


def test_british_variants_count_as_right(lexicon: Lexicon) -> None:
    variants = lexicon.plan("car").words[0].variants
    assert ("K", "AA", "R") in variants
    assert ("K", "AA") in variants
    assert ("T", "AH", "M", "AA", "T", "OW") in [
        tuple(map(phones.bare, v)) for v in lexicon.plan("tomato").words[0].variants
    ]


def test_r_stays_before_vowels() -> None:
    assert british.without_r(("V", "EH", "R", "IY")) == ("V", "EH", "R", "IY")
    assert british.without_r(("P", "AA", "R", "K")) == ("P", "AA", "K")


def test_unknown_words_are_guessed_and_marked(lexicon: Lexicon) -> None:
    word = lexicon.plan("blorptastic").words[0]
    assert word.source == "guessed"
    assert word.variants[0][0] == "B"
    assert any(p in phones.VOWELS for p in word.variants[0])


def test_acronyms_are_spelled(lexicon: Lexicon) -> None:
    word = lexicon.plan("The XQZ works").words[1]
    assert word.source == "spelled"
    assert " ".join(word.variants[0]) == "EH K S K Y UW Z IY"


def test_given_pronunciations_replace_the_dictionary(lexicon: Lexicon) -> None:
    word = lexicon.plan("Yunzhou sings", {0: (("Y", "UW", "N", "JH", "OW"),)}).words[0]
    assert (word.source, word.variants) == ("given", (("Y", "UW", "N", "JH", "OW"),))


def test_inflected_forms_of_known_words_are_derived(lexicon: Lexicon) -> None:
    assert lexicon.plan("selfies").words[0].source == "dictionary"


@pytest.mark.parametrize(
    ("word", "sound", "syllable"),
    [
        ("nation", "N EY SH AH N", 0),
        ("information", "IH N F ER M EY SH AH N", 2),
        ("about", "AH B AW T", 1),
        ("photography", "F AH T AA G R AH F IY", 1),
        ("table", "T EY1 B AH0 L", 0),
    ],
)
def test_main_stress(word: str, sound: str, syllable: int) -> None:
    assert stress.main(word, sound.split()) == syllable


def test_syllables_respect_english_onsets() -> None:
    assert stress.syllables(["EH", "K", "S", "T", "R", "AH"]) == [(0, 2), (2, 6)]
    assert stress.syllables(["S", "IH", "NG", "ER"]) == [(0, 3), (3, 4)]


def test_schwa_has_its_own_sign() -> None:
    assert phones.ipa("AH0") == "ə"
    assert phones.ipa("AH1") == "ʌ"
    assert phones.ipa("TH") == "θ"


def test_look_alikes_of_other_scripts_are_read_and_shown_as_they_came() -> None:
    found = tokens.split("\u0410 c\u0430t and Россия, y\u00f3u")
    assert [" ".join(token.spoken) for token in found] == ["a", "cat", "and", "", "you"]
    assert [token.shown for token in found] == ["\u0410", "c\u0430t", "and", "Россия", "y\u00f3u"]
    assert all(token.skipped for token in tokens.split("\u0430 \u0441 \u043e"))
