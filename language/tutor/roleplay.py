"""Plays a scene: finds the step from what the tutor has said so far, and moves on when the learner has done it."""

import re

from language.tutor import asides, improvise, inquiry, inrole, minutes, orders, protests, responding, stage, turns
from language.tutor.stage import Play
from language.tutor.turns import ChatTurn

_ADVICE = re.compile(r"\b(?:recommend|suggest|advise|advice|what (?:do you have|is good|'s good|would you take))", re.I)
_REACTS = re.compile(
    r"(?:thank|i.m (?:\w+ )?sorry|i see|good|of course|certainly|all right|very|here|that|excellent|a good)", re.I
)
_HELLO = re.compile(
    r"^\W*(?:(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|excuse me|doctor|sir|madam)\b[\s,!.]*)+", re.I
)
_INVITES = re.compile(r"\b(?:tell me|how can i|can i help)\b", re.I)
_CULTURE = re.compile(r"\b(?:books?|films?|movies?|music|series|novels?)\b", re.I)
_FULL, _GREETS, _SUBSTANTIAL = 3, 3, 8
"""So many words are taken as an answer, whatever they are."""
_CLOSED = frozenset({"medicine", "number", "pay", "nights"})
"""Steps that one can only answer with certain words."""
_WEIGHED = frozenset({"offer", "look", "price"})
_HOLDS = ("Is there anything else that you'd like to say?", "And is everything else all right?")
_TAKES_LEAVE = re.compile(
    r"\b(?:thank|thanks|bye|goodbye|see you|nice (?:to meet|talking|meeting)|that.s all|have a (?:nice|good))\b", re.I
)
_ONLY_THANKS = re.compile(
    r"^\W*(?:(?:ok|okay|great|perfect)\W+)?(?:thanks?|thank you)(?: very much| so much| a lot)?\W*$", re.I
)
_WISHED = re.compile(
    r"\b(?:practi[sc]\w*|rehears\w*|role[- ]?play\w*|pretend|imagine|play|scene|simulat\w*|want to work|the job)\b",
    re.I,
)


def first_lines(play: Play, band: str, wish: str = "", *, preset: bool = False) -> list[str]:
    """The setting and the tutor's first line; what the first message has told already is heard and not asked for.

    `preset`: the scene was chosen before, so that the whole message belongs to it.
    """
    opening, step = [f"With pleasure: {play.opening()}.", play.scene.setting], play.scene.steps[0]
    line = play.filled(step.lines[band])
    told = _HELLO.sub("", " ".join(one.strip() for one in turns.sentences(wish) if not _WISHED.search(one)))
    varied = stage.varied(play, [ChatTurn("user", told)])
    fits = any(one.when.search(told) for one in step.branches if one.to != step.id) or varied != play
    fits = fits or (preset and (step.expects.search(told) is not None or "?" in told or len(told.split()) > _GREETS))
    if len(told.split()) < _FULL or not fits or told.rstrip().endswith("start."):
        return [*opening, line]
    kept = [one.strip() for one in turns.sentences(line) if not one.rstrip().endswith("?") and not _INVITES.search(one)]
    greeting, name = " ".join(kept), minutes.called([wish])
    if name and greeting and "speaking" not in greeting:
        greeting = f"{greeting.rstrip('.!,')}, {name}."
    since = [ChatTurn("assistant", line), ChatTurn("user", told)]
    lines = _lines(varied, 0, told, since, band)
    asked = "" if any("?" in one for one in lines) else turns.sentences(line)[-1].strip()
    return [*opening, greeting, *lines, asked if asked.endswith("?") else ""]


def next_lines(play: Play, history: list[ChatTurn], band: str) -> list[str]:
    """What the tutor says next: a hint, what the answer leads to and the next line, or the closing."""
    since = stage.since_start(play, history)
    said = stage.spoken(since)
    whole = history[-1].content if history and history[-1].role == "user" else ""
    if not said:
        return first_lines(play, band, whole, preset=True)
    return _lines(play, stage.step_at(play, said) or 0, whole, since, band)


def _lines(play: Play, at: int, whole: str, since: list[ChatTurn], band: str) -> list[str]:
    """What follows a message: what it says comes first, the script after it."""
    said, told = stage.spoken(since), [turn.content for turn in since[:-1] if turn.role == "user"]
    answer = responding.plain(whole)
    if (safe := inrole.of_allergy(play.scene.id, answer, told)) is not None:
        return [safe]
    if (harmed := inrole.harmful(answer, told)) is not None:
        return [harmed]
    wanted = improvise.complains(answer) and asides.wants(play, play.scene.steps[at], answer)
    if not wanted and (mended := inrole.mended(play.scene.id, answer, said)) is not None:
        return [mended, *([] if mended.endswith("?") else asides.more(at, play, answer, said) or [])]
    taken = None if wanted or asides.is_own(play, answer) else responding.answer(play.scene.id, answer, told, said)
    asked = [] if wanted else asides.inquired(play, at, answer, since)
    if asked and (taken is None or taken == responding.feeling(play.scene.id, answer, said)):
        first = [one for one in (taken, inrole.told_again(answer)) if one and not asked[0].startswith(one[:14])]
        return _held(play, whole, said, [*first, *asked, *_besides(play, at, asked, answer, since, band)])
    if taken is not None:
        return [taken, *_after_aside(play, at, taken, since, band)]
    sorry, named = inrole.told_again(answer), protests.kind(answer)
    told_before = named == "repeated" and responding.objects(answer)
    if named is not None and not told_before and (sorry is None or named == "misheard"):
        return _sorry(play, at, answer, named, since, band)
    return _after_protests(play, at, sorry, whole, since, band)


def _after_protests(play: Play, at: int, sorry: str | None, whole: str, since: list[ChatTurn], band: str) -> list[str]:
    """What follows a message that neither asks nor complains: what was told again, an order, or the script."""
    answer, said = responding.plain(whole), stage.spoken(since)
    if sorry is not None:
        step = play.scene.steps[at]
        rest = any(one.role == "user" and stage.does(step, one.content, at_length=False) for one in since)
        noted = asides.answers(play, answer, 1) or asides.noted(play, answer)
        return [sorry, *(noted or _onward(play, at + rest - 1, "", since, band))]
    if play.scene.id == "directions" and _ONLY_THANKS.match(answer):
        return [play.scene.closing, stage.report(play, since)]
    if ordered := orders.later(play.scene.id, play.scene.steps[at].id, answer):
        eats = play.scene.steps[at].id == "meal"
        after = _onward(play, at, "", since, band) if eats else asides.waiting(play, play.scene.steps[at], said, band)
        return [ordered, *after]
    lines = _by_script(play, at, answer, since, band)
    if (refused := inrole.refused(answer)) is not None and not any(
        "No " in one or one.startswith("Not ") for one in lines
    ):
        if stage.is_denied(play, play.scene.steps[at], since[-1:]) or play.scene.steps[at].lines[band] in lines:
            lines = _onward(play, at, "", since, band)
        lines = [refused, *lines]
    return _held(play, whole, said, lines)


def _sorry(play: Play, at: int, answer: str, named: protests.Kind, since: list[ChatTurn], band: str) -> list[str]:
    """What follows a protest in a scene: the rest of the message is heard; what was asked before is not asked again."""
    rest, step = protests.rest(answer), play.scene.steps[at]
    if rest and stage.does(step, rest, at_length=False):
        return [protests.SORRY[named], *_by_script(play, at, rest, [*since[:-1], ChatTurn("user", rest)], band)]
    if named == "repeated":
        return [protests.SORRY[named], *_onward(play, at, "", since, band)]
    return [protests.SORRY[named], "What can I do for you?" if named == "useless" else protests.AGAIN[named]]


def _besides(play: Play, at: int, asked: list[str], answer: str, since: list[ChatTurn], band: str) -> list[str]:
    """What follows the answers to the learner's questions: the script, when the rest of the message does its step."""
    step, questions = play.scene.steps[at], inquiry.asked(answer)
    rest = "".join(
        one for one in turns.sentences(answer) if one not in questions and not inquiry.is_of_language(one)
    ).strip()
    does = rest and step.id not in asides.ASKED and stage.does(step, rest, at_length=False)
    if not does or asked[-1].endswith("?") or asides.complains(play, rest) or protests.kind(rest):
        return asides.after_questions(play, at, asked, since, band)
    return _by_script(play, at, rest, [*since[:-1], ChatTurn("user", rest)], band)


def _after_aside(play: Play, at: int, taken: str, since: list[ChatTurn], band: str) -> list[str]:
    """How the scene goes on after an answer beside its path: with the question that waits, unless it was said."""
    step, said, answer = play.scene.steps[at], stage.spoken(since), since[-1].content
    if taken.rstrip().endswith("?"):
        return []
    if taken.startswith("Yes, that's right") and step.expects.search(answer) and at + 1 < len(play.scene.steps):
        return _onward(play, at, "", since, band)
    if step.id in asides.ASKED or at == len(play.scene.steps) - 1:
        lines = asides.GOES_ON if step.id in asides.ASKED else asides.STILL
        fresh = turns.fresh(lines, said)
        return [fresh] if fresh and play.scene.id != "small_talk" else []
    return [play.filled(step.lines[band])]


def _held(play: Play, answer: str, said: list[str], lines: list[str]) -> list[str]:
    """The lines, without the end of the scene when the learner asks, objects or tells something new."""
    if responding.objects(answer) and not lines[0].startswith(
        ("I'm sorry", "I'm very sorry", "You're right", "All right")
    ):
        lines = ["You're right, I'm sorry.", *lines]
    if play.scene.closing not in lines or _TAKES_LEAVE.search(answer):
        return lines
    new = len(answer.split()) >= _SUBSTANTIAL or improvise.asks(answer) or responding.objects(answer)
    held = turns.fresh(_HOLDS, said)
    if not new or held is None:
        return lines
    kept = [one for one in lines[: lines.index(play.scene.closing)] if one]
    return [*kept, held] if kept else ["I see.", held]


def _by_script(play: Play, at: int, answer: str, since: list[ChatTurn], band: str) -> list[str]:
    """What the step of the scene and its answers foresee."""
    step, said = play.scene.steps[at], stage.spoken(since)
    if (answered := _answered(play, at, answer, since, band)) is not None:
        return answered
    fitting = [one for one in step.branches if stage.hears(one.when, answer)]
    if asides.complains(play, answer) and not any(step.id not in asides.ASKED or "sorry" in one.say for one in fitting):
        return _improvised(play, at, answer, since, band)
    for branch in step.branches:
        if stage.hears(branch.when, answer) and (branch.to != step.id or branch.say not in " ".join(said)):
            told = orders.said_back(play.scene.id, branch.say, answer) or inrole.said_by(branch, answer)
            if branch.to == step.id:
                return [told]
            more = asides.more(at, play, answer, said)
            return [told, *(more if more is not None else _onward(play, at, branch.to, since, band))]
    asks_advice = _ADVICE.search(answer) is not None and play.scene.advice not in " ".join(said)
    if (
        asks_advice
        and step.id not in {"questions", "ask"}
        and not (play.scene.id == "small_talk" and _CULTURE.search(answer))
    ):
        return [play.scene.advice, play.filled(step.lines[band])]
    other = next((one for one in play.scene.steps if one is not step and stage.is_told(one, answer)), None)
    if other is not None and not stage.does(step, answer):
        say = inrole.said_by(found, answer) if (found := stage.first(other.branches, answer)) else "All right."
        return [say, *(asides.waiting(play, step, said, band) or [play.filled(step.lines["A"])])]
    if improvise.asks(answer) and not asides.is_asked_for(step, answer):
        return _improvised(play, at, answer, since, band)
    return _told(play, at, answer, since, band)


def _told(play: Play, at: int, answer: str, since: list[ChatTurn], band: str) -> list[str]:
    """What follows a statement that no branch of the step foresees: help when it does not fit, then the next line."""
    step, said = play.scene.steps[at], stage.spoken(since)
    hint, easy = play.filled(step.hint), play.filled(step.lines["A"])
    asked = step.id in asides.ASKED and any(line in one for line in asides.GOES_ON for one in said)
    misses = len(answer.split()) >= _SUBSTANTIAL and not stage.does(step, answer, at_length=False)
    if step.id in _CLOSED and band != "A" and misses and easy not in " ".join(said):
        return [*_heard(play, at, answer, band), easy]
    last = at == len(play.scene.steps) - 1
    if last and len(answer.split()) >= _FULL and not stage.does(step, answer) and not _TAKES_LEAVE.search(answer):
        if play.scene.id not in asides.PRIVATE and not any(line in one for line in asides.STILL for one in said):
            return ["All right.", asides.STILL[0]]
        return [*_onward(play, at, "", since, band)]
    if not asked and not stage.does(step, answer) and hint not in " ".join(said):
        return [*_heard(play, at, answer, band), hint, play.filled(step.lines[band])]
    return [*_heard(play, at, answer, band), *_onward(play, at, "", since, band)]


def _improvised(play: Play, at: int, answer: str, since: list[ChatTurn], band: str) -> list[str]:
    """An answer in the part to a question or a complaint that the scene does not foresee, then the scene goes on."""
    step = play.scene.steps[at]
    said = stage.spoken(since)
    reply = improvise.reply(answer, said, play.scene.id, privately=play.scene.id in asides.PRIVATE)
    if (more := asides.more(at, play, answer, said)) is not None:
        return [reply, *more]
    rest = " ".join(one for one in turns.sentences(answer) if not improvise.asks(one))
    if rest and step.expects.search(rest) and not asides.complains(play, rest):
        return [reply, *_onward(play, at, "", since, band)]
    return [reply, *asides.waiting(play, step, said, band)]


def _answered(play: Play, at: int, answer: str, since: list[ChatTurn], band: str) -> list[str] | None:
    """The answer to the learner's own question, then the next line, or the waiting one if it was not said just now."""
    step, sentences = play.scene.steps[at], turns.sentences(answer)
    questions = " ".join(one for one in sentences if "?" in one)
    found = stage.first(play.scene.answers, questions) or stage.first(play.scene.answers, answer)
    asks = "?" in answer and step.id not in asides.ASKED
    fitting = [branch for branch in step.branches if stage.hears(branch.when, answer)]
    if found is None or asides.is_asked_for(step, answer) or (fitting and (not asks or fitting[0].to == step.id)):
        return None
    rest = " ".join(one for one in sentences if not found.when.search(one))
    told = " ".join(asides.answers(play, answer)) or play.filled(inrole.said_by(found, answer))
    if found.to:
        return [told, *_onward(play, at, found.to, since, band)]
    if rest and step.id not in _WEIGHED and stage.does(step, rest):
        return [told, *_onward(play, at, "", since, band)]
    said = stage.spoken(since)
    if (more := asides.more(at, play, answer, said)) is not None:
        return [told, *more]
    if not asks and found.to == "" and not asides.complains(play, answer) and stage.does(step, answer):
        return [told, *_onward(play, at, "", since, band)]
    return [told, *asides.waiting(play, step, said, band)]


def _heard(play: Play, at: int, answer: str, band: str) -> list[str]:
    """A word for what was said, where the next line has none."""
    following = play.scene.steps[at + 1].lines[band] if at + 1 < len(play.scene.steps) else "Thank you"
    if improvise.asks(answer) or _REACTS.match(following) or not play.scene.heard or len(answer.split()) < 3:
        return []
    return [play.scene.heard[at % len(play.scene.heard)]]


def _onward(play: Play, at: int, to: str, since: list[ChatTurn], band: str) -> list[str]:
    following = play.scene.position(to) if to else at + 1
    heard = stage.heard_so_far(since)
    while (
        not to
        and following < len(play.scene.steps)
        and (
            stage.is_told(play.scene.steps[following], heard)
            or stage.is_denied(play, play.scene.steps[following], since)
        )
    ):
        following += 1
    if following < len(play.scene.steps):
        return [play.filled(play.scene.steps[following].lines[band])]
    return [play.scene.closing, stage.report(play, since)]
