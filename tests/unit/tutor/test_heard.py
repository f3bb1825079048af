"""What the learner tells or asks beside the path of a scene is heard: kinds of turns, each with other instances."""

import pytest

from language.tutor import intents, scenewords, stage
from tests.unit.tutor.test_tutor import converse


@pytest.mark.parametrize(
    ("told", "asked", "words"),
    [
        ("I have a big red bag.", "What colour is my bag?", "red"),
        ("My niece is getting married in June.", "When is my niece getting married, do you remember?", "n June"),
        ("I moved here from Oslo.", "Where did I use to live, do you remember?", "Oslo"),
        ("i from Peru and i like tea", "from where i am, you remember?", "Peru"),
        ("We stay for four nights.", "Do you remember how many nights I stay?", "our nights"),
        ("For my cousin, he have 12 years", "how old is my cousin, you remember?", "12 years old"),
    ],
)
def test_what_was_told_is_recalled_in_few_words(told: str, asked: str, words: str) -> None:
    assert words in converse(["Hello", told, "It rains.", asked], "A2")[-1]
    assert words in converse(["Hello", told, asked], "A2", "hotel")[-1]


@pytest.mark.parametrize(
    "text", ["stop shopping", "I don't want the hotel now", "no! not now", "i dont want restaurant now"]
)
def test_a_scene_is_left_when_the_learner_wants_no_more(text: str) -> None:
    assert stage.wants_to_leave(text)
    assert stage.LEFT in converse(["Hello", text], "A1", "hotel")[-1]


@pytest.mark.parametrize("text", ["Can I leave my bag at the reception?", "I don't want to stay in this hotel room."])
def test_what_is_said_in_a_part_leaves_no_scene(text: str) -> None:
    assert not stage.wants_to_leave(text)


@pytest.mark.parametrize("text", ["Could you explain me what you mean exactly?", "Can you say it more easy?"])
def test_who_asks_for_simpler_words_gets_other_words(text: str) -> None:
    assert intents.classify(text).kind == "unclear"
    answers = converse(
        ["Hello", "I have a reservation", "Ito", "Two nights", "The sea", "Is there wifi?", text], "B1", "hotel"
    )
    assert answers[-1] != answers[-2]
    assert "dictionary" not in answers[-1]


def test_a_quoted_word_is_what_it_means() -> None:
    assert intents.classify("Does “drift” fit here? What does it mean exactly?").argument == "drift"


def test_words_have_the_sense_of_the_scene() -> None:
    assert "dish" in converse(["Hello", "What does “starter” mean?"], "A1", "restaurant")[-1]
    assert "train" in str(scenewords.of("platform"))
    assert scenewords.of("thrive") is None


@pytest.mark.parametrize(
    ("scene", "lines", "words"),
    [
        ("directions", ["Where is the bank?", "So I go straight on?"], "Yes, that's right: you go straight on"),
        ("directions", ["Where is the bank?", "So I go right?"], "Not quite"),
        ("restaurant", ["No", "Water", "I don't eat meat", "What can I eat?"], "risotto"),
        ("doctor", ["I'm ill and I am allergic to rice", "What can I eat?"], "Toast"),
        ("travel_trouble", ["My bag is lost", "I am very angry!"], "angry"),
        ("phone_call", ["I'm Eva Braun and I want an appointment"], "Tuesday"),
    ],
)
def test_a_turn_beside_the_path_is_answered(scene: str, lines: list[str], words: str) -> None:
    assert words in converse(["Hello", *lines], "A2", scene)[-1]


def test_a_polite_refusal_is_no_fear() -> None:
    answer = converse(["Hello", "I want an appointment", "This is Eva", "I'm afraid I can't."], "B1", "phone_call")[-1]
    assert "worry" not in answer


def test_an_illness_stays_one() -> None:
    assert "annoying" not in converse(["Hello", "My aunt is very ill.", "She has problems with the kidneys."], "B1")[-1]
    assert "Do you like" not in converse(["Hello", "I have pain in my back."], "A2")[-1]
