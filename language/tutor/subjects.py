"""What is talked about: a subject that the learner names, asks to change or does not want to speak about."""

# ruff: noqa: E501 - patterns read best on one line

import re
from dataclasses import replace

from language.tutor import corrections, followups, listening, requests, telling, thread, turns

_MARKS = ".:,;!?-"
SOMETHING_ELSE = "Would you like to talk about something nicer for a moment?"
_RATHER = {
    "A": "What do you want to talk about?",
    "B": "What would you rather talk about?",
    "C": "What would you rather talk about instead?",
}
_REFUSES = re.compile(r"(?:n['’]t|\bnot)\b|\bprivate\b|\bnone\b|\?", re.I)
_LATELY = re.compile(r",? (?:now|today|please|instead|with me)(?=\W*$)", re.I)
_RATHER_ABOUT = re.compile(
    r"[.?!]\s.*\b(?:rather|like to|want to|let['’]?s|prefer to) (?:talk|speak) about (.+)|[.?!]\s+(?:what|how) about (.+)",
    re.I,
)
_NICE = {
    "A": "What was nice this week?",
    "B": "What was the nicest thing that happened to you lately?",
    "C": "What has given you real pleasure lately?",
}


def refused(story: thread.Thread, band: str) -> list[str]:
    """The learner does not want to talk about something, or to play a scene."""
    if re.search(r"\b(?:play|scene|game|role\w*|practi[sc]e|dialogue)\b", story.last, re.I):
        return ["All right, no scene. We can just talk.", listening.question(story, band)]
    told = " ".join(one.strip() for one in turns.sentences(story.last) if not _REFUSES.search(one))
    if telling.of(told):
        begun = replace(story, last=told, told=(*story.told[:-1], told), said=(*story.said[:-1], told))
        return ["All right.", *listening.listen(begun, band)[1:]]
    asked = next((line for line in (_RATHER[band], SOMETHING_ELSE) if not story.was_said(line)), None)
    return ["That's all right, we needn't talk about it.", asked or listening.question(story, band)]


def take_up(subject: str, story: thread.Thread, band: str) -> list[str]:
    """The learner names what to talk about, and may have begun to."""
    if (named := _RATHER_ABOUT.search(subject)) is not None:
        subject = next(group for group in named.groups() if group)
    first, more = _parts(_LATELY.sub("", subject))
    plain = followups.to_you(first.strip(" .!?")).removesuffix(" instead").removesuffix(", please")
    known = thread.topic_of(first)
    if first and telling.of(first.lstrip(" :,.-")):
        more, plain = subject.lstrip(" :,.-"), ""
    if not plain and telling.of(more):
        begun = replace(story, last=more, told=(*story.told[:-1], more), said=(*story.said[:-1], more))
        return listening.listen(begun, band)
    if re.match(r"something|anything|another|other|$", plain, re.I):
        if telling.of(more):
            begun = replace(story, last=more, told=(*story.told[:-1], more), said=(*story.said[:-1], more))
            return ["All right.", *listening.listen(begun, band)[1:]]
        if (wished := requests.answer(more, story.asked)) is not None:
            return [wished, listening.question(story, band)]
        nice = re.search(r"\b(?:nice|nicer|good|happy|fun|positive|beautiful|lighter|cheerful)\b", plain) is not None
        asked = _NICE[band] if nice else _RATHER[band]
        if story.was_said(asked):
            asked = listening.question(story, band, listening.fresh_topic(story))
        return ["All right, something else.", asked]
    start = f"Good idea, let's talk about {plain if len(plain.split()) <= 5 or not known else known.name}."
    if telling.of(more):
        _, *rest = listening.listen(story, band)
        return [start, *corrections.comment(story.last, band), *rest[-1:]]
    if known is not None and len(re.sub(r"^(?:an?|the|my|your) ", "", plain).split()) <= 1:
        return [start, listening.question(story, band, known)]
    asked = {
        "A": f"What can you tell me about {plain}?",
        "B": f"What should I know about {plain}?",
        "C": f"Where shall we begin with {plain}?",
    }[band]
    return [start, *corrections.comment(story.last, band), asked]


def _parts(subject: str) -> tuple[str, str]:
    """What is named, and what is said after it: “something else? About food.” names food."""
    if (plain := subject.strip())[:1] in _MARKS:
        return "", plain.lstrip(f" {_MARKS}")  # “Let's change the topic. Do you …?”
    found = re.split(r"(?<=\w)[.!?]\s+", subject.strip(), maxsplit=1)
    first, more = found[0], found[1] if len(found) > 1 else ""
    named = re.match(r"(?:maybe |perhaps |for example |let['’]?s talk )?about (.+)", more, re.I)
    if named is not None and re.match(r"\W*(?:something|anything|another|other)\b", first, re.I):
        first, _, more = named.group(1).partition(". ")
    return first, more
