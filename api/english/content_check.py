"""`python -m api.english.content_check [folder]`: proves that the modules are sound; one line for each fault.

docs/content.md tells authors what is checked and why. The limits on level are set so that all shipped modules pass
and a module moved one level down does not.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from api.english.catalog import drills, frame, load, markup, schema, texts
from api.english.tasks import answers, drill_check, grade, key, key_check, points, present, words
from language import tokens
from language.correction import MECHANICS
from language.grammar import check

# The share of a module's words that may lie above its level without being taught in it; the mean sentence of its
# longer texts in words; and their Flesch-Kincaid grade.
MOST_ABOVE = 0.016
LONGEST_MEAN = {"A1": 9.5, "A2": 11.5, "B1": 13.5, "B2": 18.0, "C1": 23.0}
HIGHEST_GRADE = {"A1": 3.0, "A2": 4.5, "B1": 6.5, "B2": 8.5, "C1": 11.0}


def faults(catalog: load.Catalog) -> list[str]:
    """All faults of the modules, each with its place."""
    found = [*_prerequisites(catalog), *_duplicates(catalog)]
    for module in catalog.modules:
        found += [f"{module.id}: {fault}" for fault in _of_module(module)]
        for task in module.tasks:
            for number, shown in enumerate(task.variants, 1):
                place = grade.key(module.id, task.id, number)
                found += [
                    f"{place}: {fault}"
                    for fault in (*_variant(module, task, shown), *_key(module, task, number), *_corrected(shown))
                ]
    return found


def _of_module(module: schema.Module) -> Iterator[str]:
    yield from _shape(module)
    yield from too_hard(module)
    yield from _taught(module)
    yield from key_check.stands_out(module)


def _prerequisites(catalog: load.Catalog) -> Iterator[str]:
    place = {module.id: number for number, module in enumerate(catalog.modules)}
    for module in catalog.modules:
        for needed in module.requires:
            if needed not in place:
                yield f"{module.id}: requires an unknown module {needed}"
            elif place[needed] >= place[module.id]:
                # Every arrow points backwards in teaching order, so there can be no circle.
                yield f"{module.id}: requires {needed}, which comes later"


def _duplicates(catalog: load.Catalog) -> Iterator[str]:
    seen: dict[str, str] = {}
    for module in catalog.modules:
        for task in module.tasks:
            for number, shown in enumerate(task.variants, 1):
                text = " ".join(
                    sorted(token.form for piece in texts.of_variant(shown) for token in words.tokens(piece))
                )
                place = grade.key(module.id, task.id, number)
                if text in seen:
                    yield f"{place}: the same content as {seen[text]}"
                seen[text] = place


def _shape(module: schema.Module) -> Iterator[str]:
    if set(module.skills) != set(frame.SKILLS):
        yield f"only {', '.join(module.skills)}"
    for id_, count in Counter(task.id for task in module.tasks).items():
        if count > 1:
            yield f"{count} tasks are called {id_}"


def too_hard(module: schema.Module) -> Iterator[str]:
    """Words, sentences and texts above the module's level."""
    total, beyond = texts.above(module)
    share = sum(beyond.values()) / total
    if share > MOST_ABOVE:
        common = ", ".join(word for word, _ in Counter(beyond).most_common(25))
        yield f"{share:.1%} of the words are above {module.level}: {common}"
    pieces = list(texts.running(module))
    lengths = [length for piece in pieces for length in texts.sentence_lengths(piece)]
    if (mean := sum(lengths) / len(lengths)) > LONGEST_MEAN[module.level]:
        yield f"sentences have {mean:.1f} words on average, too many for {module.level}"
    if (reading := texts.grade(pieces)) > HIGHEST_GRADE[module.level]:
        yield f"Flesch-Kincaid grade {reading:.1f}, too high for {module.level}"


def _taught(module: schema.Module) -> Iterator[str]:
    used = " ".join(
        piece.lower() for task in module.tasks for shown in task.variants for piece in texts.of_variant(shown)
    )
    for word in module.vocabulary:
        if word.word.lower().rstrip("ey") not in used:
            yield f"teaches “{word.word}” but never uses it"


def _variant(module: schema.Module, task: schema.Task, shown: frame.Strict) -> Iterator[str]:
    heard = getattr(shown, "script", None) or task.kind in {"dictation", "repeat", "minimal_pairs"}
    if task.skill == "listening" and not heard:
        yield "a listening task needs a script"
    if task.skill in {"reading", "writing"} and heard and task.kind != "summary":
        yield f"a {task.skill} task has a script"
    match shown:
        case schema.ChoiceVariant():
            for question in shown.questions:
                yield from _distinct([question.right, *question.wrong], "options")
        case schema.MatchingVariant():
            yield from _distinct([left for left, _ in shown.pairs], "left sides")
            yield from _distinct([*(right for _, right in shown.pairs), *shown.extra], "right sides")
        case schema.OrderingVariant():
            yield from _distinct(markup.parts(shown.order), "parts")
        case schema.GapVariant() if shown.extra:
            yield from _distinct(
                [*(gap.accept[0] for gap in markup.gaps(shown.text)), *shown.extra], "words in the box"
            )
            accepted = {answer.lower() for gap in markup.gaps(shown.text) for answer in gap.accept}
            yield from (f"“{extra}” is also right" for extra in shown.extra if extra.lower() in accepted)
        case schema.WritingVariant() | schema.AnswerAloudVariant() | drills.PictureVariant():
            yield from _model(shown)
        case schema.RolePlayVariant():
            for turn in shown.turns:
                if not points.said(turn.model, turn.words):
                    yield f"the model line “{turn.model}” misses its goal"
    yield from drill_check.faults(shown)


def _distinct(items: list[str], what: str) -> Iterator[str]:
    folded = [" ".join(item.lower().split()).rstrip(".!") for item in items]
    yield from (f"two {what} say “{item}”" for item, count in Counter(folded).items() if count > 1)


def _model(shown: schema.WritingVariant | schema.AnswerAloudVariant | drills.PictureVariant) -> Iterator[str]:
    made = points.covered(shown.model, shown.points)
    yield from (
        f"the model misses the point “{p.say}”" for p, there in zip(shown.points, made, strict=True) if not there
    )
    count, least = len(texts.words(shown.model)), getattr(shown, "min_words", None) or 0
    if count < least:
        yield f"the model has {count} words, fewer than {least}"
    if count > (getattr(shown, "max_words", None) or count):
        yield f"the model has {count} words, more than {getattr(shown, 'max_words', 0)}"


def _corrected(shown: frame.Strict) -> Iterator[str]:
    """What the grammar check would correct in our own texts; glosses and parts may lack capitals and marks."""
    whole = [text for name in ("passage", "script", "model") if isinstance(text := getattr(shown, name, None), str)]
    found = [(text, one) for text in whole for one in check.of_text(text)]
    for text in texts.of_variant(shown):
        found += [(text, one) for one in check.of_text(text) if one.kind not in MECHANICS]
    for text, one in found:
        yield f"the check corrects “{text[max(0, one.start - 20) : one.end + 20]}”: “{one.suggestion}”"


def _key(module: schema.Module, task: schema.Task, number: int) -> Iterator[str]:
    """The key must get full marks, an empty response none, and the learner's view must not give it away."""
    shown = task.variants[number - 1]
    if isinstance(shown, schema.ShortVariant):
        for question in shown.questions:
            try:
                wordings = [wording for pattern in question.accept for wording in answers.expand(pattern)]
            except ValueError as error:
                yield str(error)
                return
            free = question.articles == "free"
            if any(answers.match(w, tuple(question.accept), articles_free=free).credit < 1 for w in wordings):
                yield f"not every accepted wording is accepted: {question.accept}"
    yield from key_check.faults(task, shown)
    if (graded := grade.objective(task, module.id, number, key.perfect(task, module.id, number))) is not None:
        if graded.score != 100:
            yield f"the key gets {graded.score} points: {graded.feedback}"
        if (empty := grade.objective(task, module.id, number, "")) is not None and empty.score:
            yield "an empty response earns points"
    yield from _leaks(module, task, number)


def _leaks(module: schema.Module, task: schema.Task, number: int) -> Iterator[str]:
    shown = task.variants[number - 1]
    view = present.shown(task, module.id, number).model_dump_json()
    secrets = [getattr(shown, "script", None), getattr(shown, "model", None)]
    if isinstance(shown, schema.DictationVariant | schema.RepeatVariant):
        secrets.append(shown.text)
    if isinstance(shown, schema.ChoiceVariant | schema.ShortVariant):
        secrets += [question.why for question in shown.questions]
    if isinstance(shown, schema.WritingVariant | schema.AnswerAloudVariant | drills.PictureVariant):
        secrets += [point.words for point in shown.points if "|" in point.words]
    if isinstance(shown, schema.RolePlayVariant):
        secrets += [turn.model for turn in shown.turns] + [turn.words for turn in shown.turns if "|" in turn.words]
    if isinstance(shown, schema.GapVariant):
        secrets += [gap.why for gap in markup.gaps(shown.text)]
    secrets += drill_check.secrets(shown)
    # An explanation may quote the passage, which the learner sees anyway.
    passage, seen = _plain(getattr(shown, "passage", None) or ""), _plain(view)
    for text in filter(None, secrets):
        plain = _plain(text)
        if len(plain) > 3 and plain in seen and plain not in passage:
            yield f"the learner's view shows “{text[:40]}”"


def _plain(text: str) -> str:
    """The words alone, in lower case, of a text or of JSON."""
    return " ".join(token.lower for token in tokens.simple(text.replace("\\n", " ").replace("\\", "")))


def bias(catalog: load.Catalog) -> float:
    """How often the right option is the longest one: near a third, or learners pick by length."""
    longest = [one for module in catalog.modules for one in key_check.longest(module)]
    return sum(longest) / len(longest)


def main() -> int:
    """Print every fault of the course's files; the exit status."""
    catalog = load.read(Path(sys.argv[1])) if len(sys.argv) > 1 else load.catalog()
    found = faults(catalog)
    for fault in found:
        print(fault)
    tasks = [task for module in catalog.modules for task in module.tasks]
    variants = sum(len(task.variants) for task in tasks)
    print(f"{len(catalog.modules)} modules, {len(tasks)} tasks, {variants} variants, {len(found)} faults")
    print(f"the right option is the longest in {bias(catalog):.0%} of questions")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
