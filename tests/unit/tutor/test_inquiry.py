"""The learner's own questions in a scene are answered, by kind and thing, and the scene goes on."""

import pytest

from language.tutor import inquiry, officefacts, protests, scenarios, scenefacts
from tests.unit.tutor.test_tutor import converse

ASKED = [
    ("hotel", "How much is the airport bus?", "six pounds"),
    ("hotel", "What time I can have the breakfast?", "from seven to ten"),
    ("hotel", "Where is my room?", "number 12, on the first floor"),
    ("hotel", "There is a chemist near here?", "in the next street"),
    ("hotel", "Is there a bakery near the hotel?", "Yes, there is a bakery in the next street"),
    ("hotel", "Can I pay with card?", "by card"),
    ("hotel", "Are cats allowed?", "allowed"),
    ("hotel", "How long is it to the station?", "ten minutes"),
    ("hotel", "Who can carry my bags?", "Tom"),
    ("hotel", "When must I leave the room?", "until eleven"),
    ("hotel", "When is my room ready?", "ready now"),
    ("restaurant", "What is the soup of the day?", "tomato soup and onion soup"),
    ("restaurant", "Can I smoke in here?", "on the terrace"),
    ("restaurant", "You have ice cream?", "vanilla"),
    ("restaurant", "What is inside the lasagne?", "aubergines"),
    ("restaurant", "How much cost the chicken?", "thirteen pounds"),
    ("restaurant", "Which fish do you have today?", "salmon"),
    ("restaurant", "Is the curry hot?", "a little spicy"),
    ("restaurant", "What do you recommend if I eat no meat?", "without meat"),
    ("shopping", "Do you have this in green?", "in green"),
    ("shopping", "And in size 40?", "size 40"),
    ("shopping", "Where can I try this on?", "changing rooms"),
    ("shopping", "Why is it so expensive?", "well made"),
    ("shopping", "Can I return it if my wife doesn't like it?", "receipt"),
    ("doctor", "May I drink wine?", "No alcohol"),
    ("doctor", "Do I take them before or after meals?", "After meals"),
    ("doctor", "When I get the results?", "two days"),
    ("job_interview", "Who would I report to?", "Ms Clark"),
    ("job_interview", "How long does the interview take?", "half an hour"),
    ("directions", "Which bus must I take?", "number five"),
    ("phone_call", "Who am I speaking to?", "Sam"),
    ("travel_trouble", "Where are my bags?", "luggage office"),
    ("travel_trouble", "I would only need a phone number for the luggage.", "555 0142"),
    ("school", "Do we get a certificate?", "certificate"),
    ("small_talk", "What do you do for a living?", "museum"),
]  # fmt: skip


@pytest.mark.parametrize(("scene", "question", "part"), ASKED)
def test_a_question_is_answered_by_its_kind_and_its_thing(scene: str, question: str, part: str) -> None:
    assert part in " ".join(inquiry.answers(scene, question, []))


def test_several_questions_of_a_message_are_all_answered() -> None:
    found = inquiry.answers("hotel", "Which floor is my room on, and what time is breakfast? Is there wifi?", [])
    assert [one.split()[0] for one in found] == ["Your", "Breakfast", "Yes,"]


def test_it_is_what_was_spoken_of_last() -> None:
    assert inquiry.answers("restaurant", "How much is it?", ["I'd like the salmon.", "The steak?"]) == [
        "The fish is fifteen pounds."
    ]


def test_what_no_table_knows_is_invented_once_and_stays_so() -> None:
    first = inquiry.answers("shopping", "How much is the umbrella?", [])
    assert "pounds" in first[0]
    assert inquiry.answers("shopping", "Sorry, how much does an umbrella cost?", ["The hat, please."]) == first


@pytest.mark.parametrize(
    ("scene", "question"),
    [
        ("hotel", "Where is the truth?"),
        ("hotel", "Is there a problem with my booking?"),
        ("hotel", "How much is your mother?"),
        ("hotel", "Is there a volcano near here?"),
        ("hotel", "Are there cockroaches in the rooms?"),
        ("restaurant", "Do you have cockroaches?"),
        ("restaurant", "Do you have a girlfriend?"),
        ("restaurant", "Is there alcohol in the cake?"),
        ("restaurant", "Is there a hair in my salad?"),
        ("shopping", "Is there a hole in it?"),
        ("shopping", "Do you have weapons?"),
        ("directions", "Where is the love?"),
        ("job_interview", "Is there discrimination here?"),
        ("school", "Is there a murderer here?"),
        ("travel_trouble", "Is there a strike?"),
    ],
)
def test_what_the_place_cannot_have_is_not_invented(scene: str, question: str) -> None:
    assert inquiry.answers(scene, question, []) == []


@pytest.mark.parametrize(
    ("scene", "question", "part"),
    [
        ("restaurant", "Do you have strawberries?", "Yes, we have strawberries."),
        ("restaurant", "Is there meat in the lasagne?", "no meat"),
        ("shopping", "Do you have woollen gloves?", "Yes, we have woollen gloves."),
        ("hotel", "Is there a hairdresser near here?", "in the next street"),
        ("hotel", "Where is the fire exit?", "ground floor"),
        ("hotel", "Is there Wi-Fi in the room?", "free"),
    ],
)
def test_what_it_can_have_is(scene: str, question: str, part: str) -> None:
    assert part in " ".join(inquiry.answers(scene, question, []))


@pytest.mark.parametrize(
    "text",
    ["I have a reservation.", "The fish, please.", "Is “I have reservation” correct?", "What does “floor” mean?"],
)
def test_what_asks_nothing_of_the_scene_is_left_to_the_script(text: str) -> None:
    assert inquiry.answers("hotel", text, []) == []


def test_every_table_belongs_to_a_scene_and_has_known_kinds() -> None:
    names = {one.id for one in scenarios.all_scenes()}
    assert {*scenefacts.TABLE, *officefacts.TABLE} == names
    known = {kind for kind, _ in inquiry.KINDS} | {"any"}
    for name in names:
        assert {kind for fact in inquiry.facts(name) for kind in fact.lines} <= known


def test_the_scene_goes_on_with_what_the_message_tells_besides() -> None:
    answer = converse(
        ["Hello, I'm Eva Blum, I have a booking.", "Two nights. What floor is my room on?"], "A2", "hotel"
    )[-1]
    assert answer.startswith("Your room is number 12, on the first floor.")
    assert "view of the sea" in answer


def test_a_question_that_was_passed_over_is_answered_after_the_protest() -> None:
    lines = [
        "Hello, I need a coat.",
        "How do you produce it, by hand?",
        "You didn't answer. Is there a discount for students?",
    ]
    answer = converse(lines, "B1", "shopping")[-1]
    assert answer.startswith(protests.SORRY["unanswered"])
    assert "ten per cent" in answer


def test_the_first_message_with_only_a_question_is_followed_by_the_scene() -> None:
    answer = converse(["Hello. Is there a lift?"], "A2", "hotel")[0]
    assert "just round the corner" in answer
    assert answer.endswith("How can I help you?")
