"""The words of the page in all its languages: none is missing, none is unused, none has other values in it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from api.english.catalog import load

STATIC = Path(__file__).parents[2] / "static"
LANGUAGES = ("en", "es", "pt", "fr", "de", "ar", "zh", "ja")
MESSAGES: dict[str, dict[str, Any]] = {
    language: json.loads((STATIC / "messages" / f"{language}.json").read_text()) for language in LANGUAGES
}
# Each language's own (Unicode CLDR); a category that a message lacks is said with `other`.
PLURALS = {"zero", "one", "two", "few", "many", "other"}


def _scripts() -> str:
    return "\n".join(path.read_text() for path in sorted((STATIC / "js").rglob("*.js")))


def _first_arguments(script: str) -> list[str]:
    """What stands between `t(` and the comma or bracket that ends the first argument."""
    found = []
    for start in (match.end() for match in re.finditer(r"(?<![\w.])(?:i18n\.)?t\(", script)):
        depth, end = 0, start
        while depth >= 0 and not (depth == 0 and script[end] == ","):
            depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(script[end], 0)
            end += 1
        found.append(script[start : end if script[end] == "," else end - 1])
    return found


def _keys(argument: str) -> set[str]:
    return set(re.findall(r'"([a-z]\w*(?:\.\w+)+|[a-z]+)"', re.sub(r"=== ?\"[^\"]*\"", "", argument)))


def _texts(message: Any) -> list[str]:
    return list(message.values()) if isinstance(message, dict) else [message]


def _values(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language: str) -> None:
    english, found = MESSAGES["en"], MESSAGES[language]
    assert sorted(found) == list(found), "sorted, so that two changes do not meet"
    assert set(found) == set(english)
    for key, message in found.items():
        assert all(text.strip() for text in _texts(message)), key
        assert _values(_texts(message)[-1]) == _values(_texts(english[key])[-1]), key
        if isinstance(message, dict):
            assert set(message) <= PLURALS and "other" in message, key


def test_no_message_is_missing() -> None:
    asked = {key for argument in _first_arguments(_scripts()) if "`" not in argument for key in _keys(argument)}
    asked |= set(re.findall(r'title: "([\w.]+)"', (STATIC / "js" / "routes.js").read_text()))
    assert len(asked) > 150
    assert sorted(asked - set(MESSAGES["en"])) == []


def test_no_message_is_unused() -> None:
    scripts = _scripts()
    literal = set(re.findall(r'"([\w.]+)"', scripts))
    made = set(re.findall(r"`([a-zA-Z_.]+)\$\{", scripts))
    unused = [key for key in MESSAGES["en"] if key not in literal and not any(key.startswith(start) for start in made)]
    assert unused == []


def test_messages_that_are_made_from_a_value_exist() -> None:
    """`t(`score.${band}`)`: something begins with it."""
    started = {start for argument in _first_arguments(_scripts()) for start in re.findall(r"`([a-z_.]+)\$\{", argument)}
    assert len(started) > 8
    assert [start for start in started if not any(key.startswith(start) for key in MESSAGES["en"])] == []


def test_the_front_page_tells_how_many_modules_the_course_has() -> None:
    welcome = (STATIC / "js" / "screens" / "welcome.js").read_text()
    assert re.findall(r"const MODULES = (\d+);", welcome) == [str(len(load.catalog().modules))]
    for language, messages in MESSAGES.items():
        assert _values(messages["welcome.lessons.text"]) == {"modules"}, language
