"""Both sides of common questions, for learners who ask what the tutor thinks: it has no view of its own, but knows what people say."""

# ruff: noqa: E501 - a table reads best with one line an entry

import re
from collections.abc import Sequence

from language.tutor.wording import by

_ASKS = re.compile(
    r"\b(?:what(?: is|['’]s) your (?:take|view|opinion|position|stance)|what do you think(?! (?:i|we|he|she|they|my)\b)|what are your (?:thoughts|views)|(?:do|don['’]t) you (?:agree|think so|think that)|would you (?:agree|say)|where do you stand|how do you see (?:it|that|this)|are you (?:for|against))\b",
    re.I,
)
_TABLE: tuple[tuple[str, str, str], ...] = (
    (r"\b(?:remote|home office|from home|commut\w+)\b", "working from home saves time and nerves", "people learn more from each other in the same room"),
    (r"\bsocial media|instagram|tiktok|facebook\b", "social media keep friends together", "they steal time and make people compare themselves"),
    (r"\b(?:phones?|smartphones?|screens?)\b", "a phone is a library in one's pocket", "it is hard to think with something that rings all day"),
    (r"\b(?:shopping|shops?|cafés?|cafes?|city cent(?:re|er)s?|suburbs?)\b", "the centre lives from people who come every day", "small places near home would gain what the centre loses"),
    (r"\b(?:city|cities|countryside|village|town)\b", "a city offers work and culture", "the country offers quiet and clean air"),
    (r"\b(?:cars?|bikes?|bicycles?|buses|public transport|traffic)\b", "a car means freedom", "streets with fewer cars are safer and quieter"),
    (r"\b(?:meat|vegetarian\w*|vegan\w*)\b", "eating less meat is good for animals and the climate", "everybody should decide for themselves what they eat"),
    (r"\b(?:robots?|artificial intelligence|ai|machines|computers?|technology)\b", "machines take over what is boring", "people lose skills and jobs to them"),
    (r"\b(?:touris\w+|travel\w*|flights?|flying)\b", "travelling opens the mind", "too many visitors change the places that they love"),
    (r"\b(?:homework|schools?|uniforms?|marks|grades|exams?|teachers?|pupils?)\b", "rules and practice help the weaker pupils", "children learn best what they choose themselves"),
    (r"\b(?:children|kids|parents|teenagers|family)\b", "children need clear rules", "they need trust and freedom more than rules"),
    (r"\b(?:money|rich|salary|rent|prices|housing)\b", "money buys safety, and with it some happiness", "above a certain sum it changes little"),
    (r"\b(?:climate|environment|plastic|energy|pollution)\b", "everybody has to change their habits", "only laws and industry can make the difference"),
    (r"\b(?:sports?|football|olympic\w*)\b", "sport brings people together", "there is too much money in it"),
    (r"\b(?:films?|movies?|books?|novels?|series|reading)\b", "a book lets you make your own pictures", "a good film says in two hours what a book says in ten"),
    (r"\b(?:languages?|english|dialects?|grammar)\b", "everybody should learn a second language", "machines will soon translate everything"),
    (r"\b(?:pets?|dogs?|cats?|zoos?|animals?|bees?)\b", "living with animals makes people kinder", "animals belong outside and not in our homes"),
    (r"\b(?:jobs?|work|careers?|boss|company|promotion)\b", "a good job is worth a lot of time", "work should never come before health and family"),
    (r"\b(?:art|museums?|theatre|music|pottery|painting)\b", "art is for everybody and should cost nothing", "good artists have to be paid by those who enjoy it"),
    (r"\b(?:health|hospital|doctors?|smoking|alcohol)\b", "the state should protect people from bad habits", "grown-ups should decide for themselves"),
    (r"\b(?:food|cooking|restaurants?)\b", "a meal at home is healthier and brings people together", "cooking takes time that few people have"),
)  # fmt: skip
_ROWS = [(re.compile(pattern, re.I), first, second) for pattern, first, second in _TABLE]
_RECENT = 4


def answer(said: Sequence[str], band: str) -> tuple[str, tuple[str, ...]] | None:
    """Both sides of what the last messages are about, and the questions that may follow; None when no view is asked
    for, or the subject is not known."""
    if not said or "?" not in said[-1] or _ASKS.search(said[-1]) is None:
        return None
    recent = said[-_RECENT:]
    counted = [
        (2 * bool(row[0].search(said[-1])) + sum(bool(row[0].search(text)) for text in recent), -at)
        for at, row in enumerate(_ROWS)
    ]
    most, at = max(counted)
    if not most:
        return None
    _, first, second = _ROWS[-at]
    line = f"I'm a program without a view of my own. Some people say that {first}; others say that {second}."
    return line, (
        by(band, "Who is right?", "Which side are you on?", "Which of the two comes closer to your own experience?"),
        by(band, "And what do you think?", "Where do you stand yourself?", "What would you add to that?"),
    )
