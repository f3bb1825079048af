"""What the tutor says when the learner asks something about the tutor or the world instead of the language."""

# ruff: noqa: E501 - a table reads best with one line an entry

import re

_TABLE: tuple[tuple[str, str], ...] = (
    (r"\b(?:not (?:really )?(?:answering|listening)|(?:generic|superficial|empty|random|meaningless|pointless|useless) (?:questions?|answers?|replies|phrases)|something of substance|say something (?:real|meaningful|substantial)|don['’]?t listen|same question|you(?:['’]re| are) (?:boring|stupid|not helpful)|(?:keep|always|why do you) (?:chang\w+ the (?:subject|topic)|ask\w* (?:me )?(?:other|new|random|strange) things)|you (?:have )?changed? the (?:subject|topic)|ignor(?:e|ed|ing) (?:me|what i)|that(?:['’]s| is) not what i)\b",
     "You're right, and I'm sorry. I'm a simple program, and I sometimes miss the point."),
    (r"\byou(?:['’]ve| have)? (?:already )?(?:asked|said|told)(?: me)? (?:that|this|it|the same)\b(?: before| already)?",
     "You're right, and I'm sorry. Let's take another question."),
    (r"\b(?:like|want|need|let['’]?s|can we)(?: to)? (?:work on|improve|practi[sc]e|learn|study|do|revise)(?: some| a bit of| more)?(?: my| the| new| english)* (?:vocabulary|grammar|words|pronunciation|tenses|spelling|idioms|phrasal verbs)\b",
     "Of course. Ask me for a word, for the difference between two words or for a point of grammar, and I'll explain it."),
    (r"\b(?:you can['’]?t just|you must have an opinion|that(?:['’]s| is) (?:no|not an) answer|answer (?:me|my question))\b",
     "Fair point, but I'm a program: I have rules and words, and no views of my own."),
    (r"(?<!was a )(?<!only a )(?<!just a )(?<!is a )(?<!it['’]s a )\bjoke\b", "Why did the student eat his homework? Because the teacher said that it was a piece of cake."),
    (r"^\W*(?:(?:please|can you|could you)\W+)*help me\b|\b(?:can|could) you help me\b|\bmy homework\b.*\?", "Of course. Write to me what you want to say, one sentence after the other, and I'll check each of them."),
    (r"\b(?:can|could|will|would) you (?:please )?(?:lend|give|buy|send|show|open|call|bring|book|pay|drive|cook|make|come|meet|marry)\b",
     "I'm only a program, so I can't do that, but you asked politely."),
    (r"^\W*what['’]?s up\W*$", "Not much: I'm a program, so every day is the same to me."),
    (r"\b(?:what|how) about you\b|\band you\s*\?|\bhow are you\b",
     "Thank you for asking. I'm a program, so nothing happens to me, but I like to hear about your day."),
    (r"\b(?:what do you think|your opinion|do you agree|would you say)\b",
     "I have no opinion of my own; I'd rather help you to say yours."),
    (r"\b(?:do you (?:like|love|have|eat|play|live|know|speak)|have you (?:ever )?|can you (?:cook|dance|sing|swim|see|hear)|where do you live|how old are you|are you (?:married|tired|happy|from))\b",
     "I'm only a program, so there is not much to tell about me. You are more interesting."),
    (r"\b(?:weather|temperature|news|president|capital|score|price|population|what time is it)\b[^.!]*\?|\b(?:who won|what time is it|how far is|when was|who invented)\b",
     "I can't look that up: I work without the internet."),
)  # fmt: skip
_ROWS = [(re.compile(pattern, re.I), reply) for pattern, reply in _TABLE]


def answer(text: str) -> str | None:
    """The honest answer to a question for the tutor; None when there is none in the message."""
    return next((reply for pattern, reply in _ROWS if pattern.search(text)), None)
