"""Where the points went: what cost most of the overall score, said so that a learner can do something about it.

Each part's lack, times its weight, is shared out. Accuracy among the sounds that were told and wrong stresses; fluency
and prosody among long gaps, by what the score would be without them; completeness among the words that were not read.
What is left of a part is told last, as a whole, so that the points of all add up to what the overall score lacks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from speech import assessment
from speech.assessment import Loss, Phone
from speech.pronunciation import scale, tables
from speech.pronunciation.parts import Gap, Parts
from speech.pronunciation.report import WordScore

LEAST = 0.1
"""Points from which something is told."""
SLOW, FAST = 100, 210
"""Words a minute beyond which a reading is called slow or fast."""
LONG = 0.3
"""Seconds from which silence is called a pause."""
_REST: dict[assessment.Part, tuple[assessment.LossKind, str]] = {
    "accuracy": ("other_sounds", "Small things in many sounds."),
    "fluency": ("pace", "The pace, and how words are linked."),
    "prosody": ("melody", "Rhythm and melody as a whole."),
}


@dataclass(frozen=True)
class Scores:
    """Points of the parts 0 to 100 as they are told; `complete` 0 to 1."""

    accuracy: float
    fluency: float
    prosody: float
    complete: float

    @property
    def overall(self) -> float:
        """The score of the whole, 0 to 100."""
        return scale.overall(self.accuracy, self.fluency, self.prosody, self.complete)

    def budget(self, part: assessment.Part) -> float:
        """Points of the overall score that a part lacks."""
        if part == "completeness":
            return scale.overall(self.accuracy, self.fluency, self.prosody, 1.0) * (1 - self.complete)
        lack = {"accuracy": self.accuracy, "fluency": self.fluency, "prosody": self.prosody}[part]
        return scale.WEIGHTS[part] * (scale.TOP - lack)


def told(words: Sequence[WordScore], scores: Scores, parts: Parts, words_per_minute: int) -> list[Loss]:
    """What cost most first; the rest of each part last."""
    read = [w for w in words if w.index is not None and w.score is not None and w.error != "omission"]
    found = [
        *_omissions(words, scores),
        *_sounds(read, scores),
        *_stresses(read, scores),
        *_gaps(words, parts),
    ]
    rest = []
    gaps_in_prosody = scale.WEIGHTS["prosody"] * sum(g.prosody for g in parts.gaps)
    for part, (kind, message) in _REST.items():
        left = scores.budget(part) - sum(loss["points"] for loss in found if loss["part"] == part)
        left += {"fluency": gaps_in_prosody, "prosody": -gaps_in_prosody}.get(part, 0.0)
        if part == "fluency" and not SLOW <= words_per_minute <= FAST:
            message = f"{words_per_minute} words a minute is {'slow' if words_per_minute < SLOW else 'very fast'}."
        concerned = read
        if part == "accuracy":
            concerned = sorted(read, key=lambda w: w.score or 0.0)[:1]
            message = f"{message[:-1]}, most in {_quoted(concerned)}."
        rest.append(_loss(kind, part, left, message, concerned))
    specific = sorted(found, key=lambda loss: -loss["points"])
    out = [loss for loss in (*specific, *sorted(rest, key=lambda loss: -loss["points"])) if loss["points"] >= LEAST]
    return [{**loss, "points": round(loss["points"], 1)} for loss in out]


def exercise(losses: Sequence[Loss]) -> assessment.Exercise | None:
    """What to try for the first loss; None when there is none."""
    if not losses:
        return None
    loss = losses[0]
    text = loss["text"]
    match loss["kind"]:
        case "sound" | "missing_sound":
            wanted, heard = loss.get("phoneme", ""), loss.get("heard") or ""
            how, pair = tables.ADVICE[wanted]
            pair = tables.PAIRS.get((wanted, heard), pair)
            pair = pair.replace(" – ", ", ")
            return {"instruction": f"{how}. Say the pair, then the word.", "text": f"{pair}. {text}."}
        case "stress":
            return {"instruction": f"{loss['message']} Say it three times.", "text": f"{text}, {text}, {text}."}
        case "pause" | "hesitation" | "insertion" | "repetition":
            return {"instruction": "Say these words in one breath.", "text": text}
        case "omission":
            return {"instruction": "Say the part with the word that was missing.", "text": text}
        case "pace":
            return {"instruction": "Listen to the model, then speak along with it.", "text": text}
        case "melody":
            return {"instruction": "Listen to the model's melody and say it after it.", "text": text}
    return {"instruction": "Listen to the model and say it after it, slowly first.", "text": text}


def _loss(
    kind: assessment.LossKind, part: assessment.Part, points: float, message: str, words: Sequence[WordScore]
) -> Loss:
    """About some words, which are heard from the first to the last."""
    return {
        "kind": kind,
        "part": part,
        "points": min(max(points, 0.0), scale.TOP),
        "message": message,
        "words": [w.index for w in words if w.index is not None],
        "text": " ".join(w.text for w in words if w.index is not None),
        "start_ms": min((w.start_ms for w in words), default=0),
        "end_ms": max((w.end_ms for w in words), default=0),
    }


def _omissions(words: Sequence[WordScore], scores: Scores) -> Iterable[Loss]:
    """Words in a row that were not read, with their neighbours to listen to."""
    flow = [w for w in words if w.index is not None and w.score is not None]
    omitted = [w for w in flow if w.error == "omission"]
    each = scores.budget("completeness") / max(1, len(omitted))
    at = 0
    for is_omitted, run in groupby(flow, key=lambda w: w.error == "omission"):
        some = list(run)
        if is_omitted:
            around = [*flow[max(0, at - 1) : at], *some, *flow[at + len(some) : at + len(some) + 1]]
            message = f"{_quoted(some[:6])} {'was' if len(some) == 1 else 'were'} not read."
            loss = _loss("omission", "completeness", each * len(some), message, around)
            yield {**loss, "words": [w.index for w in some if w.index is not None]}
        at += len(some)


def _share(read: Sequence[WordScore], scores: Scores) -> float:
    """Points of the overall score for each point that a word lacks."""
    lack = sum(scale.TOP - (w.score or 0.0) for w in read)
    held = min(1.0, (scale.TOP - scores.accuracy) * len(read) / lack) if lack else 0.0
    return scale.WEIGHTS["accuracy"] * held / len(read)


def _sounds(read: Sequence[WordScore], scores: Scores) -> Iterable[Loss]:
    """Sounds that were told, those of a kind together."""
    share = _share(read, scores)
    found: dict[tuple[str, bool], list[tuple[float, WordScore, Phone]]] = {}
    for w in read:
        whole = sum(scale.TOP - p["score"] for p in w.phonemes)
        lack = scale.TOP - (w.score or 0.0) - w.stress_cost
        for p in w.phonemes:
            if "advice" in p and whole:
                cost = share * lack * (scale.TOP - p["score"]) / whole
                found.setdefault((p["phoneme"], p.get("heard") == ""), []).append((cost, w, p))
    for (phoneme, missing), cases in found.items():
        cases.sort(key=lambda case: -case[0])
        worst, first = cases[0][1], cases[0][2]
        concerned = list({w.index: w for _, w, _ in cases}.values())
        message = f"/{first['ipa']}/ in {_quoted(concerned)} {_how(first, missing)}."
        loss = _loss("missing_sound" if missing else "sound", "accuracy", sum(c for c, _, _ in cases), message, [worst])
        loss |= {"words": [w.index for w in concerned if w.index is not None], "phoneme": phoneme, "ipa": first["ipa"]}
        if "heard" in first:
            loss |= {"heard": first["heard"], "heard_ipa": first["heard_ipa"]}
        yield loss


def _how(p: Phone, missing: bool) -> str:
    if missing:
        return "was not heard"
    return f"sounded like /{p['heard_ipa']}/" if p.get("heard_ipa") else "was not clear"


def _stresses(read: Sequence[WordScore], scores: Scores) -> Iterable[Loss]:
    share = _share(read, scores)
    for w in read:
        if w.stress_cost and "stress" in w.extra:
            said = w.extra["syllables"][w.extra["stress"]["expected"] or 0]["text"]
            message = f"The stress of “{w.text}” belongs on /{said}/."
            yield _loss("stress", "accuracy", share * w.stress_cost, message, [w])


def _gaps(words: Sequence[WordScore], parts: Parts) -> Iterable[Loss]:
    """Pauses, and what was said between the words, by what fluency and prosody would be without them. Beside a doubtful
    word, who knows what it was."""
    extra, read = beside(words), [w for w in words if w.aligned]
    for gap in parts.gaps:
        points = scale.WEIGHTS["fluency"] * gap.fluency + scale.WEIGHTS["prosody"] * gap.prosody
        near = read[max(0, gap.place - 1) : gap.place + 1]
        if any("doubtful" in w.extra for w in near):
            continue
        said = extra.get(gap.place)
        if said is not None:
            kind, message = _named(said)
            loss = _loss(kind, "fluency", points, message, near)
            yield {**loss, "start_ms": min(said.start_ms, near[0].start_ms)}
        elif gap.seconds >= LONG:
            yield _loss("pause", "fluency", points, _pause(gap, near), near)


def _pause(gap: Gap, near: Sequence[WordScore]) -> str:
    return f"A pause of {gap.seconds:.1f} s between “{near[0].text}” and “{near[-1].text}”."


def _named(w: WordScore) -> tuple[assessment.LossKind, str]:
    if w.error == "repetition":
        return "repetition", f"“{w.text}” was said twice."
    if w.text == "…":
        return "hesitation", "Something else was said here, such as “er”."
    return "insertion", f"“{w.text}” is not in the text."


def beside(words: Sequence[WordScore]) -> dict[int, WordScore]:
    """What was said that is not in the text, by the place of the read word behind it."""
    out: dict[int, WordScore] = {}
    place = 0
    for w in words:
        if w.index is None:
            out[place] = w
        elif w.aligned:
            place += 1
    return out


def _quoted(words: Sequence[WordScore]) -> str:
    names = [f"“{w.text}”" for w in words[:3]]
    if len(words) > 3:
        return f"{', '.join(names)} and {len(words) - 3} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
