"""Questions to the tutor about itself, its opinion or its advice: an honest answer, and the question asked back.

“Do you like dogs?” is answered and followed by “And you? Do you like dogs?”, unless the learner has told that.
"""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Callable

from language.tutor import followups

Answer = Callable[[re.Match[str], str], tuple[str, str]]
"""From the match and the band to the answer and a question, which may be empty."""

_END = r"\s*\W*$"
_NEXT = {
    "A": "What is good about it, and what is bad?",
    "B": "What speaks for it, and what against it?",
    "C": "What speaks for it, what against it, and which of the two weighs more?",
}
_CHOSEN = {
    "subject": "English", "language": "English", "word": "“cosy”", "book": "a dictionary", "letter": "E", "colour": "green",
    "color": "green", "food": "soup, because the word is so short", "animal": "the parrot", "season": "spring", "day": "today",
    "number": "seven", "game": "a word game", "sport": "chess", "topic": "people", "tense": "the present",
}  # fmt: skip
_LETTER = "You could begin with “Dear Sir or Madam, I am writing to …” and then say in one sentence what it is about; end it with “I look forward to your reply”."
_ADVICE = "I can't decide that for you, but we can think about it together."
_TWICE = re.compile(r"\b(?:ever|never|really|also|often|sometimes|still|usually|always|too)\b ?")


def answer(text: str, band: str) -> tuple[str, str] | None:
    """The answer to the message's question and a question to go on with (or empty); None when it asks nothing of these."""
    sentence = _asked(text)
    if not sentence or len(sentence) > 200:
        return None
    for pattern, made in _ROWS:
        if (match := pattern.search(sentence)) is not None:
            return made(match, band)
    return None


def _asked(text: str) -> str:
    """The last sentence that is a question."""
    parts = re.split(r"(?<=[.!?])\s+", text.strip())
    found = [one for one in parts if one.endswith("?")]
    last = found[-1] if found else parts[-1]
    last = re.sub(
        r"^(?:(?:and you(?=,)|and|anyway|so|but|well|ok|okay|by the way|hello|hi|hey|thank you|thanks|yes|no|sorry|please|then|now)\b[\s,!.]*)+",
        "",
        last,
        flags=re.I,
    )
    return (
        last
        if found or re.match(r"\W*(?:tell|do|are|what|how|why|can|should|where|which|who|ask)\b", last, re.I)
        else ""
    )


def _you(text: str) -> str:
    """What the learner said of “me” and “my”, said to the learner; “your” is the tutor's and becomes the learner's too."""
    return followups.to_you(text.strip(" ?!.,"))


def _fixed(said: str, back: str = "") -> Answer:
    return lambda _match, _band: (said, back)


def _do_you(match: re.Match[str], _: str) -> tuple[str, str]:
    verb, rest = match.group(1).lower(), _TWICE.sub("", match.group(2).strip(" ?!."))
    if re.search(r"\b(?:i|me|my)\b", rest, re.I):
        return "I'm a program, so I can't say much about that.", ""
    thing = f" {rest}" if rest else ""
    if verb in {"have", "got"}:
        said = f"No, I'm only a program, so I don't have{thing}."
    elif verb in {"like", "love", "enjoy", "prefer", "hate"}:
        said = "I'm only a program, so I like and hate nothing."
    else:
        said = f"No, I'm only a program, so I don't {verb}{thing}."
    if verb in {"sleep", "live", "feel", "get", "want", "believe", "use", "go"}:
        return said, ""
    said = re.sub(r"\bdon['’]t (\w+) (?:any|some)\b", r"don't \1 any", said)
    return said, f"And you? Do you {verb}{thing}?"


def _favourite(match: re.Match[str], _: str) -> tuple[str, str]:
    thing = match.group(1).strip(" ?!.")
    who = "Who" if re.match(r"\W*who", match.group(), re.I) else "What"
    chosen = _CHOSEN.get(thing.lower().split()[-1], "")
    said = (
        f"I'm a program, but if I had to choose: {chosen}."
        if chosen
        else f"I'm a program, so I have no favourite {thing}."
    )
    return said, f"And you? {who} is your favourite {thing}?"


def _opinion(match: re.Match[str], band: str) -> tuple[str, str]:
    thing = _you(match.group(1))
    if not thing or thing.lower() in {"it", "that", "this"}:
        return "I have no opinion of my own; I'd rather help you to say yours.", _NEXT[band]
    return (
        "I'm a program and have no opinion of my own, but I'd like to hear yours.",
        f"What do you think about {thing}?",
    )


def _advised(match: re.Match[str], band: str) -> tuple[str, str]:
    del match
    return _ADVICE, _NEXT[band]


def _kin(match: re.Match[str], _: str) -> tuple[str, str]:
    whose = match.group(1).lower()
    several = whose in {"children", "kids", "parents"}
    back = "" if whose in {"children", "kids", "parents", "family"} else "a "
    return f"I'm a program, so I have no {whose}.", f"And you? Do you have {'a family' if several else back + whose}?"


def _can_you(match: re.Match[str], _: str) -> tuple[str, str]:
    rest = followups.to_you(match.group(1).strip(" ?!."))
    return (
        f"No, I can't {rest}: I'm only a program for practising English.",
        f"And you? Can you {rest}?" if " you" not in f" {rest}" else "",
    )


_VERBS = r"(have|like|love|enjoy|prefer|hate|eat|drink|sleep|play|read|watch|cook|travel|dream|work|study|drive|swim|dance|sing|listen|go|get|want|feel|believe|miss|smoke|wear|live|use|celebrate)"
_ROWS: tuple[tuple[re.Pattern[str], Answer], ...] = tuple(
    (re.compile(pattern, re.I), made)
    for pattern, made in (
        (rf"^(?:why|why not|how so){_END}", _fixed("I ask because I'd like to know more about you, and because it makes you speak English. You needn't answer everything.")),
        (r"\bisn['’]?t (?:it|that|this)\b(?= .{8,}\?)", _fixed("You have a point there, and as a program I have no side of my own.", "How would you put it yourself?")),
        (r"^(?:what|who)(?:['’]s| is| are| was) your favou?rite ([\w ]{2,30}\w)\W*$", _favourite),
        (r"^where (?:do|are) you (?:live|come from|from)\b", _fixed("I'm a program, so I live in a computer.")),
        (r"^(?:and )?(?:where|who|how|how old|what)(?: is|['’]s| are) your (wife|husband|boyfriend|girlfriend|son|daughter|mother|father|brother|sister|children|kids|parents|family|dog|cat)\b(?! name)", _kin),
        (r"^how old are you\b|\bwhen (?:is your birthday|were you born)\b", _fixed("I'm a program, so I have no age and no birthday.")),
        (r"^(?:do|can) you (?:also |really )?(?:speak|understand|know) (?:any |an)?(?:other languages?|another language|(?!me\b|what\b|how\b|if\b|where\b|it\b|that\b|about\b|the\b|this\b)[A-Z]\w+)", _fixed("No, I speak only English. That is good for your practice.")),
        (r"^(?:do|can) you (?:really )?(?:understand|hear) me\b", _fixed("Most of the time, yes. When I don't, try it with other words.")),
        (r"\bwhat (?:do you do(?: for (?:a living|work))?|is your (?:job|work|profession))\W*$", _fixed("My job is to practise English with you.")),
        (r"\bwhat (?:are you|do you) (?:doing|do) (?:today|now|tonight|at the weekend|in your free time)\b", _fixed("I'm a program: when nobody writes to me, I do nothing at all.", "And you? What do you do when you have nothing to do?")),
        (r"\b(?:what (?:day|date|time)\b.*|which day .*)\?", _fixed("I have no clock and no calendar here, so I can't tell you.")),
        (r"\bhow (?:should|can|do|could|would) (?:i|we|you) (?:begin|start|write|end|finish) (?:an?|the|my|this) (?:\w+ ){0,2}(?:letter|e-?mail|message|complaint|application)\b", _fixed(_LETTER, "What do you want to say in it?")),
        (r"\bdo you think (?:that )?(?:i|we|it|he|she|they|this|that|my \w+)\b(.*)", _advised),
        (r"\bdo you think (?!about\b|of\b)(?:that )?\w+ \w+", _advised),
        (r"^(?:what )?(?:should|shall|must) (?:i|we) (?!say|write|use|call|pronounce|spell|put)\b(.+)", _advised),
        (r"\bwhat (?:would you (?!like|say|prefer|call)\w+|do you (?:suggest|advise|recommend)|is your advice)\b", _advised),
        (r"\bwhat do you think (?:about|of) (.+)", _opinion),
        (r"\bwhat(?:['’]s| is) your (?:opinion|take|view|position|stance) (?:about|on|of) (.+)", _opinion),
        (r"\bask me (?:some |a few |more |another |a )?(?:\w+ )?questions?\b", _fixed("With pleasure. Answer in two or three sentences, as in an exam.")),
        (r"\bwhat (?:do you think|is your (?:opinion|view))(\W*)$", _opinion),
        (rf"^do you (?:ever |never |also |really |often |sometimes )?{_VERBS}\b(?! (?:to|more|it|that|this|me)\b)([^?]*)\?", _do_you),
        (r"^have you (?:ever )?(?:been|got|seen|read|eaten|tried|had|visited)\b", _fixed("No, I'm only a program, so I have never been anywhere or tried anything.", "And you?")),
        (r"^(?:did|have|were|had|will|would) you (?!like\b|say\b|mind\b|please\b|agree\b|correct\b|help\b|recommend\b)[^?]*\?", _fixed("I'm only a program, so I do nothing and go nowhere, but I like to hear about it.")),
        (r"^are you (?:married|single|tired|happy|sad|hungry|busy|ok|okay|well|fine|angry|bored)\b", _fixed("I'm a program, so I feel nothing, but thank you for asking.", "And how are you?")),
        (r"^can you (swim|dance|sing|cook|drive|play [\w ]+|see|hear|draw|read [\w ]+)\W*$", _can_you),
        (r"\bwhat do you know about\b", _fixed("Very little: I have a dictionary and a grammar, but no encyclopedia.")),
        (r"\bwhat (?:should|can|shall) (?:i|we) (?:talk|speak) about\b", _fixed("Whatever you like: your day, your family, your work, a film, a plan.")),
        (r"\btell me (?:a|another) story\b", _fixed("I know only short ones: a student was afraid to speak, spoke every day for ten minutes, and after a year she dreamt in English.", "What is your story with English?")),
        (r"\btell me (?:something )?about (?:you|yourself)\b", _fixed("There isn't much: I'm a program, I know rules and words, and I'm never tired.", "And you? What should I know about you?")),
    )
)  # fmt: skip
