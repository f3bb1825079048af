"""Short questions about English: sounds, other words, families, the use of a word, the learner's own sentence."""

import re

import pytest

from language.tutor import contrasts, corrections, families, gaps, sounds, synonyms, usage
from tests.unit.tutor.test_tutor import converse


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("How do I pronounce the word receipt?", "ri-SEET"),
        ("Can you tell me how to pronounce 'queue'?", "KYOO"),
        ('What\'s the pronunciation of "muscle"?', "MUSS-ul"),
        ("Which syllable of hotel is stressed?", "hoh-TEL"),
        ("Is the b in debt silent?", "Yes: “Debt”"),
        ("How do you pronounce zugzwang?", "reliably"),
        ("What's a synonym for happy?", "glad"),
        ("Tell me a better word for bad.", "awful"),
        ("What can I say instead of very cold?", "freezing"),
        ("Give me another word for problem, please.", "difficulty"),
        ("What's the noun of arrive?", "“arrival”"),
        ('What is the adjective for "danger"?', "“dangerous”"),
        ("Can you make a noun from strong?", "“strength”"),
        ("When do I use is and are?", "several"),
        ("I don't understand when to use still and yet.", "goes on"),
        ("How do I use unless?", "if not"),
        ("What is the past of must?", "had to"),
        ("Can I say gotta?", "have got to"),
        ("Is police singular or plural?", "plural"),
        ("Do I use much or many with luggage?", "much luggage"),
        ("Should I say few or little with chairs?", "few chairs"),
        ("Do we say do or make for a decision?", "make a decision"),
        ("Which verb goes with shower?", "take a shower"),
        ("Do I need an article before the names of rivers?", "Rhine"),
        ("Is start the same as begin?", "mean the same"),
        ("What's the difference between foreigner and stranger?", "another country"),
        ('What\'s the difference between "I lived" and "I have lived"?', "finished time"),
        ('What is the difference between "I read" and "I am reading"?', "habits"),
        ('Why is it "he goes" and not "he go"?', "the verb is “goes”"),
        ("Why do we say depend on and not depend from?", "depend on"),
        ("How do I say that I am looking for a job?", "I am looking for a job."),
        ('How do I say "I have thirst"?', "I am thirsty."),
        ("How can I say it better: she don't know nothing", "doesn't know"),
        ('What is a nicer way to say "Give me your pen"?', "Let me have your pen."),
        ("Can you check my sentence please?", "Write it here"),
        ("Could you correct this sentence: He can sings well.", "He can sing well."),
        ("What does piece of cake mean?", "very easy"),
        ('Is it "wich" or "which"?', "W-H-I-C-H"),
        ("What should I say when it is somebody's birthday?", "Happy birthday"),
    ],
)
@pytest.mark.parametrize("scene", [None, "restaurant"])
def test_a_question_about_english_is_answered(asked: str, part: str, scene: str | None) -> None:
    assert part in converse(["Hello", asked], "B1", scene)[-1]


@pytest.mark.parametrize(
    "said",
    [
        "My boss always uses difficult words.",
        "I would like to see the sea again.",
        "I have already eaten, thank you.",
        "We stayed until six and then we went home.",
        "The stress at work is bad for my health.",
        "He said nothing when I asked him.",
        "I don't know how to say it to my mother.",
    ],
)
def test_talk_is_no_question_about_english(said: str) -> None:
    assert families.answer(said) is None
    assert sounds.answer(said) is None
    assert synonyms.answer(said) is None
    assert usage.answer(said) is None


QUOTED = re.compile(r"“([^”…]+[.!?])”")


@pytest.mark.parametrize("told", [*contrasts.DIFFERENCES.values(), *usage.lines()])
def test_examples_of_use_are_right_english(told: str) -> None:
    for example in QUOTED.findall(told):
        assert not corrections.find(example), example


@pytest.mark.parametrize("item", gaps.ITEMS, ids=lambda item: item.text)
def test_a_filled_gap_is_right_english(item: gaps.Item) -> None:
    if "…" in item.text and item.whole()[:1].isupper():
        assert not corrections.find(item.whole()), item.whole()


def test_examples_of_other_words_are_right_english() -> None:
    for word, (_, example) in synonyms.ENTRIES.items():
        assert not corrections.find(example), (word, example)


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("How do you say the person who flies a plane?", "pilot"),
        ("How do you say when I want to take the rest of the meal home?", "to take away"),
        ("How can I say that when my neighbour is too loud at night?", "Say it in the words that you know"),
        ('Can you put "I want to get help" more formally?', "I would like to get help."),
        ("Can you put \"I'm sorry, I can't help you\" more formally?", "I apologise, I cannot assist you."),
        ("What does sprain mean?", "“Sprain”"),
        ("Can you talk with me about cooking?", "cooking"),
        ("Was my English good?", "I found"),
    ],
)
def test_a_question_is_answered_in_its_own_way(asked: str, part: str) -> None:
    assert part in converse(["Hello", "I goes to work by bus.", asked], "B1")[-1]


@pytest.mark.parametrize(
    "said",
    [
        "I'm afraid security has never been much of an argument for me.",
        "He always comes on time and never says a word.",
        "It was a catastrophe without any reason.",
    ],
)
def test_no_question_is_made_of_a_part_of_a_saying(said: str) -> None:
    answer = converse(["Hello", said], "C1")[-1]
    assert not re.search(r"\b(?:argument|word|catastrophe|security|reason)\?", answer)


def test_what_is_done_once_is_not_asked_how_often() -> None:
    assert "How often do you support" not in " ".join(
        converse(["Hello", "I support Sevilla.", "Ask me a question."], "A2")
    )
