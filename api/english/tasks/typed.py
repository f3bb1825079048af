"""Tasks with typed answers: gaps, short answers and dictation."""

from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from api.english.catalog import markup, options, schema
from api.english.tasks import answers, result, words
from api.english.tasks.result import Graded, Part, Response
from kit import typography
from language import tokens
from language.correction import Correction


def gap(variant: schema.GapVariant, key: str, response: Response) -> Graded:
    """One text (or, with a word bank, one option id or its text) for each gap."""
    wanted = markup.gaps(variant.text)
    bank = {id_: text for text, id_ in (options.bank_ids(variant, key) or {}).items()}
    parts: list[Part] = []
    corrections: list[Correction] = []
    missed: list[str] = []
    mastered: list[str] = []
    for number, (hole, given) in enumerate(zip(wanted, result.answers(response, len(wanted)), strict=True), 1):
        text = bank.get(typography.plain(given).strip().lower(), given)
        found = answers.match(text, hole.accept, articles_free=False)
        reason = hole.why or "Read the whole sentence again."
        part = _part(str(number), found, reason, answered=bool(given.strip()))
        parts.append(replace(part, chance=_chance(hole, bank)) if bank and given.strip() else part)
        corrections += _slips(text, found, str(number))
        (mastered if found.credit == 1 else missed).append(hole.accept[0].lower())
    return _graded(parts, corrections, missed, mastered)


def _chance(hole: markup.Gap, bank: dict[str, str]) -> float:
    """The share of the words in the bank that fill the gap."""
    fitting = sum(answers.match(word, hole.accept, articles_free=False).credit == 1 for word in bank.values())
    return fitting / len(bank) if fitting < len(bank) else 0.0


def short_answer(variant: schema.ShortVariant, response: Response) -> Graded:
    """A few words, or a whole sentence where only the content counts."""
    parts, corrections = [], []
    given = result.answers(response, len(variant.questions))
    for number, (question, text) in enumerate(zip(variant.questions, given, strict=True), 1):
        free = question.articles == "free"
        found = answers.match(text, tuple(question.accept), articles_free=free, question=question.ask)
        parts.append(_part(str(number), found, question.why, answered=bool(text.strip())))
        corrections += _slips(text, found, str(number))
    return _graded(parts, corrections, [], [])


def dictation(variant: schema.DictationVariant, response: Response) -> Graded:
    """Word by word against what was said. A slip of the pen counts half, an added word costs half a word."""
    given = response if isinstance(response, str) else " ".join(response)
    heard, said = words.paired(given, variant.text)
    credit, corrections, added = _aligned(given, heard, variant.text, said)
    corrections += _apostrophes(given)
    score = round(100 * max(0.0, sum(credit) - added / 2) / len(said))
    whole = _whole_words(variant.text, said, credit)
    right = [word for word, share in whole if share == 1]
    wrong = [word for word, share in whole if share < 1]
    return Graded(
        score,
        _dictation_feedback(len(right), wrong, added),
        tuple(Part(word, share, "Right." if share == 1 else "Listen again.") for word, share in whole),
        tuple(corrections),
        missed=tuple(dict.fromkeys(word.lower() for word in wrong)),
        mastered=tuple(dict.fromkeys(word.lower() for word in right if len(word) > 3)),
    )


def _aligned(
    given: str, heard: list[words.Token], text: str, said: list[words.Token]
) -> tuple[list[float], list[Correction], int]:
    """Credit for each word said, corrections, and how many words were added."""
    credit = [0.0] * len(said)
    corrections: list[Correction] = []
    added = 0
    for step in Levenshtein.opcodes([token.form for token in heard], [token.form for token in said]):
        if step.tag == "equal":
            credit[step.dest_start : step.dest_end] = [1.0] * (step.dest_end - step.dest_start)
        elif step.tag == "replace":
            sources, places = heard[step.src_start : step.src_end], range(step.dest_start, step.dest_end)
            for token, place in zip(sources, places, strict=False):
                credit[place] = _share(token, said[place])
                if credit[place] < 1:
                    corrections.append(_instead(given, token, text, said[place], slip=credit[place] > 0))
        elif step.tag == "delete":
            added += step.src_end - step.src_start
            corrections += [_unsaid(given, token) for token in heard[step.src_start : step.src_end]]
    return credit, corrections, added


def _share(heard: words.Token, said: words.Token) -> float:
    if words.same(heard.form, said.form):
        return 1.0
    return 0.5 if answers.misspelt(heard.form, said.form) else 0.0


def _whole_words(text: str, said: list[words.Token], credit: list[float]) -> list[tuple[str, float]]:
    """Words as written, a contraction being one of them, each with the lowest credit of its pieces."""
    whole: dict[tuple[int, int], float] = {}
    for token, share in zip(said, credit, strict=True):
        span = (token.start, token.end)
        whole[span] = min(share, whole.get(span, 1.0))
    return [(text[start:end], share) for (start, end), share in whole.items()]


def _dictation_feedback(right: int, wrong: list[str], added: int) -> str:
    if not wrong and not added:
        return "Every word is right. Well done!"
    lines = [f"{right} of {right + len(wrong)} words right."]
    if wrong:
        lines.append("Listen again for: " + ", ".join(f"“{word}”" for word in dict.fromkeys(wrong)) + ".")
    if added:
        lines.append(f"You wrote {added} word{'s' if added > 1 else ''} that nobody said.")
    return " ".join(lines)


def _instead(given: str, heard: words.Token, text: str, said: words.Token, *, slip: bool) -> Correction:
    wanted = text[said.start : said.end]
    original = given[heard.start : heard.end]
    message = f"Check the spelling of “{wanted}”." if slip else f"The word is “{wanted}”."
    return Correction(heard.start, heard.end, original, wanted, "spelling" if slip else "word", message)


def _apostrophes(given: str) -> list[Correction]:
    """A missing apostrophe costs nothing when the word was heard, but is shown."""
    found = []
    seen = typography.trace(given)
    for token in tokens.simple(seen.text):
        if whole := words.BARE.get(token.lower):
            message = f"Write it with an apostrophe: “{whole}”."
            start, end = seen.span(token.start, token.end)
            found.append(Correction(start, end, given[start:end], whole, "apostrophe", message))
    return found


def _unsaid(given: str, token: words.Token) -> Correction:
    original = given[token.start : token.end]
    return Correction(token.start, token.end, original, "", "extra_word", f"“{original}” was not said.")


def _part(number: str, found: answers.Match, reason: str, *, answered: bool) -> Part:
    if found.credit == 1:
        return Part(number, 1, "Right.")
    if not answered:
        return Part(number, 0, f"No answer. {reason}")
    if found.crowded:
        return Part(number, found.credit, "The answer is there, but say only what the question asks for.")
    if found.slips:
        wanted = ", ".join(f"“{form}”" for _, form in found.slips)
        return Part(number, found.credit, f"Right, but check your spelling: {wanted}.")
    return Part(number, 0, reason)


def _slips(given: str, found: answers.Match, number: str) -> list[Correction]:
    return [
        Correction(
            token.start, token.end, given[token.start : token.end], form, "spelling", f"Spell it “{form}”.", number
        )
        for token, form in found.slips
    ]


def _graded(parts: list[Part], corrections: list[Correction], missed: list[str], mastered: list[str]) -> Graded:
    score = result.percent([part.credit for part in parts])
    feedback = result.in_words(tuple(parts))
    return Graded(score, feedback, tuple(parts), tuple(corrections), tuple(missed), tuple(mastered))
