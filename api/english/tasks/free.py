"""Texts in the learner's own words: what was asked, and what of a text counts where there is a limit."""

from api.english.catalog import drills, schema
from language import tokens

Written = schema.WritingVariant | drills.PictureVariant


def asked(shown: Written) -> str:
    """The question with all that the text may be about: what was to be read, heard or seen."""
    about = shown.alt if isinstance(shown, drills.PictureVariant) else shown.passage or shown.script
    return f"{shown.ask}\n\n{about}" if about else shown.ask


def counted(shown: Written, text: str) -> str:
    """The text up to the limit: nothing behind it can make a point."""
    if not isinstance(shown, schema.SummaryVariant):
        return text
    found = _words(text)
    return text if len(found) <= shown.max_words else text[: found[shown.max_words - 1].end]


def within(shown: Written, text: str) -> tuple[float, str]:
    """The share of the points that a text of this length keeps, 0 to 1, and why not all; 1 and nothing up to the
    limit, then as much as the limit is of the text."""
    if not isinstance(shown, schema.SummaryVariant) or (count := len(_words(text))) <= shown.max_words:
        return 1.0, ""
    return shown.max_words / count, f"{count} words: {shown.max_words} are allowed. Leave out details and examples."


def _words(text: str) -> list[tokens.Token]:
    return [token for token in tokens.of(text) if token.is_word]
