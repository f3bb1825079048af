"""How the tutor listens: a reaction to what was told, and the question that goes on from it, or back to what was told before."""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Iterator

from language import tokens
from language.lexicon.listed import listed
from language.tutor import (
    corrections,
    echoing,
    followon,
    followups,
    memory,
    mourning,
    people,
    perspective,
    pickup,
    probing,
    recall,
    remarks,
    sympathy,
    telling,
    thread,
    topics,
    wording,
)
from language.tutor.memory import Memory
from language.tutor.telling import Telling

_LATE = ("That's a good reason.", "I'd like to know more about")
"""Reactions of patterns that say less than what a statement itself gives to ask."""
_SHORT_ANSWER_WORDS, _SHORT_NEWS_WORDS, _MOST_BACK = 3, 8, 12
_MORE = "Would you like to tell me more about it?"
_ELSE = {
    "A": ("Another question:", "And now something else:", "One more question:"),
    "B": ("Let me ask you something else.", "Let's go on to something else.", "Here is another question."),
    "C": ("Let me turn to something else.", "Allow me a change of subject.", "On another note:"),
}
_SAY_MORE = "Try to say a little more: use a whole sentence and add “because”."
_SPORT = r"football|soccer|tennis|basketball|volleyball|swim|run\b|running|yoga|gym|cycling|sport|ski|dance|match|team|hockey|baseball|cricket"
_NEEDS = {
    "How did you start doing that sport?": _SPORT,
    "Do you play or do you watch?": _SPORT,
    "Who is your favourite player?": r"football|soccer|tennis|basketball|volleyball|hockey|baseball|cricket",
    "What do you study?": r"study|student|universit|college|school",
    "When do you start work?": r"\bwork|\bjob|\boffice",
    "Do you like your work?": r"\bwork|\bjob|\boffice",
    "Who do you work with?": r"\bwork|\bjob|\boffice",
}
"""Questions that make sense only when their subject was named."""
_TOLD_BY = {
    "How many people are in your family?": r"\byour (?:\w+ )?(?:wife|husband|sons?|daughters?|children|kids|brothers?|sisters?)\b",
    "What is your job?": r"\byou (?:work|study)\b|\byou(?: are|['’]re) (?:an? )?(?:\w+ )?(?:\w+(?:er|or|ist|ian)|nurse|student|pupil|retired|unemployed)\b",
    "What sport do you like?": _SPORT,
    "Do you have brothers or sisters?": r"\b(?:brothers?|sisters?)\b",
    "What music do you like?": r"\b(?:jazz|rock|pop|piano|guitar|cello|violin|music)\b",
    "What do you like to do in your free time?": r"\byou (?:like|love|enjoy)\b|free time",
}
"""Questions that are answered by any of these words."""
_TAKES_BACK = re.compile(
    r"\b(?:sorry,? i (?:lied|made a mistake|was wrong)|i lied|that was (?:wrong|not true|a lie)|i (?:said|wrote) (?:it|that) wrong|actually,? (?:i don['’]?t|that['’]?s not))\b",
    re.I,
)
_EVENTS = listed(
    "go see drop meet come find lose fall take give get arrive run buy tell say break roll leave call open stop start cry laugh shout eat drink "
    "cook play watch work sleep dance swim walk visit talk ask answer travel pay listen sing"
)
_WELL = re.compile(
    r"^\W*(?:i(?:['’]m| am) )?(?:very |so |really )?(?:fine|good|well|great|ok|okay|happy|super|not bad)\b", re.I
)
_AGAIN = ("You told me that", "Earlier you said that", "You also told me that")
_UNFIT = re.compile(
    r"^your \w+ to\b|\b(?:it|that|this|these|those|there|them|him|her|here|one|vocabulary|grammar|english|words?|sentences?|mistakes?|practi[sc]e|role|scene|discuss|talk|pains?|bleed\w*|blood|ambulance|emergency|fever|chest|unconscious|breath\w*)\b",
    re.I,
)
"""What is not clear, or not worth a question, some turns later."""
_STORY = re.compile(
    r"\b(?:yesterday|last (?:night|week|weekend|month|year|summer|\w+day)|(?:days?|weeks?|months?|years?) ago|once|happened)\b",
    re.I,
)
_HABIT = re.compile(r"\b(?:every|always|usually|often|sometimes|never|now|a lot)\b", re.I)
_ABLE = re.compile(r"\b(?:can|can['’]?t|cannot|must|will|want|like|don['’]t)\b", re.I)
_THEN = re.compile(r"^\W*(?:and )?(?:then|suddenly|after that|next|later|finally|in the end)\b", re.I)
_NEXT = {
    "A": ("What happened then?", "And after that?"),
    "B": ("And what happened next?", "How did it go on?"),
    "C": ("And where did that lead?", "How did it end?"),
}
_ANSWERED_BY = {
    "What is your name?": "name",
    "Where are you from?": "home",
    "Where do you live?": "home",
    "What is your job?": "job",
    "What do you like to do in your free time?": "likes",
}


def listen(story: thread.Thread, band: str) -> list[str]:
    """React to what was told, its errors said back right, and go on from it."""
    known = memory.read(story.told)
    recast = corrections.recast(story.last, known.latest, band)
    said = corrections.corrected(story.told[-1] if story.told else story.last)
    news = next(iter(followups.feelings(said, band)), None)
    if news is not None and not is_known(news.question, story):
        reaction = news.reaction if not story.was_said(news.reaction) else remarks.acknowledge(story, band)
        return [*recast, reaction, news.question]
    if (memory_of := mourning.find(story, band)) is not None:
        return [*recast, memory_of.reaction, memory_of.question]
    start = recast or [_reaction(known, story, band)]
    following = next(_following(known, said, story, band), "")
    if following:
        reaction, _, line = following.rpartition("\n")
        return [*(recast or [reaction or start[0]]), line]
    if "sorry" in story.answered and len(tokens.letters(story.last)) <= _SHORT_NEWS_WORDS and not story.was_said(_MORE):
        return [*(recast or ["I understand."]), _MORE]
    return _without(start, known, story, band)


def _without(start: list[str], known: Memory, story: thread.Thread, band: str) -> list[str]:
    """What to say when nothing is to be asked about the last message itself."""
    fragment = not telling.of(story.told[-1] if story.told else "")
    before = next(_of_previous(known, story, band), "") if fragment else ""
    if before:
        return [*start, before]
    probe = "" if remarks.looks_away(story) else echoing.question(story, band) or probing.question(story, band)
    if probe:
        return [*start, probe]
    short = len(tokens.letters(story.last)) <= _SHORT_ANSWER_WORDS and story.told[-1:] == story.said[-1:]
    if short and story.turns > 1 and not story.was_said(_SAY_MORE) and "?" not in story.last:
        start = [*start, _SAY_MORE]
    return [*start, question(story, band)]


def _following(known: Memory, said: str, story: thread.Thread, band: str) -> Iterator[str]:
    """Questions about the last message, some with a reaction of their own before a line break."""
    latest = known.latest
    if band == "A" and _is_story(story) and any(_is_plain(one) for one in latest):
        yield from (line for line in _NEXT[band] if not story.was_said(line))
        latest = tuple(one for one in latest if not _is_plain(one))
    for line in (*people.opinions(latest, band), *followon.questions(latest, known, band)):
        if _is_open(line, story):
            yield line
    special = [one for one in followups.find(said, band) if _is_open(one.question, story)]
    for one in special:
        if not one.reaction.startswith(_LATE):
            yield _with_reaction(one, story)
    if _THEN.match(story.last):
        yield from (line for line in _NEXT[band] if not story.was_said(line))
    whole = telling.of(story.told[-1] if story.told else "")
    for line in (*people.judged(whole, band), *pickup.questions(latest or whole, band)):
        if _is_open(line, story):
            yield line
    for line in people.persons(latest, known, band):
        if _is_open(line, story):
            yield line
    for one in special:
        yield _with_reaction(one, story)


def _with_reaction(one: followups.Followup, story: thread.Thread) -> str:
    reaction = "" if story.was_said(one.reaction) or remarks.introduces(story.last) else one.reaction
    return f"{reaction}\n{one.question}"


def _is_story(story: thread.Thread) -> bool:
    """Whether something past is being told, though the verb may stand in the present."""
    told = " ".join(story.said[-5:])
    return bool(_STORY.search(told)) and not _HABIT.search(story.last) and not _ABLE.search(story.last)


def _is_plain(one: Telling) -> bool:
    """Whether the verb is a simple present, which beginners use for the past, too."""
    return one.tense == "present" and one.verb in _EVENTS


def _of_previous(known: Memory, story: thread.Thread, band: str) -> Iterator[str]:
    """Questions about the message before a fragment, which says more about it."""
    earlier = memory.read(story.told[:-1])
    told = tuple(one for one in earlier.latest if not one.negated)
    for line in (
        *followon.questions(told, known, band),
        *pickup.questions(told, band),
        *people.persons(told, known, band),
    ):
        if _is_open(line, story):
            yield line


def _is_open(line: str, story: thread.Thread) -> bool:
    again = story.answered.rsplit(". ", 1)[-1].split()[:4] == line.split()[:4]
    return (
        not again and not wording.is_bare(line) and not remarks.is_untimely(line, story) and not is_known(line, story)
    )


def _reaction(known: Memory, story: thread.Thread, band: str) -> str:
    if story.answered.endswith("How are you today?") and _WELL.search(story.last):
        return "I'm glad to hear that."
    moved = next((one for one in known.latest if one.who == "you" and one.verb == "move" and one.tense == "past"), None)
    if moved is not None and moved.places and moved.places[0][3:4].isupper():
        return f"So now you live {followon.there(moved.places[0])}."
    if _TAKES_BACK.search(story.last):
        return "No problem, now I know it right."
    if story.told and story.told[-1] != story.said[-1] and known.latest:
        one = known.latest[0]
        if one.text and len(one.text.split()) <= _MOST_BACK and not corrections.find(one.sentence):
            return f"So {one.text}."
    if known.latest:
        return remarks.reaction(known.latest, story, band)
    return remarks.acknowledge(story, band)


def question(
    story: thread.Thread, band: str, topic: topics.Topic | None = None, *, opener: bool = False, besides: str = ""
) -> str:
    """A question not asked before: back to what was told earlier, of the topic, of others, or an invitation."""
    wished = topic is not None
    if not wished and not opener and (back := _back_to(story, band, besides)):
        return back
    topic = topic or (None if opener else story.topic)
    if topic is None:
        for line in topics.OPENERS[band]:
            if not is_known(line, story):
                return line
    ordered = [topic] if topic else []
    start = story.turns % len(topics.TOPICS)
    ordered += [*topics.TOPICS[start:], *topics.TOPICS[:start]]
    for one in ordered:
        for line in one.questions[band]:
            if not is_known(line, story):
                bridge = "" if one is topic or story.turns < 2 else _ELSE[band][story.turns % 3]
                return f"{bridge} {line}".strip()
    return "We have talked about a lot. What would you like to tell me now?"


def _back_to(story: thread.Thread, band: str, besides: str) -> str:
    """A question about something that the learner told earlier, with what it was; empty when nothing is left to ask."""
    known = memory.read(story.told)
    free = set(memory.read(story.free).told) if len(story.free) < len(story.said) else set(known.told)
    recent = (*known.latest, *memory.read(story.told[:-1]).latest)
    for one in known.told:
        line = f"{_AGAIN[story.turns % len(_AGAIN)]} {one.text}."
        if (
            one not in free
            or not _may_come_back(one, known)
            or any(story.was_said(f"{again} {one.text}.") for again in _AGAIN)
            or one.text.lower() in besides.lower()
        ):
            continue
        for asked in (
            *followon.questions((one,), known, band),
            *pickup.questions((one,), band),
            *people.persons((one,), known, band),
        ):
            if _is_open(asked, story):
                return asked if one in recent else f"{line} {asked}"
    return ""


def _may_come_back(one: Telling, known: Memory) -> bool:
    fits = one.who == "you" or one.who.startswith("your ")
    if (
        not fits
        or one.negated
        or _UNFIT.search(one.text)
        or not one.text.startswith(one.who)
        or not 3 <= len(one.text.split()) <= _MOST_BACK
        or any(known.is_dead(key) for key in {memory.key_of(one.who), *tokens.letters(one.text)})
    ):
        return False
    if _is_plain(one) and not _HABIT.search(one.text) and any(_STORY.search(other.text) for other in known.told):
        return False
    return (
        not memory.is_over(one, known.told)
        and not wording.is_bare(one.text)
        and sympathy.find(perspective.to_me(one.text), "A") is None
        and not corrections.find(one.sentence)
    )


def is_known(line: str, story: thread.Thread) -> bool:
    """Whether the question was asked before, makes no sense yet, or the learner has told its answer unasked."""
    if story.was_said(line) or _ANSWERED_BY.get(line, "") in story.facts:
        return True
    told = " ".join(one.text for one in memory.read(story.told).told)
    if line in _NEEDS and not re.search(_NEEDS[line], " ".join(story.told), re.I):
        return True
    if line in _TOLD_BY and re.search(_TOLD_BY[line], told, re.I):
        return True
    return recall.is_known(line, story.told)


def fresh_topic(story: thread.Thread) -> topics.Topic:
    """A topic that was not talked about."""
    unused = [one for one in topics.TOPICS if one != story.topic and not any(map(story.was_said, one.questions["B"]))]
    return (unused or list(topics.TOPICS))[story.turns % len(unused or topics.TOPICS)]
