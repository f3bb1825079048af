"""Small things that learners ask for: a joke, a fact, a tongue twister, an idiom, a new word."""

# ruff: noqa: E501 - a table reads best with one line an entry

import re

_TABLE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\b(?:jokes?|(?:something|anything) (?:funny|to laugh)|make me (?:laugh|smile)|cheer me up)\b", (
        "Why did the student eat his homework? Because the teacher said that it was a piece of cake.",
        "A man asks a librarian for a book about silence. She only nods and points to the door.",
        "“Waiter, how long have you worked here?” “Since yesterday. I'm not the one who took your order.”",
        "My alarm clock and I had an argument this morning. It was right, and I was late.",
    )),
    (r"\b(?:tell|teach|give|say)(?: me)? (?:something|anything) (?:interesting|new|else)\b|\b(?:fun|interesting) facts?\b|\bsurprise me\b", (
        "The letter E is the commonest one in English. Try to write a sentence without it: it is hard.",
        "“Goodbye” was once a whole sentence: “God be with you”.",
        "English has a word for the day after tomorrow, “overmorrow”, but nobody uses it any more.",
    )),
    (r"^(?:\W*\w+){0,7}\W*\b(?:riddles?|brain ?teasers?)\b(?!.*\b(?:was|were|film|book)\b)", (
        "What has a face and two hands, but no arms? A clock.",
        "What gets wetter the more it dries? A towel.",
        "What has many teeth and never eats? A comb.",
    )),
    (r"\btongue ?twisters?\b", ("Try this one, three times and fast: “Six slim sailors sip sixty cups of soup.”",)),
    (r"\b(?:teach|give|tell) me (?:an?|some|another) (?:new |good |useful )?(?:idioms?|expressions?|phrases?|sayings?|proverbs?)\b", (
        "“It's a piece of cake” means that something is very easy.",
        "“To be on the same page” means to understand a thing in the same way.",
        "“Better late than never” is what one says to somebody who comes late.",
    )),
    (r"\b(?:teach|give|tell) me (?:an?|some|another) (?:new |good |useful |difficult )?words?\b", (
        "Here is a useful one: “reliable”. A reliable person does what they promise.",
        "Here is a nice one: “cosy”. A cosy room is warm and comfortable.",
        "Here is a good one: “to hesitate”. It means to wait a moment because you are not sure.",
    )),
)  # fmt: skip
_TOLD = re.compile(r"\b(?:was|is|it['’]s|that['’]s|were) (?:only |just )?(?:an? )?jok(?:e|ing)\b", re.I)
_ROWS = [(re.compile(pattern, re.I), lines) for pattern, lines in _TABLE]
_LAST = "I have told you all that I know of that kind."


def answer(text: str, said: str) -> str | None:
    """What the learner asks for, not told before; None when the message asks for nothing of the kind. `said` is all that
    the tutor has said, in lower case."""
    if len(text.split()) > 14 or _TOLD.search(text):
        return None
    for pattern, lines in _ROWS:
        if pattern.search(text):
            return next((line for line in lines if line.lower() not in said), _LAST)
    return None
