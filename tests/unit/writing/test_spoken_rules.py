"""Gross slips of beginners in conversation, each kind with a sentence, beside what looks like them and is right."""

import pytest

from api.english.writing import evaluate

WRONG = [
    ("agreement", "Is you from Spain?", "Is", "Are"),
    ("agreement", "Do she like tea?", "Do", "Does"),
    ("agreement", "Where do he work?", "do", "does"),
    ("word_order", "Why he don't come?", "he don't", "doesn't he"),
    ("verb_form", "Are you have a car?", "Are you have", "Do you have"),
    ("verb_form", "Are you like pizza?", "Are you like", "Do you like"),
    ("verb_form", "Is she study English?", "Is she study", "Does she study"),
    ("verb_form", "Is your brother work here?", "Is your brother work", "Does your brother work"),
    ("verb_form", "Are you went to the party?", "Are you went", "Did you go"),
    ("verb_form", "Do you are married?", "Do you are", "Are you"),
    ("verb_form", "What do you can do?", "do you can", "can you"),
    ("verb_form", "Did he was angry?", "Did he was", "Was he"),
    ("verb_form", "He doesn't is here.", "doesn't is", "isn't"),
    ("verb_form", "You don't must smoke here.", "don't must", "mustn't"),
    ("negation", "We are not want this.", "are not", "don't"),
    ("negation", "He isn't speak English.", "isn't", "doesn't"),
    ("negation", "I'm not have a car.", "I'm not", "I don't"),
    ("verb_form", "I don't to know.", "don't to know", "don't know"),
    ("word_order", "Why she didn't come?", "she didn't", "didn't she"),
    ("word_order", "Where you have been?", "you have", "have you"),
    ("verb_form", "It's depends on the price.", "It's depends", "It depends"),
    ("verb_form", "She's works in a bank.", "She's works", "She works"),
    ("word_order", "My father he is a doctor.", "father he", "father"),
    ("word_order", "My parents they live in Rome.", "parents they", "parents"),
    ("word_order", "My city it is very big.", "city it", "city"),
    ("verb_form", "I want that he helps me.", "that he helps", "him to help"),
    ("verb_form", "I'd like that you come.", "that you", "you to"),
    ("verb_form", "She wants that my son studies more.", "that my son studies", "my son to study"),
    ("negation", "He not likes fish.", "not likes", "doesn't like"),
    ("negation", "Yesterday I not went to school.", "not went", "didn't go"),
    ("word_choice", "You are tired, isn't it?", "isn't it", "aren't you"),
    ("word_choice", "You like pizza, isn't it?", "isn't it", "don't you"),
    ("word_choice", "He has gone, isn't it?", "isn't it", "hasn't he"),
    ("word_choice", "He's got a car, isn't it?", "isn't it", "hasn't he"),
    ("word_choice", "You have seen Rome, isn't it?", "isn't it", "haven't you"),
    ("word_choice", "He has a car, isn't it?", "isn't it", "doesn't he"),
    ("word_choice", "My son has ten years.", "has ten years", "is ten years old"),
    ("word_choice", "I have cold.", "have", "am"),
    ("agreement", "There have many shops here.", "have", "are"),
    ("agreement", "In my city have a big river.", "have", "there is"),
    ("missing_word", "Is hot today.", "Is", "It is"),
    ("missing_word", "I like it because is cheap.", "is", "it is"),
    ("missing_word", "If is cold, I stay at home.", "is", "it is"),
    ("missing_word", "I think is better.", "is", "it is"),
    ("word_choice", "Him is my teacher.", "Him", "He"),
    ("word_choice", "I feel me good.", "feel me", "feel"),
    ("verb_form", "I am wanting a coffee.", "am wanting", "want"),
    ("verb_form", "She is having two brothers.", "is having", "has"),
    ("verb_form", "He is like football.", "is like", "likes"),
    ("verb_form", "I like to reading books.", "to reading", "reading"),
    ("verb_form", "I am going to eating.", "eating", "eat"),
    ("verb_form", "Before to go out, I had breakfast.", "to go", "going"),
    ("word_order", "It is a house very big.", "house very big", "very big house"),
    ("word_order", "She bought a dress blue.", "dress blue", "blue dress"),
    ("word_order", "He plays very well football.", "very well football", "football very well"),
    ("word_order", "I speak very well English.", "very well English", "English very well"),
    ("word_order", "I am enough old to drive.", "enough old", "old enough"),
    ("word_order", "They are so nice people.", "so", "such"),
    ("word_order", "It was so bad day.", "so", "such a"),
    ("word_order", "She always is late.", "always is", "is always"),
    ("negation", "I never don't eat meat.", "never don't", "never"),
    ("negation", "I no have nothing.", "I no have nothing", "I don't have anything"),
    ("word_choice", "I am working like a waiter.", "like", "as"),
    ("word_choice", "I made a party last weekend.", "made", "had"),
    ("word_choice", "Let's do a photo.", "do", "take"),
    ("word_choice", "I lost the bus this morning.", "lost", "missed"),
    ("word_choice", "It smells well.", "well", "good"),
    ("comparison", "I have the same car that you.", "that", "as"),
    ("comparison", "He is the same old as me.", "the same", "as"),
    ("preposition", "I saw him in last week.", "in last", "last"),
    ("preposition", "My birthday is in 5 May.", "in", "on"),
    ("preposition", "We met in the Friday.", "in the", "on"),
    ("preposition", "At summer we go to the sea.", "At", "In"),
    ("preposition", "I have been to there.", "to there", "there"),
    ("preposition", "Can you give to me a pen?", "to me", "me"),
    ("preposition", "Congratulations for your baby!", "for", "on"),
    ("preposition", "I get up at seven hours.", "hours", "o'clock"),
    ("article", "The next week I will go to Rome.", "The next", "Next"),
    ("article", "The life is hard.", "The life", "Life"),
    ("article", "She goes to the school by bus.", "the school", "school"),
    ("word_choice", "My friend who he lives in Rome is a cook.", "who he", "who"),
    ("noun_number", "My hairs are long.", "My hairs are", "My hair is"),
    ("noun_number", "The furnitures are old.", "furnitures are", "furniture is"),
    ("noun_number", "These informations are useful.", "These informations are", "This information is"),
    ("noun_number", "Many informations are wrong.", "Many informations are", "Much information is"),
    ("noun_number", "There is many informations here.", "many informations", "much information"),
    ("noun_number", "These car is expensive.", "These car", "This car"),
    ("noun_number", "This people is nice.", "This people is", "These people are"),
    ("noun_number", "That books are old.", "That", "Those"),
    ("verb_form", "I must to went.", "must to went", "must go"),
    ("verb_form", "I came here for learn English.", "for learn", "to learn"),
    ("tense", "I have see him yesterday.", "have see", "saw"),
    ("tense", "In 2015 I finish school.", "finish", "finished"),
    ("word_order", "He go always by car.", "go always", "always goes"),
    ("word_order", "Can you tell me what means this word?", "means this word", "this word means"),
    ("noun_number", "This peoples are nice.", "This peoples", "These people"),
    ("comparison", "We have more good books than before.", "more good", "better"),
    ("agreement", "One of my friends are ill.", "are", "is"),
    ("agreement", "There are snow in winter.", "are", "is"),
    ("verb_form", "The bag was stealed.", "stealed", "stolen"),
    ("verb_form", "He has breaked it.", "breaked", "broken"),
    ("verb_form", "Did you goed there?", "goed", "go"),
    ("verb_form", "They are think so.", "are think", "think"),
    ("negation", "I am not afford to pay.", "am not afford to", "can't afford to"),
]
RIGHT = """
One day last week, it was raining.
My desk is not a study desk.
There are water bottles on the table.
The place is right next door.
We work like doctors do in films.
He works like a horse.
I lost the train of thought.
They are like football fans.
She is having a baby.
The boxes have cold air in them.
My brother she loves lives here.
The friend he works with is here.
My wife, she works in a bank.
I was called him by mistake.
Those who don't can leave.
What I don't is my own affair.
Were he here, he would tell you.
You think it is late, isn't it?
I'll be in tomorrow.
How did you get on yesterday?
Is he like his father?
Are you like me?
I prefer walking to driving.
The next week I was ill.
The last week I was there it rained.
The life of a nurse is hard.
In 2015 I had a job.
These book shops are open.
That news is old.
I am going to swimming lessons.
We have enough old chairs.
He came the day before to help us.
It is on every desk.
It was put in last month.
We handed it in yesterday.
I was just in last night.
All that we want that we do not need is expensive.
She went to the school where I work.
Do it now.
Don't you agree?
Isn't he lovely?
Why don't you come?
Why he left is a mystery.
I have so nice a house.
Do some photos look better in black?
Did some photos get lost?
Do many photos help?
I did some photo editing.
I want to do a photo shoot.
Is it like this?
Is it like school?
Is she like music to you?
Are you like football fans?
Are they like cats?
Was it study time?
Is it work or play?
Are they work clothes?
He has, isn't it?
She's finished, isn't it?
He put sugar in my tea, isn't it?
I went to the school by the river.
I went to the school with my mother.
He went to the school every morning to repair the roof.
Where they can't go is unknown?
I get up at 16 hours.
The level peaked at two hours.
I never didn't see him.
He is like music.
They are like animals.
""".strip().split("\n")


@pytest.mark.parametrize(("kind", "sentence", "original", "suggestion"), WRONG)
def test_a_slip_is_found_named_and_put_right(kind: str, sentence: str, original: str, suggestion: str) -> None:
    found = [(one.kind, one.original, one.suggestion) for one in evaluate.corrections(sentence)]
    assert found == [(kind, original, suggestion)]


@pytest.mark.parametrize("sentence", RIGHT)
def test_what_looks_like_one_is_left_alone(sentence: str) -> None:
    assert evaluate.corrections(sentence) == ()
