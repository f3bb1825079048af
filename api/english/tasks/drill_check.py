"""What is wrong with a task that trains one thing, for the check of content; and what it must not show."""

import re
from collections.abc import Iterator

from api.english.catalog import drills, frame, markup, schema
from api.english.tasks import answers, exchange, sounds, words

_SHORTEST_CLOZE = 40
_FOREIGN = re.compile(r"<(script|image|foreignObject|style|a)\b|\bon\w+=|href|url\(", re.IGNORECASE)


def faults(shown: frame.Strict) -> Iterator[str]:
    """One line for each fault."""
    match shown:
        case drills.MinimalPairsVariant():
            yield from _pairs([(pair.said, pair.other) for pair in shown.pairs])
        case drills.SayPairsVariant():
            yield from _pairs(shown.pairs)
        case drills.ErrorHuntVariant():
            for error in markup.mistakes(shown.text):
                if any(words.alike(error.wrong, one) for one in error.accept):
                    yield f"“{error.wrong}” and its correction are the same words"
        case schema.ClozeVariant():
            yield from _cloze(shown)
        case schema.WordFormationVariant():
            for gap in markup.gaps(shown.text):
                if any(one.lower() == (gap.base or "").lower() for one in gap.accept):
                    yield f"“{gap.base}” stays as it is"
        case drills.InformationGapVariant():
            yield from _exchange(shown)
        case drills.PictureVariant():
            yield from _picture(shown)


def _picture(shown: drills.PictureVariant) -> Iterator[str]:
    """Whether it is a plain drawing that scales."""
    drawn = (drills.PICTURES / f"{shown.picture}.svg").read_text()
    if found := _FOREIGN.search(drawn):
        yield f"{shown.picture}.svg has “{found[0]}”"
    if "viewBox=" not in drawn:
        yield f"{shown.picture}.svg has no viewBox"


def secrets(shown: frame.Strict) -> list[str]:
    """What the learner's view must not have."""
    match shown:
        case drills.MinimalPairsVariant():
            return [pair.heard for pair in shown.pairs if pair.sentence]
        case drills.ErrorHuntVariant():
            return [error.why for error in markup.mistakes(shown.text)]
        case drills.InformationGapVariant():
            # What is to be told may be on the card in the same words.
            asks = [turn for turn in shown.turns if isinstance(turn, drills.AskTurn)]
            stems = [turn.words for turn in asks if "|" in turn.words]
            return [*(turn.reply for turn in asks), *(turn.model for turn in asks), *stems]
        case _:
            return []


def _pairs(pairs: list[tuple[str, str]]) -> Iterator[str]:
    for one, other in pairs:
        if sounds.contrast(one, other) is None:
            yield f"“{one}” and “{other}” do not differ in one sound"


def _cloze(shown: schema.ClozeVariant) -> Iterator[str]:
    if (count := len(words.tokens(markup.filled(shown.text)))) < _SHORTEST_CLOZE:
        yield f"a cloze of {count} words is too short"
    if not shown.extra:
        for gap in markup.gaps(shown.text):
            yield from (f"“{one}” is more than a word" for one in gap.accept if " " in one)


def _exchange(shown: drills.InformationGapVariant) -> Iterator[str]:
    perfect = exchange.written(shown, [turn.model for turn in shown.turns])
    yield from (
        f"the model of turn {part.item} gets {part.credit}: {part.message}" for part in perfect.parts if part.credit < 1
    )
    for turn in shown.turns:
        if isinstance(turn, drills.TellTurn):
            wordings = [wording for pattern in turn.accept for wording in answers.expand(pattern)]
            if any(answers.match(one, tuple(turn.accept), articles_free=True).credit < 1 for one in wordings):
                yield f"not every accepted wording is accepted: {turn.accept}"
