"""Minimal pairs: two words that differ in one sound, to be told apart and to be said."""

from api.english.catalog import drills, options
from api.english.tasks import result, spoken, words
from api.english.tasks.result import Graded, Part, Response
from api.english.tasks.spoken import Heard
from speech import assessment
from speech.pronunciation import phones
from speech.pronunciation.lexicon import dictionary

_ONE_OF_TWO = 0.5


def told_apart(variant: drills.MinimalPairsVariant, key: str, response: Response) -> Graded:
    """One option id (or the word itself) for each pair."""
    parts = []
    missed = []
    for number, (pair, picked) in enumerate(
        zip(variant.pairs, result.answers(response, len(variant.pairs)), strict=True), 1
    ):
        right = options.pair_ids(pair, key, number)[pair.said]
        if picked.strip().lower() in {right, pair.said.lower()}:
            parts.append(Part(str(number), 1, "Right.", _ONE_OF_TWO))
            continue
        missed.append(pair.said.lower())
        lead, chance = ("", _ONE_OF_TWO) if picked.strip() else ("No answer. ", 0.0)
        told = f"{lead}You heard “{pair.said}”. {explained(pair.said, pair.other)}".strip()
        parts.append(Part(str(number), 0, told, chance))
    score = result.percent([part.credit for part in parts])
    return Graded(score, result.in_words(tuple(parts)), tuple(parts), missed=tuple(missed))


def said(variant: drills.SayPairsVariant, heard: Heard) -> Graded:
    """Both words of each pair, by the score of the sound in which they differ; a sound that was heard as the other
    word's earns nothing. Without a scorer the recognized words count, up to 80 points."""
    if heard.pronunciation is None:
        return _recognized(variant, heard)
    found = [word for word in heard.pronunciation.get("words", []) if word["index"] is not None]
    parts = []
    for number, (one, other) in enumerate(variant.pairs):
        pair = [found[at] if at < len(found) else None for at in (2 * number, 2 * number + 1)]
        for written, (credit, message) in zip((one, other), _pair(one, other, pair), strict=True):
            parts.append(Part(written, credit, message))
    score = result.percent([part.credit for part in parts])
    lines = [part.message for part in parts if part.credit < 0.8] or ["The sounds are clearly different. Well done!"]
    weak = tuple(part.item.lower() for part in parts if part.credit < 0.6)
    strong = tuple(part.item.lower() for part in parts if part.credit >= 0.8)
    return Graded(score, " ".join(lines), tuple(parts), missed=weak, mastered=strong)


def _pair(one: str, other: str, found: list[assessment.ScoredWord | None]) -> list[tuple[float, str]]:
    """Credit and message for both words of a pair, as they were scored."""
    left, right = ([phone["phoneme"] for phone in word["phonemes"]] if word else [] for word in found)
    places = [at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b]
    place = places[0] if len(left) == len(right) and len(places) == 1 else None
    rivals = (right[place], left[place]) if place is not None else (None, None)
    return [
        _word(written, word, place, rival) for written, word, rival in zip((one, other), found, rivals, strict=True)
    ]


def _word(written: str, word: assessment.ScoredWord | None, place: int | None, rival: str | None) -> tuple[float, str]:
    if word is None or word["error"] == "omission" or word["score"] is None:
        return 0.0, f"“{written}” was not heard."
    if place is None:
        return word["score"] / 100, f"“{written}”: {round(word['score'])} of 100."
    phone = word["phonemes"][place]
    if phone.get("heard") == rival and rival is not None:
        return 0.0, f"/{phone['ipa']}/ in “{written}” sounded like /{phones.IPA[rival]}/."
    return phone["score"] / 100, f"/{phone['ipa']}/ in “{written}”: {round(phone['score'])} of 100."


def _recognized(variant: drills.SayPairsVariant, heard: Heard) -> Graded:
    forms = [token.form for token in words.tokens(heard.transcript)]
    written = [word for pair in variant.pairs for word in pair]
    parts = []
    for word in written:
        there = all(token.form in forms for token in words.tokens(word))
        parts.append(Part(word, float(there), "Understood." if there else f"“{word}” was not understood."))
    score = round(spoken.UNSCORED_SHARE * result.percent([part.credit for part in parts]))
    wrong = [part.message for part in parts if not part.credit]
    return Graded(score, " ".join(wrong) or "Every word was understood.", tuple(parts))


def contrast(one: str, other: str) -> tuple[str, str] | None:
    """The two sounds (ARPAbet) in which words differ by one sound alone; None for other words."""
    for left in dictionary.shared().find(one.lower()):
        for right in dictionary.shared().find(other.lower()):
            different = [(phones.bare(a), phones.bare(b)) for a, b in zip(left, right, strict=False)]
            different = [pair for pair in different if pair[0] != pair[1]]
            if len(left) == len(right) and len(different) == 1:
                return different[0]
    return None


def explained(one: str, other: str) -> str:
    """How the words differ, for the learner."""
    found = contrast(one, other)
    if found is None:
        return ""
    return f"“{one}” has /{phones.IPA[found[0]]}/, “{other}” has /{phones.IPA[found[1]]}/."
