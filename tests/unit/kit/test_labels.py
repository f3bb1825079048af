"""Names of people and things have one form, whatever they were typed on, and can be seen."""

from contextlib import nullcontext
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from api.api_keys.schemas import KeyName
from api.assignments.schemas import ClassQuery
from api.assignments.schemas import Team as AssignedTeam
from api.auth.schemas import Name, Nickname
from api.live.schemas import LiveNicknameRequest
from api.organizations.schemas import Team, Title
from kit import typography

_KINDS: list[Any] = [Name, Nickname, Title, Team, AssignedTeam, KeyName]


_SHORT = (Nickname, Team, AssignedTeam, LiveNicknameRequest)  # of fewer than 80 characters
_SCOTLAND = "🏴" + "".join(chr(0xE0000 + ord(one)) for one in "gbsct\x7f")


def _read(kind: Any, given: str) -> str:
    return str(TypeAdapter(kind).validate_python(given))


@pytest.mark.parametrize("kind", _KINDS)
def test_what_looks_equal_is_equal(kind: Any) -> None:
    for typed in ("E\u0301quipe A", " Équipe\u00a0 A ", "\u2003Équipe\tA\n", "Équipe\x1b A"):
        assert _read(kind, typed) == "Équipe A"
    for typed in ("Team\u200bA", "Team\u00adA", "TeamA\u2060", "\u202eTeamA", "Te\u200dam\u200cA", "\u200dTeamA\u200d"):
        assert _read(kind, typed) == "TeamA"
    assert _read(kind, "Jose\u00ad\u0301") == "José"


@pytest.mark.parametrize("kind", _KINDS)
@pytest.mark.parametrize("typed", [" ", "\u200b", "\u2060\u00a0", "\x07", "\u00ad\u3164"])
def test_nobody_has_a_name_that_cannot_be_seen(kind: Any, typed: str) -> None:
    with pytest.raises(ValidationError, match="can be seen"):
        _read(kind, typed)


@pytest.mark.parametrize("kind", [*_KINDS, LiveNicknameRequest])
def test_the_length_counts_in_the_form_that_is_kept(kind: Any) -> None:
    name = "\u0958" * 40  # has no composed form: two characters each
    with pytest.raises(ValidationError, match=r"string_too_long|too_long") if kind in _SHORT else nullcontext():
        TypeAdapter(kind).validate_python({"nickname": name} if kind is LiveNicknameRequest else name)


def test_other_doors_to_the_same_names() -> None:
    assert LiveNicknameRequest(nickname="Mi\u0301ka ").nickname == "Míka"
    assert ClassQuery(team=" A ").team == "A"


def test_names_of_every_script_stay() -> None:
    plain = ("José", "🎓", "山田 太郎", "O’Brien", _SCOTLAND)
    for name in (*plain, "می\u200cخواهم", "क्\u200dष", "രാജന്\u200d", "👩🏽\u200d🎓", "🏳️\u200d🌈"):
        assert typography.tidy(name) == name
