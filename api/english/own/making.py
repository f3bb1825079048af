"""From a text to a module: only tasks whose answers the text itself makes certain. Pure; it reads the text as trees, so
it belongs in a thread."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.english.catalog import frame, schema
from api.english.own import asking, reading
from api.english.own.level import level_of, of_text
from api.english.own.reading import Line
from kit import errors, typography
from language import levels as lexicon

FEWEST_WORDS = 40
MOST_CHARACTERS = 6_000
_ENGLISH = 0.6  # the share of the words that must be English
_UNUSABLE = re.compile(r"[{}|#<>\[\]()]| / ")
_MOST = 6


@dataclass(frozen=True)
class Hard:
    """A word above the level, as often as it occurs."""

    word: str
    level: str
    count: int


@dataclass(frozen=True)
class Made:
    """A module with what a teacher should know of its words: how many of each level, and which are above it."""

    module: schema.Module
    words: int
    by_level: dict[frame.Level, int]
    above: tuple[Hard, ...]


def make(module_id: str, title: str, text: str, level: frame.Level | None) -> Made:
    """Failures `invalid_request`: too short, too long, not English, nothing to be made of it."""
    text = typography.plain(text).strip()
    if len(text) > MOST_CHARACTERS:
        raise _refused(f"A text has at most {MOST_CHARACTERS} characters.")
    lines = reading.lines(text)
    running = [word for line in lines for word in line.running]
    if len(running) < FEWEST_WORDS:
        raise _refused(f"A text has at least {FEWEST_WORDS} words.")
    if sum(lexicon.is_word(word) for word in running) < _ENGLISH * len(running):
        raise _refused("Most of these words are not English.")
    found = {word: lexicon.level(word) for word in set(running) if len(word) > 2 and lexicon.is_word(word)}
    by_level = Counter(found.get(word, "A1") for word in running)
    level = level or of_text(by_level, len(running), len(lines))
    limit = frame.LEVELS.index(level)
    counts = Counter(running)
    above = [Hard(word, own, counts[word]) for word, own in found.items() if frame.LEVELS.index(level_of(own)) > limit]
    above.sort(key=lambda one: (-frame.LEVELS.index(level_of(one.level)), -one.count, one.word))
    usable = [line for line in lines if line.closed and not _UNUSABLE.search(line.text)]
    tasks = _tasks(text, usable)
    if not tasks:
        raise _refused("The text has no whole sentences to make tasks of.")
    module = schema.Module.model_validate(
        {
            "id": module_id,
            "level": level,
            "order": 1,
            "title": title,
            "description": "Made of a text that your teacher chose.",
            "objectives": ["Understand the text", "Know its words when you hear and read them"],
            "names": sorted({name for line in lines for name in line.names}),
            "tasks": tasks,
        }
    )
    shown = {one: by_level.get(one, 0) for one in frame.LEVELS}
    return Made(module, len(running), shown, tuple(above))


def beginning(text: str) -> tuple[str, bool]:
    """Whole sentences of a long text up to the limit, and whether it goes on."""
    if len(text) <= MOST_CHARACTERS:
        return text, False
    cut = text[:MOST_CHARACTERS]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? ", ".\n"))
    return cut[: end + 1] if end > 0 else cut, True


def _refused(message: str) -> errors.Failure:
    return errors.invalid(message, [("/text", message)])


def _tasks(text: str, lines: list[Line]) -> list[dict[str, object]]:
    made = [
        _task("read", "reading", "short_answer", "Questions about the text", "Read the text and answer in a few words.",
              asking.questions(text, lines)),
        _task("order", "reading", "ordering", "The story in order", "Put the sentences in the order of the text.",
              asking.order(lines)),
        _task("complete", "reading", "cloze", "Complete the text",
              "Complete the text. The beginning of each word is there.", asking.halves(lines)),
        _task("listen", "listening", "gap", "Listen and complete", "Listen and write the missing words.",
              asking.heard(lines)),
        _task("dictation", "listening", "dictation", "Dictation", "Listen and write what you hear.",
              [{"text": one.text} for one in lines if 4 <= len(one.running) <= 16][:_MOST]),
        _task("read-aloud", "speaking", "read_aloud", "Read aloud", "Read the sentences aloud.", asking.aloud(lines)),
    ]  # fmt: skip
    return [one for one in made if one["variants"]]


def _task(
    id_: str, skill: str, kind: str, title: str, prompt: str, variants: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    return {"id": id_, "skill": skill, "kind": kind, "title": title, "prompt": prompt, "variants": variants}
