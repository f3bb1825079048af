"""How an input is changed: as bytes that know nothing of its form, or within it, so that more of it is read."""

import copy
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

LONGEST = 256 * 1024  # bytes of an input
_WORTHY = (
    b"\0",
    b"\xff",
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\xff",
    b"-1",
    b"4294967296",
    b"\r\n",
    b'"',
    b"\xed\xa0\x80",
)
_ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    0.5,
    1e308,
    2**63 - 1,
    2**64,
    "",
    "a text",
    "\0",
    "\ud800",
    "\u202e\u0301",
    "A" * 5000,
    "2026-12-01T00:00:00Z",
    "00000000-0000-4000-8000-000000000000",
    "data:;base64,AAAA====",
    [],
    {},
    [0] * 500,
    {str(number): number for number in range(300)},
)

Way = Callable[[list[bytes], random.Random], bytes]


def pieces(corpus: list[bytes], chance: random.Random) -> bytes:
    """One sample with one to eight changes of its bytes."""
    made = bytearray(chance.choice(corpus))
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        where = chance.randrange(len(made) + 1)
        match chance.randrange(7):
            case 0 if made:
                made[where % len(made)] ^= 1 << chance.randrange(8)
            case 1:
                made[where:where] = chance.randbytes(chance.choice((1, 2, 4, 16)))
            case 2:
                del made[where : where + chance.choice((1, 2, 4, 64, 1024))]
            case 3:
                made[where : where + 4] = chance.choice(_WORTHY)
            case 4:
                length = chance.choice((1, 8, 64, 512))
                made[where:where] = made[where : where + length] * chance.choice((1, 2, 20))
            case 5:
                other = chance.choice(corpus)
                start = chance.randrange(len(other) + 1)
                made[where:] = other[start : start + LONGEST]
            case _:
                del made[where:]
        del made[LONGEST:]
    return bytes(made)


def values(corpus: list[bytes], chance: random.Random) -> bytes:
    """One sample of JSON, an object, with one to three of its values changed, moved or gone."""
    made = json.loads(chance.choice(corpus))
    for _ in range(chance.choice((1, 1, 2, 3))):
        within, key = chance.choice(list(_places(made)) or [(made, "a")])
        match chance.randrange(5):
            case 0:
                within.pop(key, None) if isinstance(within, dict) else within.pop(key)
            case 1:
                other, place = chance.choice(list(_places(json.loads(chance.choice(corpus)))))
                within[key] = other[place]
            case 2:
                within[key] = _nested(within.get(key) if isinstance(within, dict) else within[key], chance)
            case 3 if isinstance(within, dict):
                within[chance.choice(("", "__class__", "event", "\0", "constructor"))] = copy.copy(chance.choice(_ODD))
            case _:
                within[key] = copy.copy(chance.choice(_ODD))
    return json.dumps(made).encode()[:LONGEST]


def lines(corpus: list[bytes], chance: random.Random) -> bytes:
    """One sample with one to four of its lines gone, said twice, elsewhere, another's, or with another number."""
    made = chance.choice(corpus).splitlines(keepends=True)
    for _ in range(chance.choice((1, 2, 4))):
        where = chance.randrange(len(made) + 1)
        match chance.randrange(5):
            case 0:
                del made[where : where + 1]
            case 1:
                made[where:where] = made[where : where + 1] * chance.choice((1, 2, 50))
            case 2:
                made.insert(where, made.pop(chance.randrange(len(made))) if made else b"")
            case 3:
                made[where : where + 1] = [chance.choice(chance.choice(corpus).splitlines(keepends=True))]
            case _:
                made[where : where + 1] = [_renumbered(line, chance) for line in made[where : where + 1]]
    return b"".join(made)[:LONGEST]


def members(corpus: list[bytes], chance: random.Random) -> bytes:
    """One sample that is a ZIP archive, with the bytes of one or two of its members changed and its sums right."""
    chosen = chance.choice([one for one in corpus if zipfile.is_zipfile(io.BytesIO(one))])
    with zipfile.ZipFile(io.BytesIO(chosen)) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    for name in chance.sample(sorted(content), chance.choice((1, 1, 2))):
        way = chance.choice((pieces, lines))
        content[name] = way([content[name], *content.values()][: chance.choice((1, 4))], chance)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, each in content.items():
            archive.writestr(name, each)
    return made.getvalue()


def _places(within: Any) -> Iterator[tuple[Any, Any]]:
    """Every (object or list, key or index) below and in this one."""
    keys = within if isinstance(within, dict) else range(len(within)) if isinstance(within, list) else ()
    for key in keys:
        yield within, key
        yield from _places(within[key])


def _nested(value: Any, chance: random.Random) -> Any:
    for _ in range(chance.choice((1, 2, 40, 250))):
        value = [value] if chance.random() < 0.5 else {"a": value}
    return value


def _renumbered(line: bytes, chance: random.Random) -> bytes:
    """With another number at one of the places where one stands."""
    digits = [at for at, one in enumerate(line) if chr(one).isdigit()]
    if not digits:
        return line
    at = chance.choice(digits)
    return line[:at] + str(chance.choice((0, 7, 96, 255, 65536, 2**32, 10**30))).encode() + line[at + 1 :]
