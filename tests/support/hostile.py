"""What hostile clients are made of: odd values, events and noise, drawn by a seed, so that a failing one comes again.

The families of messages are in `hostile_socketio.py`, `hostile_messages.py` and `hostile_bodies.py`.

An attack is what is sent one behind the other on one line: texts and bytes.
"""

import json
import random
from collections.abc import Callable
from typing import Any

Attack = list[str | bytes]
Family = Callable[[random.Random], Attack]
NAMESPACE = "/speaking"


class Raw(str):
    """Text that stands in JSON as it is."""

    __slots__ = ()


def dumps(value: Any) -> str:
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{dumps(name)}:{dumps(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(dumps, value)) + "]"
    return json.dumps(value)


def nested(depth: int, opening: str = "[", closing: str = "]") -> Raw:
    return Raw(opening * depth + closing * depth)


_ODDITIES: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    1.5,
    -0.0,
    2**31,
    2**53,
    2**63 - 1,
    2**63,
    2**64,
    10**30,
    -(10**300),
    1e308,
    "",
    "\0",
    "a\0b",
    "\ufffe",
    "\u202e",
    [],
    {},
    [[]],
    [1, 2, 3],
    {"a": 1},
    {"__proto__": {}},
    {"_placeholder": True, "num": 0},
    {"_placeholder": True, "num": 7},
    Raw('"\\ud800"'),
    Raw('"\\udc00\\ud800"'),
    Raw('"\\u0000"'),
    Raw("NaN"),
    Raw("-Infinity"),
    Raw("1e999"),
    Raw("1" * 400),
    Raw("01"),
    Raw("'x'"),
    Raw("undefined"),
    nested(20),
    nested(100),
    nested(1000),
    nested(60_000),
    Raw('{"a":' * 90 + "1" + "}" * 90),
    Raw("[" + "0," * 40_000 + "0]"),
    "../../etc/passwd",
    "' or 1=1 --",
    "%00",
    "null",
    "1",
    "{}",
    "00000000-0000-0000-0000-00000000000g",
    "0189F7B0-0000-7000-8000-000000000000",
    "é" * 300,
]


def oddity(chance: random.Random) -> Any:
    """A JSON value, or what is none, that nobody expects in its place."""
    sized = [
        "x" * chance.choice([200, 5000, 70_000, 200_000, 1_500_000]),
        Raw("{" + ",".join(f'"m{n}":0' for n in range(chance.choice([60, 9000]))) + "}"),
    ]
    return chance.choice([*_ODDITIES, *sized])


MEMBERS = {
    "session.join": ["session_id", "last_seq", "observe"],
    "speaking.start": ["reference_text", "language", "sample_rate", "codec", "patience_ms", "takeover"],
    "text": ["text", "key"],
    "session.update": ["patience_ms"],
    "webrtc.offer": ["sdp"],
    "webrtc.candidate": ["candidate", "sdpMid", "sdpMLineIndex", "usernameFragment"],
    "webrtc.close": ["failed"],
    "session.end": ["reason", "nobody_knows"],
    "audio.commit": ["x"],
    "session.heartbeat": ["x"],
    "response.cancel": ["x"],
}


def payload(chance: random.Random) -> tuple[Any, Any]:
    """An event's name and its data, at least one of them odd."""
    if chance.random() < 0.2:
        names = [
            "connect",
            "disconnect",
            "connect_error",
            "error",
            "*",
            "",
            "audio",
            "session.joined",
            "__init__",
            "trigger",
        ]
        return chance.choice([oddity(chance), *names]), chance.choice([{}, oddity(chance)])
    name = chance.choice(list(MEMBERS))
    if chance.random() < 0.3:
        data = oddity(chance)
        return name, [data] if data in (None, {}) and not isinstance(data, Raw) else data
    known = {"session_id": "01a2279f-d79c-7a93-829f-af21663b598b", "text": "Hi.", "sdp": "v=0\r\n"}
    members = {member: known[member] for member in MEMBERS[name] if member in known}
    return name, members | {chance.choice(MEMBERS[name]): oddity(chance), "no_such_member": oddity(chance)}


def noise(chance: random.Random, most: int = 60) -> str:
    return "".join(chr(chance.choice([chance.randrange(32, 127), chance.randrange(0xA0, 0x2FF)])) for _ in range(most))
