"""Error hunts: the learner sends the whole text as it should be; each error counts by its place."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import product

from rapidfuzz.distance import Levenshtein

from api.english.catalog import drills, markup
from api.english.tasks import words
from api.english.tasks.result import Graded, Part, Response
from language.correction import Correction

# The error was found, but what the learner wrote instead is not right.
FOUND = 0.4
# A word that was right and was changed costs half an error.
_SPOILT = 0.5


@dataclass(frozen=True)
class _Shown:
    """The words of the text with its errors, as they are compared and as they are written, and for each error its
    words `[start, end)`."""

    forms: list[str]
    written: list[str]
    errors: list[tuple[markup.Mistake, int, int]]


class _Sent:
    """What the learner sent, laid beside the text that was shown."""

    def __init__(self, text: str, shown: _Shown) -> None:
        self.text = text
        self.tokens = words.tokens(text)
        self.steps = list(Levenshtein.opcodes(shown.forms, [token.form for token in self.tokens]))
        # For each place between words of the text: its place here, before and behind what was added there.
        self._before = [0] * (len(shown.forms) + 1)
        self._behind = [0] * (len(shown.forms) + 1)
        for step in self.steps:
            self._behind[step.src_start] = max(self._behind[step.src_start], step.dest_start)
            for place in range(step.src_start + 1, step.src_end + 1):
                moved = (
                    step.dest_start + place - step.src_start if step.tag in {"equal", "replace"} else step.dest_start
                )
                self._before[place] = self._behind[place] = moved
            if step.tag == "insert":
                self._behind[step.src_start] = step.dest_end

    def ranges(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where the words `[start, end)` are here, the widest range first: with what was added around them, without."""
        for left, right in product((self._before, self._behind), (self._behind, self._before)):
            if left[start] <= right[end]:
                yield left[start], right[end]

    def forms(self, left: int, right: int) -> list[str]:
        return [token.form for token in self.tokens[left:right]]

    def span(self, left: int, right: int) -> tuple[int, int]:
        """The characters of the words `[left, right)`; an empty span where there are none."""
        if left < right:
            return self.tokens[left].start, self.tokens[right - 1].end
        place = self.tokens[left].start if left < len(self.tokens) else len(self.text)
        return place, place


def errors(variant: drills.ErrorHuntVariant, response: Response) -> Graded:
    """Credit for each error that was corrected, less half of one for each word that was right and was changed."""
    shown = _shown(variant.text)
    sent = _Sent(response if isinstance(response, str) else "\n".join(response), shown)
    parts, corrections = [], []
    judged: set[int] = set()
    for number, (error, start, end) in enumerate(shown.errors, 1):
        part, (left, right) = _judged(str(number), error, sent, start, end)
        span = sent.span(left, right)
        parts.append(part)
        judged.update(range(left, right) if part.credit == 1 else range(*next(sent.ranges(start, end))))
        if part.credit < 1 and sent.tokens:
            original = sent.text[slice(*span)]
            corrections.append(Correction(*span, original, error.accept[0], "missed", error.why))
    changed = list(_spoilt(shown, sent, judged))
    corrections += [one for one in changed if one.original]
    score = round(100 * max(0.0, sum(part.credit for part in parts) - _SPOILT * len(changed)) / len(parts))
    corrections.sort(key=lambda one: (one.start, one.end))
    return Graded(score, _feedback(parts, changed), tuple(parts), tuple(corrections))


def _shown(text: str) -> _Shown:
    found = _Shown([], [], [])
    for piece in markup.pieces(text):
        plain = piece if isinstance(piece, str) else piece.wrong
        start = len(found.forms)
        for token in words.tokens(plain):
            found.forms.append(token.form)
            found.written.append(plain[token.start : token.end])
        if not isinstance(piece, str):
            found.errors.append((piece, start, len(found.forms)))
    return found


def _judged(number: str, error: markup.Mistake, sent: _Sent, start: int, end: int) -> tuple[Part, tuple[int, int]]:
    """The verdict on one error, and the words `[left, right)` that the learner has in its place."""
    ranges = list(sent.ranges(start, end))
    accepted = [[token.form for token in words.tokens(one)] for one in error.accept]
    for left, right in ranges:
        if any(_same(sent.forms(left, right), one) for one in accepted):
            return Part(number, 1, "Right."), (left, right)
    wrong = [token.form for token in words.tokens(error.wrong)]
    kept = next(((left, right) for left, right in ranges if _same(sent.forms(left, right), wrong)), None)
    if kept is not None or not sent.tokens:
        named = f"“{error.wrong}” is not right." if error.wrong else "A word is missing."
        return Part(number, 0, f"{named} {error.why}"), kept or ranges[0]
    return Part(number, FOUND, f"You found it, but it is not right yet. {error.why}"), ranges[0]


def _spoilt(shown: _Shown, sent: _Sent, judged: Container[int]) -> Iterator[Correction]:
    """The words outside of the errors that were changed, left out (with nothing original) or added; also those beside
    a right correction that are no part of what was `judged` (places of words sent): several tries are no choice."""
    inside = {place for _, start, end in shown.errors for place in range(start, end)}
    for step in sent.steps:
        if step.tag == "insert":
            for place in range(step.dest_start, step.dest_end):
                if place in judged:
                    continue
                token = sent.tokens[place]
                original = sent.text[token.start : token.end]
                yield Correction(token.start, token.end, original, "", "unneeded", "The text was right without it.")
        if step.tag not in {"replace", "delete"}:
            continue
        for offset, place in enumerate(range(step.src_start, step.src_end)):
            if place in inside:
                continue
            word = shown.written[place]
            if step.tag == "delete":
                yield Correction(0, 0, "", word, "unneeded", f"“{word}” was right.")
            elif not words.same(sent.tokens[step.dest_start + offset].form, shown.forms[place]):
                token = sent.tokens[step.dest_start + offset]
                original = sent.text[token.start : token.end]
                yield Correction(token.start, token.end, original, word, "unneeded", f"“{word}” was right.")


def _same(one: list[str], other: list[str]) -> bool:
    return len(one) == len(other) and all(map(words.same, one, other))


def _feedback(parts: list[Part], changed: list[Correction]) -> str:
    right = sum(part.credit == 1 for part in parts)
    if right == len(parts) and not changed:
        return "You found and corrected every error. Well done!"
    lines = [f"{right} of {len(parts)} errors corrected."]
    lines += [f"{part.item}: {part.message}" for part in parts if part.credit < 1]
    if changed:
        lines.append("Change only what is wrong: other words were right.")
    return "\n".join(lines)
