"""Whether a text or a transcript says what was asked for.

Each point has stems an author would accept as a sign of it: `price|cost*|how much`. A stem with `*` matches the
beginning of a word, a phrase matches its words in a row, and `?` matches a question mark.
"""

from collections.abc import Sequence

from api.english.catalog import frame
from api.english.tasks import words


def said(text: str, stems: str) -> bool:
    """Whether any of the stems occurs in the text."""
    forms = [token.form for token in words.tokens(text)]
    return any(_occurs(text, forms, stem.strip()) for stem in stems.split("|"))


def covered(text: str, points: Sequence[frame.Point]) -> list[bool]:
    """For each point, whether the text makes it."""
    return [said(text, point.words) for point in points]


def feedback(points: Sequence[frame.Point], made: Sequence[bool]) -> str:
    """What is still missing, in one sentence; empty when nothing is."""
    missing = [point.say for point, there in zip(points, made, strict=True) if not there]
    return f"Say something about: {'; '.join(missing)}." if missing else ""


def _occurs(text: str, forms: list[str], stem: str) -> bool:
    if stem == "?":
        return "?" in text
    if stem.endswith("*"):
        return any(form.startswith(words.canonical(stem[:-1])) or form.startswith(stem[:-1]) for form in forms)
    if any(one.isdigit() for one in text + stem):  # 7:30 says half past seven
        forms, wanted = ([token.form for token in found] for found in words.paired(text, stem))
    else:
        wanted = [token.form for token in words.tokens(stem)]
    spans = range(len(forms) - len(wanted) + 1)
    return any(all(words.same(forms[i + n], form) for n, form in enumerate(wanted)) for i in spans)
