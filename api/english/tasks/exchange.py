"""Information gaps: the learner asks for what is missing on the card and tells what the partner asks for."""

from collections.abc import Sequence

from api.english.catalog import drills
from api.english.tasks import answers, points, result, spoken, words
from api.english.tasks.result import Graded, Part, Response
from api.english.tasks.spoken import Heard
from language.correction import MECHANICS, Correction
from language.lexicon.listed import listed

# A right question that our grammar check corrects.
FAULTY = 0.8
# What was wanted was named, but not asked for.
_NOT_ASKED = 0.5
_OPENERS = listed("""
    what when where who whose which why how is are am was were do does did can could will would shall should may might
    must have has had
""")
_POLITE = listed("please sorry excuse me hello hi and so well okay ok tell know you i 'd would like to")


def written(variant: drills.InformationGapVariant, response: Response) -> Graded:
    """A line for each turn. Errors in a question that is understood cost a fifth of it."""
    from language.grammar import check  # its patterns take a while to compile

    parts: list[Part] = []
    corrections: list[Correction] = []
    given = result.answers(response, len(variant.turns))
    for number, (turn, line) in enumerate(zip(variant.turns, given, strict=True), 1):
        item = str(number)
        if isinstance(turn, drills.TellTurn):
            found = answers.match(line, tuple(turn.accept), articles_free=True, question=turn.partner)
            parts.append(_told(item, turn, found.credit, answered=bool(line.strip())))
            continue
        wrong = [one for one in check.of_text(line) if one.kind not in MECHANICS] if line.strip() else []
        parts.append(_asked(item, turn, line, faulty=bool(wrong)))
        corrections += [
            Correction(one.start, one.end, one.original, one.suggestion, one.kind, one.message, item) for one in wrong
        ]
    score = result.percent([part.credit for part in parts])
    return Graded(score, result.in_words(tuple(parts)), tuple(parts), tuple(corrections))


def aloud(
    variant: drills.InformationGapVariant, level: str, heard: Heard, turns: Sequence[str] | None = None
) -> Graded:
    """Each turn must be done: in its own line with `turns`, else anywhere in the recording."""
    if turns is not None:
        parts = list(written(variant, list(turns)).parts)
    else:
        parts = [_somewhere(str(number), turn, heard.transcript) for number, turn in enumerate(variant.turns, 1)]
    told = " ".join(turn.partner if isinstance(turn, drills.TellTurn) else turn.ask for turn in variant.turns)
    return spoken.exchange(parts, level, f"{variant.situation} {told}", heard)


def _asked(item: str, turn: drills.AskTurn, line: str, *, faulty: bool) -> Part:
    if not line.strip():
        return Part(item, 0, f"No question. {turn.ask}")
    if not points.said(line, turn.words) or _echoes(line, turn.ask):
        return Part(item, 0, f"Still to do: {turn.ask} For example: “{turn.model}”")
    if not _asks(line):
        return Part(item, _NOT_ASKED, f"Ask it as a question: “{turn.model}” – “{turn.reply}”")
    return Part(item, FAULTY if faulty else 1, f"“{turn.reply}”")


def _told(item: str, turn: drills.TellTurn, credit: float, *, answered: bool) -> Part:
    if credit == 1:
        return Part(item, 1, "Right.")
    if not answered:
        return Part(item, 0, f"No answer. {turn.why}")
    return Part(item, credit, f"Look at your card again. {turn.why}")


def _somewhere(item: str, turn: drills.AskTurn | drills.TellTurn, transcript: str) -> Part:
    """Speech has no lines and no question marks: what was wanted is heard anywhere."""
    if isinstance(turn, drills.AskTurn):
        there = points.said(transcript, turn.words)
        return Part(item, float(there), f"“{turn.reply}”" if there else f"Still to do: {turn.ask}")
    there = any(points.said(transcript, wording) for accept in turn.accept for wording in answers.expand(accept))
    return Part(item, float(there), "Right." if there else f"Still to tell: {turn.why}")


def _asks(line: str) -> bool:
    """Whether it is a question: by its mark, or by a word that begins one."""
    forms = [token.form for token in words.tokens(line)]
    return "?" in line or any(form in _OPENERS for form in forms[:4])


def _echoes(line: str, ask: str) -> bool:
    """Whether the line only says again what is to be found out."""
    asked = {token.form for token in words.tokens(ask)}
    own = [token.form for token in words.tokens(line) if token.form not in asked | _POLITE]
    return not own and "?" not in line
