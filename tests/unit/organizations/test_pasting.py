"""What a teacher pastes, read as people: each line its own, whatever stands around the address."""

import pytest

from api.organizations import pasting


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ana Souza, ana@s.example", [(1, "Ana Souza", "ana@s.example")]),
        ("ana@s.example", [(1, None, "ana@s.example")]),
        ("ana@s.example; Ana Souza", [(1, "Ana Souza", "ana@s.example")]),
        ("Souza\tAna\tana@s.example", [(1, "Souza Ana", "ana@s.example")]),
        ('"Souza, Ana" <ana@s.example>', [(1, "Souza, Ana", "ana@s.example")]),
        ("mailto:ana@s.example.", [(1, None, "ana@s.example")]),
        ("\r\n  \nana@s.example\r\n,;\r\nJo, jo@s.example", [(3, None, "ana@s.example"), (5, "Jo", "jo@s.example")]),
        (
            "Ana <a@s.example>, Ben <b@s.example>; c@s.example",
            [(1, "Ana", "a@s.example"), (1, "Ben", "b@s.example"), (1, None, "c@s.example")],
        ),
        ("a@s.example Ana, b@s.example Ben", [(1, "Ana", "a@s.example"), (1, "Ben", "b@s.example")]),
        ("王小明，wang@s.example", [(1, "王小明", "wang@s.example")]),
    ],
)
def test_names_and_addresses_are_told_apart(text: str, people: list[tuple[int, str | None, str]]) -> None:
    found = pasting.read(text)
    assert [(one.line, one.name, one.email) for one in found] == people
    assert {one.fault for one in found} == {None}


def test_what_cannot_be_read_says_why_and_stays_readable() -> None:
    found = pasting.read("name, e-mail\nAna, ana@school\nben@s.example\nBen, BEN@s.example")
    assert [(one.name or one.email, one.fault is not None) for one in found] == [
        ("name, e-mail", True),
        ("Ana", True),
        ("ben@s.example", False),
        ("Ben", True),
    ]
    assert found[1].email == "ana@school"


def test_hostile_text_is_read_in_no_time() -> None:
    assert len(pasting.read("a" * pasting.MOST_CHARACTERS)) == 1
    assert len(pasting.read("@" * pasting.MOST_CHARACTERS)) == 1
    assert len(pasting.read("a@b," * (pasting.MOST_CHARACTERS // 4))) == pasting.MOST_CHARACTERS // 4
