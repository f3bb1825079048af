"""From content to what a learner may see: the one place where a variant becomes a response."""

from api.english.catalog import drills, frame, markup, options, schema
from api.english.schemas.modules import XELOption, XELPicture, XELTask, XELTaskItem
from api.english.tasks import grade

PICTURES = "/static/pictures/"


def shown(task: schema.Task, module_id: str, variant: int) -> XELTask:
    """The task in this variant, without the learner's progress and without audio."""
    content = task.variants[variant - 1]
    view = XELTask(
        id=task.id,
        skill=task.skill,
        kind=task.kind,
        title=task.title,
        prompt=task.prompt,
        passage=getattr(content, "passage", None),
        variant=variant,
    )
    return view.model_copy(update=_of_kind(task.prompt, content, grade.key(module_id, task.id, variant)))


def script(task: schema.Task, variant: int) -> str | None:
    """What a learner hears in this variant, or None when it is not for listening."""
    content = task.variants[variant - 1]
    if isinstance(content, schema.DictationVariant | schema.RepeatVariant):
        return content.text
    if isinstance(content, drills.MinimalPairsVariant):
        return "\n".join(f"{number}. {pair.heard}" for number, pair in enumerate(content.pairs, 1))
    return getattr(content, "script", None)


def scripts(task: schema.Task, variant: int) -> list[str]:
    """Each of the things that a learner hears by itself in this variant."""
    content = task.variants[variant - 1]
    if isinstance(content, drills.MinimalPairsVariant):
        return [pair.heard for pair in content.pairs]
    text = script(task, variant)
    return [] if text is None else [text]


def _of_kind(prompt: str, content: frame.Strict, key: str) -> dict[str, object]:
    match content:
        case schema.ChoiceVariant():
            return _choice(prompt, content, key)
        case schema.OrderingVariant():
            return {"options": _listed(options.part_ids(content, key))}
        case schema.MatchingVariant():
            return {
                "items": [XELTaskItem(id=str(n), text=left) for n, (left, _) in enumerate(content.pairs, 1)],
                "options": _listed(options.match_ids(content, key)),
            }
        case schema.GapVariant():
            bank = options.bank_ids(content, key)
            numbers = range(1, len(markup.gaps(content.text)) + 1)
            text = markup.blanked(content.text)
            return {
                "passage": f"{content.passage}\n\n{text}" if content.passage else text,
                "items": [XELTaskItem(id=str(number), text=f"({number})") for number in numbers],
                "options": _listed(bank) if bank else None,
            }
        case schema.ShortVariant():
            return {"items": [XELTaskItem(id=str(n), text=q.ask) for n, q in enumerate(content.questions, 1)]}
        case schema.WritingVariant():
            return _asked(prompt, content) | {
                "min_words": content.min_words,
                "max_words": getattr(content, "max_words", None),
            }
        case schema.AnswerAloudVariant():
            return _asked(prompt, content) | {"max_seconds": content.max_seconds}
        case schema.RolePlayVariant():
            turns = [XELTaskItem(id=str(n), text=t.partner, goal=t.goal) for n, t in enumerate(content.turns, 1)]
            return {"prompt": f"{content.situation}\n\n{prompt}", "items": turns, "max_seconds": 120}
        case schema.ReadAloudVariant():
            return {"reference_text": content.text, "max_seconds": 120}
        case schema.RepeatVariant():
            return {"max_seconds": 60}
        case _:
            return _of_drill(prompt, content, key)


def _of_drill(prompt: str, content: frame.Strict, key: str) -> dict[str, object]:
    match content:
        case drills.MinimalPairsVariant():
            items = [
                XELTaskItem(
                    id=str(n),
                    text=pair.sentence.format("____") if pair.sentence else "",
                    options=_listed(options.pair_ids(pair, key, n)),
                )
                for n, pair in enumerate(content.pairs, 1)
            ]
            return {"items": items}
        case drills.SayPairsVariant():
            return {"reference_text": content.text, "max_seconds": 60}
        case drills.InformationGapVariant():
            turns = [
                XELTaskItem(id=str(n), text=turn.ask if isinstance(turn, drills.AskTurn) else turn.partner)
                for n, turn in enumerate(content.turns, 1)
            ]
            shown = {"prompt": f"{content.situation}\n\n{prompt}", "passage": content.card}
            return shown | {"items": turns, "max_seconds": 120}
        case drills.ErrorHuntVariant():
            return {"passage": markup.faulty(content.text), "mistakes": len(markup.mistakes(content.text))}
        case drills.PictureVariant():
            picture = XELPicture(url=f"{PICTURES}{content.picture}.svg", alt=content.alt)
            limits = {"min_words": content.min_words, "max_seconds": content.max_seconds}
            return _asked(prompt, content) | {"picture": picture} | limits
        case _:
            return {}


def _asked(
    prompt: str, content: schema.WritingVariant | schema.AnswerAloudVariant | drills.PictureVariant
) -> dict[str, object]:
    return {"prompt": f"{content.ask}\n\n{prompt}", "points": [point.say for point in content.points]}


def _choice(prompt: str, content: schema.ChoiceVariant, key: str) -> dict[str, object]:
    if len(content.questions) == 1:
        ids = options.choice_ids(content, key, 1)
        return {"prompt": f"{prompt}\n\n{content.questions[0].ask}", "options": _listed(ids)}
    items = [
        XELTaskItem(id=str(n), text=question.ask, options=_listed(options.choice_ids(content, key, n)))
        for n, question in enumerate(content.questions, 1)
    ]
    return {"items": items}


def _listed(ids: dict[str, str]) -> list[XELOption]:
    return [XELOption(id=id_, text=text) for text, id_ in ids.items()]
