"""The English that a module shows to a learner, for checks of level and of repetition."""

import re
from collections.abc import Iterator

from api.english.catalog import drills, frame, markup, schema
from language import levels as lexicon
from language import tokens

_SENTENCE = re.compile(r"[.!?:]+[\"'”’)]*(?:\s+|$)|\n+")
_SPEAKER = re.compile(r"^[A-Z][\w. ]{0,24}: ", re.MULTILINE)
_VOWELS = re.compile(r"[aeiouy]+")


def of_variant(shown: frame.Strict) -> Iterator[str]:
    """Every text of a variant that a learner reads, hears or is held against."""
    for name in ("passage", "script", "ask", "model", "situation"):
        value = getattr(shown, name, None)
        if isinstance(value, str):
            yield _SPEAKER.sub("", value)
    if isinstance(shown, schema.GapVariant):
        yield markup.filled(shown.text)
    elif isinstance(shown, schema.DictationVariant | schema.ReadAloudVariant | schema.RepeatVariant):
        yield shown.text
    elif isinstance(shown, schema.ChoiceVariant):
        for question in shown.questions:
            yield from (question.ask, question.right, *question.wrong)
    elif isinstance(shown, schema.ShortVariant):
        yield from (question.ask for question in shown.questions)
    elif isinstance(shown, schema.OrderingVariant):
        yield shown.order.replace(" / ", " ")
    elif isinstance(shown, schema.MatchingVariant):
        for pair in shown.pairs:
            yield from pair
    elif isinstance(shown, schema.RolePlayVariant):
        for turn in shown.turns:
            yield from (turn.partner, turn.goal, turn.model)
    else:
        yield from _of_drill(shown)


def _of_drill(shown: frame.Strict) -> Iterator[str]:
    match shown:
        case drills.MinimalPairsVariant():
            for pair in shown.pairs:
                # The sentence must be right with either word.
                yield from (pair.heard, pair.sentence.format(pair.other) if pair.sentence else pair.other)
        case drills.SayPairsVariant():
            yield shown.text
        case drills.InformationGapVariant():
            yield shown.card
            for turn in shown.turns:
                yield from (turn.ask, turn.reply) if isinstance(turn, drills.AskTurn) else (turn.partner,)
                yield turn.model
        case drills.ErrorHuntVariant():
            yield markup.mended(shown.text)
        case drills.PictureVariant():
            yield shown.alt


def running(module: schema.Module) -> Iterator[str]:
    """The longer texts alone: what is read and heard, the models of writing and speaking."""
    for task in module.tasks:
        for shown in task.variants:
            for name in ("passage", "script", "model"):
                value = getattr(shown, name, None)
                if isinstance(value, str):
                    yield _SPEAKER.sub("", value)


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    return [token.text.replace("’", "'") for token in tokens.of(text) if token.is_word]


def sentence_lengths(text: str) -> list[int]:
    """Words in each sentence."""
    return [length for sentence in _SENTENCE.split(text) if (length := len(words(sentence)))]


def grade(pieces: list[str]) -> float:
    """Flesch-Kincaid grade level (Kincaid et al. 1975): 0.39 words per sentence + 11.8 syllables per word - 15.59."""
    lengths = [length for piece in pieces for length in sentence_lengths(piece)]
    found = [word for piece in pieces for word in words(piece)]
    syllables = sum(_syllables(word.lower()) for word in found)
    return 0.39 * sum(lengths) / len(lengths) + 11.8 * syllables / len(found) - 15.59


def _syllables(word: str) -> int:
    count = len(_VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and count > 1:
        count -= 1
    return max(1, count)


def above(module: schema.Module) -> tuple[int, dict[str, int]]:
    """How many words the module has, and those above its level that it neither teaches nor uses as names."""
    limit = lexicon.LEVELS.index(module.level)
    taught = {part for word in module.vocabulary for part in words(word.word.lower())}
    names = {part.lower() for name in module.names for part in words(name)}
    total = 0
    beyond: dict[str, int] = {}
    known: dict[str, bool] = {}
    for task in module.tasks:
        for text in (text for shown in task.variants for text in of_variant(shown)):
            for word in words(text):
                total += 1
                form = word.lower()
                if form not in known:
                    known[form] = _known(form, limit, taught, names)
                if not known[form]:
                    beyond[form] = beyond.get(form, 0) + 1
    return total, beyond


def _known(form: str, limit: int, taught: set[str], names: set[str]) -> bool:
    stem = form.removesuffix("'s").removesuffix("s'")
    if stem in names or form in names or any(_form_of(stem, word) for word in taught):
        return True
    pieces = [form] if lexicon.is_word(form) else re.split(r"['-]", form)
    return all(len(piece) < 3 or lexicon.LEVELS.index(lexicon.level(piece)) <= limit for piece in pieces)


def _form_of(word: str, base: str) -> bool:
    root = base.rstrip("ey") if len(base) > 4 else base
    return word == base or (len(base) > 3 and word.startswith(root) and len(word) - len(base) <= 3)
