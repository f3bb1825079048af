"""What the tutor answers before anything else: danger, help with English, contested corrections, what was told."""

# ruff: noqa: E501 - tables read best with one line an entry

import pytest

from language.tutor import alarm, reverse
from tests.unit.tutor.test_tutor import converse


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ('Is "I am agree with you" right or wrong?', "I agree with you."),
        ('Which is correct: "I look forward to meet you" or "I look forward to meeting you"?', "meeting you” is right"),
        ('Is it better to say "I have been here since two years" or "for two years"?', "here for two years” is right"),
        (
            "The difference between until and by. For example: 'I finish it until Monday' or 'by Monday'?",
            "not later than",
        ),
        ('I think "advices" is a correct word, isn\'t it?', "can't be counted"),
        ("When do I use few and when a few?", "some"),
        ("What is the word for the person who cuts my hair?", "hairdresser"),
        ("How do you call the thing for opening bottles?", "corkscrew"),
        ("Give me two examples with the passive, please.", "The house was built"),
        ("Could you give me three questions for a job interview?", "Who would I work with?"),
        ("How can I apologise to my neighbour?", "I'm so sorry"),
        ("I want to learn the colours.", "blue, green"),
        ("Let's practise the past simple.", "Yesterday I"),
        ("Should I take the job in Oslo or stay in Porto?", "can't decide that for you"),
    ],
)
@pytest.mark.parametrize("scene", [None, "hotel"])
def test_help_with_english_is_given_wherever_it_is_asked(asked: str, words: str, scene: str | None) -> None:
    if scene and "can't decide" in words:
        return
    assert words in converse(["Hello", asked], "B1", scene)[-1]


@pytest.mark.parametrize(
    ("described", "word"),
    [("an animal with a long neck", "giraffe"), ("the place where planes land", "airport"), ("the brother of my mother", "uncle"), ("it is the why of green ideas", None)],
)  # fmt: skip
def test_a_word_is_found_from_its_description(described: str, word: str | None) -> None:
    assert reverse.word_for(described) == word


@pytest.mark.parametrize(
    "text",
    [
        "My son can't breathe!",
        "There is a fire in the kitchen!",
        "Please call an ambulance!",
        "I want to die.",
        "Sometimes I think it would be better to die.",
        "He is unconscious.",
    ],
)
def test_danger_comes_first(text: str) -> None:
    assert alarm.answer(text, [], [], "")
    assert "Almost" not in converse(["Hello", text], "A2")[-1]


@pytest.mark.parametrize(
    "text",
    [
        "We laughed so much that we couldn't breathe.",
        "Last year there was a fire in our street.",
        "My doctor called me.",
        "This heat is to die for!",
        "He's an actuary and calculates when people are going to die.",
        "We are all going to die!",
    ],
)
def test_what_was_or_is_no_danger_is_none(text: str) -> None:
    assert alarm.answer(text, [], [], "") is None


def test_a_scene_remembers_the_allergy_when_help_is_called() -> None:
    answers = converse(
        ["A table for two, please.", "My wife is allergic to nuts.", "She can't breathe!"], "A2", "restaurant"
    )
    assert "ambulance" in answers[-1]
    assert "nuts" in answers[-1]


def test_a_correction_that_the_check_does_not_bear_out_is_taken_back() -> None:
    answers = converse(["Yesterday I have seen a whale.", 'But is "I have seen a whale" wrong?'], "B2")
    assert "alone is right" in answers[-1]
    assert "Yesterday I saw a whale." in answers[-1]


def test_what_was_told_is_summed_up() -> None:
    assert (
        "sell flowers"
        in converse(["My name is Ida Berg.", "I sell flowers in Bergen.", "Can you sum up what I told you?"], "B1")[-1]
    )
    answers = converse(
        [
            "Hello, this is Ida Berg. I'm calling about an invoice.",
            "The amount is wrong.",
            "Please repeat my name and what it is about.",
        ],
        "B2",
        "phone_call",
    )
    assert "Ida Berg" in answers[-1]
    assert "amount is wrong" in answers[-1]


@pytest.mark.parametrize(
    ("told", "asked", "words"),
    [
        ("I used to play the oboe, but I gave it up.", "What instrument did I say I used to play?", "The oboe"),
        ("My flight is BA212 to Rome.", "What is my flight number?", "BA212"),
        ("I'm learning to dance the tango.", "What am I learning to dance?", "tango"),
    ],
)
def test_what_was_told_is_recalled_by_its_kind(told: str, asked: str, words: str) -> None:
    assert words in converse([told, "It is nice.", asked], "C1")[-1]


def test_a_question_whether_something_is_wrong_is_no_objection() -> None:
    assert converse(["Tomorrow I will relax me.", "Is 'relax me' right or wrong?"], "B2")[-1].startswith("No: “relax”")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Stop. I want to talk about other thing.", "What would you like to talk about?"),
        ("Stop, please. I want to practise the past simple.", "Yesterday I"),
        ('Stop. What is the difference between "until" and "by"?', "not later than"),
        ("No. I want to speak about other theme: my hobby is fishing.", "leave the scene"),
    ],
)
def test_a_wish_to_stop_is_followed_at_once(text: str, words: str) -> None:
    answer = converse(["Hello", text], "A2", "shopping")[-1]
    assert "leave the scene" in answer
    assert words in answer


@pytest.mark.parametrize(
    "text",
    [
        "Can we talk about something else? I play the oboe in a band.",
        "Can we change the topic? I'd rather talk about my oboe.",
    ],
)
def test_a_new_topic_is_taken_up_with_what_is_said_of_it(text: str) -> None:
    assert "oboe" in converse(["My cat died.", text], "B1")[-1]
