"""How the learner wants the talk to be: corrections only at the end, no questions, a listener, a pause, from the beginning.

What was wished holds until it is taken back; that it was wished is read from what the tutor has promised.
"""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence

from language.tutor import corrections, exercises, review, stage, turns
from language.tutor.turns import ChatTurn

HUSHED = "All right, I won't correct you while you talk. At the end, or when you ask “What mistakes did I make?”, I'll sum them up."
LOUD = "All right, from now on I correct you at once again."
QUIET = "All right, no more questions from me. Go on, I'm listening."
ASKING = "With pleasure, then I'll ask again."
_LATER = re.compile(
    r"(?<!\bi )(?<!\bwe )\bcorrect(?:ions?)?\b(?: (?:me|my|mistakes?|errors?|only|them|it|everything|all|the))* (?:at the (?:very )?end|afterwards?|later|after (?:the|our|this|that)|when (?:we|i) (?:finish|are done|am done|have finished))\b|\bonly (?:at the end|after|later)\b[^.?!]{0,20}\bcorrect"
    r"|(?<!\bi )(?<!\bwe )\b(?:don['’]?t|do not|stop|without|no(?: more)?|not|(?<!\byou )never)(?: to)? (?:correct(?:ing|ions?)?|interrupt(?:ing)?)(?: me| my \w+| every| each| all| small| little| mistakes?| the)*\b(?! sentence| answer)(?!.*\?)|\bcorrect me less\b|\bfewer corrections\b",
    re.I,
)
_AGAIN = re.compile(
    r"\b(?:you (?:can|may|should) )?correct me (?:again|now|always|at once|immediately|every time|directly)\b|\bcorrect (?:every(?:thing)?|all|each)\b",
    re.I,
)
_NO_QUESTIONS = re.compile(
    r"(?<!\bhave )(?<!\bhad )(?<!\bgot )(?<!\bwere )(?<!\bare )(?<!\bis )(?<!\bwas )\b(?:no|without|enough)(?: questions|(?: more| any| other) questions?)\b(?=\W*(?:$|[.!,;]|(?:please|any ?more|now|today|again|until|and|just|only)\b))|\b(?:stop|don['’]?t|do not)(?: to)? ask(?:ing)?(?: me)?(?: so many| any| more| these| all| this| again| other| stupid)* ?(?:questions?)?(?: any ?more| again| now)*\W*(?:$|please\b|[.!,])|\b(?:don['’]?t|do not) want (?:any |more |your |so many )*questions\b(?! about\b)|\b(?:fewer|less) questions\b",
    re.I,
)
_ASKS_AGAIN = re.compile(r"\b(?:you (?:can|may) )?ask me\b|\bask (?:a|some|more) questions?\b", re.I)
_SO_MANY = re.compile(
    r"\bwhy (?:do|are|must) you (?:always |only |just )*ask\w*\b[^.?!]{0,30}\?|\byou\b[^.?!]{0,20}\b(?:so|too) many questions\b|^\W*(?:(?:it|that|this)(?: is|['’]s) |(?:these|those|there) are )?(?:so|too) many questions\W*$",
    re.I,
)
_LISTEN = re.compile(
    r"(?:(?<!\bi )(?<!\bwe )\b(?:just|only|please) listen\b(?! to (?!me\b))|\b(?:just|only) want you to listen\b)|\blet me (?:just |first |please )*(?:talk|tell|finish|explain|speak|say)\b(?! (?:about|of)\b)|\bi (?:just |only |simply )(?:want|need|would like|['’]d like) to (?:tell|talk(?! about\b)|say|speak|explain)\b(?! (?:about the|you that)\b)|\bcan i (?:just |simply )?tell you (?:something|about my|a story|what)\b",
    re.I,
)
_STOP = re.compile(
    r"^\W*(?:(?:please|ok|okay|no|now|hey)\W+)*(?:stop|enough|that['’]?s enough)(?:[\s,]+(?:it|now|please|here|this|that))*\W*$",
    re.I,
)
_MAY_ASK = re.compile(
    r"^\W*(?:(?:and|so|but|please|ok|okay|hi|hello|excuse me|sorry)\W+)*(?:can|could|may) i ask (?:you )?(?:something|a question|one question|one thing|you|a thing)\W*$|^\W*i have (?:a|one|another)(?: \w+)? question(?: for you| please)*\W*$",
    re.I,
)
_GIVES_UP = re.compile(
    r"\bi(?:['’]m going to| want to| will)? give up\b(?=\W*$|[.!,]| (?:english|learning|now|this)\b)|\b(?:this|it|english|that)(?: is|['’]s) (?:too|so) (?:hard|difficult) for me\b|\bi(?: can['’]?t|['’]ll never) (?:do (?:this|it)|learn (?:this|it|english))\b",
    re.I,
)
_WORDS = re.compile(r"\b(?:stop|don['’]?t|do not|never)(?: to)? say(?:ing)? [\"“'‘]([^\"”'’]{2,40})[\"”'’]", re.I)
_LONGER = re.compile(
    r"\b(?:longer|more detailed|fuller) (?:answers?|texts?|explanations?|replies)\b(?! in\b)|(?:^\W*|\b(?:please|you) (?:please |also )?)(?:answer|write|say|tell me) more\b(?! about| of)",
    re.I,
)
_BEGS = r"^\W*(?:(?:please|can|could|may|shall|should|let['’]?s|let us|ok|okay|sorry|no|and|so|now|we|i|you|want to|would like to|['’]d like to|need to)\W+)*"
_RESTART = re.compile(
    rf"{_BEGS}(?:(?:again|once more)\W+)?from the (?:beginning|start)\W*(?:again|please|once more)?\W*$"
    rf"|{_BEGS}(?:start|begin|do|play|try|repeat)(?: (?:it|this|that|the scene|all|everything))?(?: (?:again|over|new|once more|one more time))?(?: from the (?:beginning|start)| again| over| new| once more| one more time)\W*(?:please|now)?\W*$",
    re.I,
)
_PAUSE = re.compile(
    rf"{_BEGS}(?:have|take|make|need) a (?:short |little |small )?(?:break|pause)(?: (?:now|here|please|for (?:a|one|two|five|ten) \w+))*\W*$",
    re.I,
)
_UNFINISHED = re.compile(
    r"^\W*(?:(?:wait|stop|hold on|no|sorry|please)\W+)*(?:i(?:['’]m| am) not (?:finished|done|ready)(?: yet)?|i have(?:n['’]?t| not) finished(?: yet)?|let me finish|not so fast|wait|i(?: did|['’]d)? not finish)\W*$",
    re.I,
)
_TALK = re.compile(r"^\W*(?:(?:no|let['’]?s|i want to|please|just|i prefer to)\W+)*talk(?: please)?\s*[.!,]+\s*", re.I)
_OTHERS = re.compile(
    r"\b(?:he|she|they|boss|teacher|people|my (?:wife|husband|mother|father|son|daughter|friend)s?)\b", re.I
)
_GOES_ON = (
    "Go on, I'm listening.",
    "I see. Tell me more.",
    "I'm listening.",
    "Yes, go on.",
    "I understand. And then …",
)
_LONGEST = 24


def stripped(history: list[ChatTurn]) -> list[ChatTurn]:
    """The history, the last message without “Wait, I'm not finished” or “Talk!” when it says more than that."""
    if not history or history[-1].role != "user":
        return history
    text = history[-1].content
    if len(history) > 1 and history[-2].content.endswith(exercises.DONE):
        text = _TALK.sub("", text) or text
    kept = [one for one in turns.sentences(text) if not _UNFINISHED.match(one)]
    text = "".join(kept).strip() or text
    return [*history[:-1], ChatTurn("user", text)]


def answer(history: Sequence[ChatTurn], *, playing: bool) -> str | None:
    """What the tutor promises or says to a wish for the way of talking; None when the last message is none."""
    text = history[-1].content
    if len(text.split()) > _LONGEST or _OTHERS.search(text):
        return None
    said = [one.content for one in history if one.role == "assistant"]
    if _LATER.search(text):
        return HUSHED
    if _AGAIN.search(text) and _promised(said, HUSHED, LOUD):
        return LOUD
    if playing:
        return "Of course. Tell me when we go on." if any(map(_PAUSE.search, turns.sentences(text))) else None
    return _of_talk(text, said)


def _of_talk(text: str, said: Sequence[str]) -> str | None:
    if _SO_MANY.search(text):
        return "I ask so that you speak a lot. Say “No more questions”, and I'll only listen."
    if _NO_QUESTIONS.search(text):
        return QUIET
    if _ASKS_AGAIN.search(text) and _promised(said, QUIET, ASKING):
        return ASKING
    if (match := _WORDS.search(text)) is not None:
        return f"You're right. No more “{match.group(1)}”: I'll choose other words."
    if _LISTEN.search(text):
        short = len(turns.sentences(text)) < 2
        return "Of course. I'm listening: tell me." if short else None
    if _STOP.match(text):
        return "All right, I stop. What would you like: to talk, an exercise or a scene?"
    if _MAY_ASK.match(text):
        return "Of course. What would you like to know?"
    if _GIVES_UP.search(text):
        return "It is hard, but you are writing English to me, and I understand you. Let's take one small step: tell me one thing that you did today."
    if _LONGER.search(text):
        return (
            "I'm a small program, so my answers are short. Ask me to explain a word or a rule, and I'll tell you more."
        )
    return None


def restarts(text: str) -> bool:
    """Whether the learner wants the scene from its beginning."""
    return len(text.split()) <= _LONGEST and any(map(_RESTART.search, turns.sentences(text)))


def kept(parts: Sequence[str], history: Sequence[ChatTurn], band: str, *, playing: bool) -> list[str]:
    """An answer as the learner wants it: without corrections, which come at the end, or without questions."""
    said = [one.content for one in history if one.role == "assistant"]
    left = [one for one in parts if one]
    if _promised(said, HUSHED, LOUD):
        left = [one for one in left if not corrections.is_comment(one)]
        if any(stage.ends(one) or one.startswith("Goodbye") for one in left):
            told = [one.content for one in history if one.role == "user"]
            left.append(review.answer([*told, "What mistakes did I make?"], band) or "")
    if not playing and _promised(said, QUIET, ASKING) and not any(map(exercises.is_asked, left)):
        left = [_without_questions(one) for one in left]
        if len(" ".join(left).split()) < 3:
            left.append(_GOES_ON[len(said) % len(_GOES_ON)])
    return left


def _without_questions(part: str) -> str:
    if not part.rstrip().endswith("?"):
        return part
    return "".join(one for one in turns.sentences(part) if not one.rstrip().endswith("?")).strip()


def _promised(said: Sequence[str], promise: str, taken_back: str) -> bool:
    """Whether the tutor has promised something and not taken it back since."""
    last = next((one for one in reversed(said) if promise in one or taken_back in one), "")
    return promise in last
