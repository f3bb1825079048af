"""Questions in the order of statements, ages, jobs and feelings, beside what looks like them and is right."""

import pytest

from api.english.writing import evaluate

WRONG = [
    ("preposition", "We go to the beach in weekends.", "in", "at"),
    ("preposition", "I never work in weekend.", "in", "at the"),
    ("preposition", "We gave a party in my birthday.", "in", "on"),
    ("preposition", "He shouted me because I was late.", "me", "at me"),
    ("preposition", "It often happens me.", "me", "to me"),
    ("word_choice", "She had 14 years when she came here.", "had 14 years", "was 14 years old"),
    ("word_choice", "When I had nine years, we moved.", "had nine years", "was nine years old"),
    ("word_choice", "My grandfather had 90 years.", "had 90 years", "was 90 years old"),
    ("word_choice", "She has eight years.", "has eight years", "is eight years old"),
    ("word_choice", "How many years do you have?", "many years do you have", "old are you"),
    ("agreement", "Is there nuts in it?", "Is", "Are"),
    ("agreement", "Is there any free rooms?", "Is", "Are"),
    ("agreement", "Was there many people?", "Was", "Were"),
    ("word_order", "How much it costs?", "it costs", "does it cost"),
    ("word_order", "How much it costs the ticket?", "it costs the ticket", "does the ticket cost"),
    ("word_order", "How long the journey takes?", "the journey takes", "does the journey take"),
    ("word_order", "What time it starts?", "it starts", "does it start"),
    ("word_order", "At what time you get up?", "you get", "do you get"),
    ("word_order", "How many hours I would work?", "I would", "would I"),
    ("word_order", "Which train you took?", "you took", "did you take"),
    ("word_order", "Where you went?", "you went", "did you go"),
    ("article", "I am cook.", "cook", "a cook"),
    ("article", "Hassan is cook in a hotel.", "cook", "a cook"),
    ("confusable", "I was very scary because it was dark.", "scary", "scared"),
    ("confusable", "I was so surprising by the answer.", "surprising", "surprised"),
    ("missing_word", "Is possible on Friday?", "Is", "Is it"),
    ("negation", "I am not understand.", "am not", "don't"),
    ("negation", "I am not like fish.", "am not", "don't"),
    ("verb_form", "My teacher insists to use less water.", "to use", "on using"),
    ("verb_form", "I'm thinking to write a book.", "to write", "of writing"),
    ("verb_form", "We used to going there.", "going", "go"),
]
RIGHT = """
How much it costs is not known.
I know how long it takes.
What time is it?
How many people work here?
How many of you know her?
Which bus goes there?
How long have you been here?
Who knows how much it costs?
How much time it took!
What have you learnt from your children?
What makes you think so?
What … when you came?
What made you laugh?
Which cars have you seen?
What happened after you left?
What help do you need?
What the man wants is clear.
Do you know what time it starts?
How much more can we take?
Is there news from home?
Is there physics at your school?
Is there a shop or are there several?
She had ten years of peace.
He had twenty years to pay it back.
They had six years left.
We had nine years together.
She has eight years of experience.
He insisted to the last that he was right.
He insisted in a low voice that he was well.
I was thinking to myself that it was late.
They shouted me down.
He shouted them the news.
I am not like my brother.
I'm not like school friends of his.
I am cooking dinner.
I was scary as a clown.
The weekends in winter are long.
I am used to going there.
Is possible rain a reason to stay?
""".strip().split("\n")


@pytest.mark.parametrize(("kind", "sentence", "original", "suggestion"), WRONG)
def test_a_mistake_is_found_named_and_put_right(kind: str, sentence: str, original: str, suggestion: str) -> None:
    found = [(one.kind, one.original, one.suggestion) for one in evaluate.corrections(sentence)]
    assert found == [(kind, original, suggestion)]


@pytest.mark.parametrize("sentence", RIGHT)
def test_a_right_sentence_is_left_alone(sentence: str) -> None:
    assert evaluate.corrections(sentence) == ()


@pytest.mark.parametrize(
    "broken",
    ["I have a good", "She is a very nice", "How much", "Is there", "What time the", "He insists to", "I am not"],
)
def test_a_sentence_that_breaks_off_is_no_trouble(broken: str) -> None:
    for text in (broken, f"{broken}?", f"I like it.\n{broken}"):
        evaluate.corrections(text)
