"""The tutor listens: sympathy before anything else, memory of what was told, and the scene that was wished for."""

import pytest

from language.tutor import recall, scenarios, stage, sympathy, wishes
from tests.unit.tutor.test_tutor import converse


@pytest.mark.parametrize("level", ["A1", "B1", "C1"])
@pytest.mark.parametrize(
    "news",
    [
        "My mother is very ill.",
        "My mother she is sick.",
        "my son have cancer",
        "My friend is in the hospital",
        "I was in hospital last week.",
        "My best friend has depression.",
        "My grandfather died last week.",
        "We lost our dog.",
        "I want to talk about my mother's death.",
        "Thanks, my father died yesterday.",
        "We had a bad car accident.",
        "My brother broke his leg.",
        "I lost my job yesterday.",
        "i was fired",
        "I can't find a job.",
        "My girlfriend left me.",
        "My parents are getting divorced.",
        "Somebody stole my bike.",
        "Our house burned down.",
        "My cat is missing.",
        "I failed my exam.",
        "I didn't get the job.",
        "I miss my family so much.",
        "I got bad news today.",
        "I am very sad.",
    ],
)
def test_bad_news_gets_sympathy_first(news: str, level: str) -> None:
    answer = converse(["Hello", news], level)[1]
    assert "sorry" in answer.split("?")[0].split(".")[0] + answer.split(".")[1]
    for deaf in ("do together", "Good idea", "Congratulations", "You're welcome", "is your mother like"):
        assert deaf not in answer


@pytest.mark.parametrize(
    "said",
    [
        "My phone died.",
        "I saw a film where the hero died.",
        "My sister is sick of her job.",
        "My mother is not ill.",
        "My sister works in a hospital.",
        "If my mother was ill, I would stay at home.",
        "Nobody died.",
        "The king died in 1603.",
        "My brother is well and my dog is happy.",
        "I lost my key, but I found it.",
        "I was at home all day.",
    ],
)
def test_what_is_no_bad_news_gets_no_condolences(said: str) -> None:
    assert sympathy.find(said, "A") is None


def test_what_is_over_is_a_relief() -> None:
    assert "glad" in converse(["Hello", "My mother was ill but she is fine now."])[1]


def test_sympathy_does_not_repeat_itself_and_a_lost_match_is_no_success() -> None:
    answers = converse(["Hello", "My mother is very ill.", "My father is ill too."])
    assert answers[1] != answers[2]
    assert "Congratulations" not in converse(["Hello", "I didn't win the match."])[1]
    assert "sorry" in converse(["Hello", "I have to go, my son is in hospital."])[1]
    assert "Goodbye" in converse(["Hello", "I have to go, my son is in hospital."])[1]


def test_in_a_scene_bad_news_is_part_of_the_play() -> None:
    answer = converse(["Hello", "My son is ill."], "A2", "doctor")[1]
    assert "When did it start?" in answer


@pytest.mark.parametrize(
    ("told", "asked", "known"),
    [
        ("I live in Lisbon.", "Where do I live?", "You live in Lisbon."),
        ("i live in lisbon", "do you remember where i live", "You live in lisbon."),
        ("I live near Porto with my sister.", "Which city do I live in?", "You live near Porto"),
        ("I'm from Brazil and I live in Rome.", "Where am I from?", "You're from Brazil."),
        ("I'm from Brazil and I live in Rome.", "Where do I live?", "You live in Rome."),
        ("My name is Ana.", "What's my name?", "Your name is Ana."),
        ("I am 25 years old.", "How old am I?", "You are 25 years old."),
        ("I work as a nurse.", "What is my job?", "You work as a nurse."),
        ("I work in a hospital.", "Where do I work?", "in a hospital"),
        ("I like old films.", "What do I like?", "You like old films."),
        ("Yesterday I went to the beach.", "What did I do yesterday?", "Yesterday you went to the beach."),
        ("My sister's name is Rita.", "What is my sister's name?", "It is Rita."),
    ],
)
def test_questions_about_oneself_are_answered_from_memory(told: str, asked: str, known: str) -> None:
    answers = converse(["Hello", told, "I drink tea.", "It rains a lot.", asked])
    assert known in answers[-1]
    assert "facts are not my strength" not in answers[-1]


def test_what_was_never_told_is_asked() -> None:
    answer = converse(["Hello", "Where do I live?"])[1]
    assert "haven't told me" in answer
    assert answer.endswith("Where do you live?")
    assert "Your name is Ana. You live in Rome." in converse(
        ["Hello", "My name is Ana and I live in Rome.", "What do you know about me?"]
    )[-1]  # fmt: skip


@pytest.mark.parametrize(
    ("wish", "scene"),
    [
        ("I want practise for job interview at bakery.", "job_interview"),
        ("Let's practice a job interview at a bank.", "job_interview"),
        ("Can we do a job interview?", "job_interview"),
        ("I need prepare for interview", "job_interview"),
        ("I have a job interview tomorrow, can we practise?", "job_interview"),
        ("I would like to practice ordering food in restaurant", "restaurant"),
        ("Pretend you are a doctor.", "doctor"),
        ("You are a waiter and I am a guest.", "restaurant"),
        ("Help me to practise a phone call, please.", "phone_call"),
    ],
)
def test_a_wish_starts_its_scene(wish: str, scene: str) -> None:
    one = scenarios.named(scene)
    assert one is not None
    answer = converse(["Hello", wish])[1]
    assert one.setting in answer
    assert stage.Play(one, "a bakery").filled(one.steps[0].lines["A"]).split("!")[0][:12] in answer


def test_the_place_that_was_wished_for_is_named_and_the_wish_corrected() -> None:
    answer = converse(["Hello", "I want practise for job interview at bakery."])[1]
    assert "a job interview at a bakery" in answer
    assert answer.endswith("welcome to the bakery! Please tell me about yourself.")
    assert "to practise" in answer


def test_a_hobby_is_no_scene() -> None:
    assert "piano" in converse(["Hello", "I want to practise the piano."])[1]


@pytest.mark.parametrize(
    ("wish", "scene", "place", "job"),
    [
        ("let's practise a job interview at a bakery", "job_interview", "a bakery", ""),
        ("I want to do a job interview at Google", "job_interview", "Google", ""),
        ("can you interview me for a job as a waiter?", "job_interview", "", "a waiter"),
        ("can we roleplay a job interview for a nurse", "job_interview", "", "a nurse"),
        ("I want practice inteview in hospital", "job_interview", "a hospital", ""),
        ("can we play restaurant", "restaurant", "", ""),
        ("I'd like to practise ordering food in restaurant in London", "restaurant", "a restaurant in London", ""),
        ("let's practise asking the way to the museum", "directions", "the museum", ""),
        ("lets practice shopping at a bakery", "shopping", "a bakery", ""),
        ("i would like to practise lost luggage at airport", "travel_trouble", "", ""),
        ("Can we do small talk?", "small_talk", "", ""),
    ],
)
def test_a_wish_fills_the_slots(wish: str, scene: str, place: str, job: str) -> None:
    found = wishes.find(wish)
    assert found is not None
    assert (found.scene and found.scene.id, found.place, found.job) == (scene, place, job)


@pytest.mark.parametrize(
    "said",
    [
        "I want to play football at school",
        "I practise football at school.",
        "We play cards in a restaurant",
        "I had an interview at a bank.",
        "I'd like to be a waiter.",
        "I want to buy a car.",
        "I want to open a bakery.",
        "Can we talk about travel?",
    ],
)
def test_what_is_no_wish_starts_no_scene(said: str) -> None:
    assert wishes.find(said) is None


def test_a_scene_can_be_left_changed_and_chosen_from_the_list() -> None:
    answers = converse(
        [
            "Hello",
            "Can we practise a conversation?",
            "the hotel, please",
            "Let's practise a visit to the doctor",
            "stop it",
        ]
    )
    assert "I know these scenes" in answers[1]
    assert "I am at the reception" in answers[2]
    assert "I am the doctor" in answers[3]
    assert "we leave the scene" in answers[4]
    assert "What is the problem?" not in answers[4]


def test_answers_choose_the_branch() -> None:
    vegetarian = converse(
        ["Hello", "No, for two", "Water", "I'm vegetarian", "The risotto, please"], "B1", "restaurant"
    )
    assert "vegetable lasagne" in vegetarian[3]
    assert "allergies" in vegetarian[4]
    busy = converse(["Hi", "I'd like an appointment", "This is Ana", "Sorry, I can't"], "B1", "phone_call")
    assert "Thursday at three" in busy[3]


@pytest.mark.parametrize(
    ("told", "asked", "known"),
    [
        ("My sister Rita is a teacher. She works at a big school.", "Where does my sister work?", "at a big school"),
        ("My sister Rita is a teacher.", "Who is Rita?", "Rita is your sister."),
        ("I have two dogs, Max and Luna.", "How many dogs do I have?", "You have two dogs"),
        ("I have two dogs, Max and Luna.", "Do I have a dog?", "Yes, you have two dogs"),
        ("I have a cat. Her name is Mimi.", "what is my cat called", "It is Mimi."),
        ("I don't like coffee because it is bitter.", "Why don't I like coffee?", "Because it is bitter."),
        ("I don't like coffee because it is bitter.", "Do I like coffee?", "No, you don't like coffee"),
        ("Last summer we visited my uncle in Madrid.", "When did we visit my uncle?", "Last summer you visited"),
        ("I want to open a bakery next year.", "What are my plans?", "You want to open a bakery"),
        ("My favourite colour is green.", "Do you remember my favourite colour?", "Your favourite colour is green."),
        ("My daughter, she is 5 years old", "How old is my daughter?", "Your daughter is 5 years old."),
        ("Hello, I am Carlos from Mexico", "Do you know where I'm from?", "from Mexico"),
        ("I live in Rome with my two sisters.", "How many sisters do I have?", "You have two sisters."),
        ("My favourite player is Messi because he is the best", "who is my favorite player?", "player is Messi."),
        ("I study medicine at the university of Porto.", "Where do I study?", "at the University of Porto"),
    ],
)
def test_whatever_was_told_can_be_asked(told: str, asked: str, known: str) -> None:
    assert known in converse(["Hello", told, "It rains a lot.", asked])[-1]


@pytest.mark.parametrize(
    ("asked", "back"),
    [
        ("Do I have a brother?", "Do you have a brother?"),
        ("When did I go to Paris?", "When did you go to Paris?"),
        ("Am I married?", "Are you married?"),
        ("What is my favourite food?", "What is your favourite food?"),
    ],
)
def test_what_only_the_learner_knows_is_asked_back(asked: str, back: str) -> None:
    assert back in converse(["Hello", "I'm from Brazil.", asked])[-1]


@pytest.mark.parametrize(
    "asked",
    ["Am I right?", "Is my English good?", "Where do I put the comma?", "What should I say?", "How do I say it?"],
)
def test_questions_about_english_are_no_questions_about_oneself(asked: str) -> None:
    assert recall.answer(["I'm from Brazil.", asked]) is None
