"""Malformed frames, packets, attachments and events of a Socket.IO client."""

import random
from typing import Any

from tests.support.hostile import NAMESPACE, Attack, Family, Raw, dumps, nested, noise, oddity, payload


def engine_frames(chance: random.Random) -> Attack:
    return [
        chance.choice(
            [
                "",
                "0",
                "2",
                "2probe",
                "5",
                "6",
                "7",
                "8",
                "9",
                "b",
                "bAAAA",
                "b====",
                "²",
                "٣",
                "\0",
                "-1",
                "x",
                "3" + "x" * 5000,
                "0{}",
                "1",
                "4",
                noise(chance),
                "é4",
                " 4",
                "3" * 300,
                "b" + noise(chance),
            ]
        )
    ]


def packets(chance: random.Random) -> Attack:
    space = chance.choice([NAMESPACE, "/live", "/nowhere", "/", "", "/" + "x" * 5000, "/speaking?a=b", "/speaking/x"])
    return [
        chance.choice(
            [
                f"4{chance.choice('789x²')}",
                f"42{space},",
                f"42{space},{{}}",
                f"42{space},[]",
                f"42{space},[",
                f"42{space},null",
                f"42{space},1",
                f"42{space}," + "1" * 200 + '["text"]',
                f'42{space}²["text"]',
                f'42{space},-1["text"]',
                f"43{space},1[]",
                f"43{space},99999[null]",
                f"43{space}",
                f"44{space},{{}}",
                f"46{space},1-[]",
                f'46{space},11-1[{{"_placeholder":true,"num":0}}]',
                f'40{space},["x"]',
                f"40{space},1",
                f'40{space},"x"',
                f"40{space},{{",
                f"41{space},[]",
                "4" + noise(chance),
                f'42{space},["session.heartbeat",{{}}',
                "42" + nested(40_000),
                "42" + noise(chance),
                '42["session.heartbeat",{}]',
                "4[1]",
                '4{"a":1}',
                '4"x"',
                "41,x",
                f"42{space},[" + "0," * 90_000 + "0]",
            ]
        )
    ]


def attachments(chance: random.Random) -> Attack:
    """What is announced, what stands for it, and what comes."""
    number = chance.choice(["0", "1", "2", "7", "10000000", "999999999", "99999999999999", "²", "1.0", "-1", "01"])
    place: Any = chance.choice([0, 0, 0, 1, -1, 2**40, "0", True, None, 0.0, [], {}, Raw("1e5"), Raw("NaN")])
    stands = chance.choice([{"_placeholder": True, "num": place}, {"_placeholder": 1, "num": place}, "x", None])
    arguments: list[Any] = [{"seq": 1, "codec": "pcm16"}, stands]
    arguments = chance.choice([arguments, [stands, stands], [[stands]], [{"a": stands}], [stands], [], [stands] * 40])
    event = ["audio", *arguments] if chance.random() < 0.9 else [stands, *arguments]
    head = f"45{number}-{NAMESPACE},{chance.choice(['', '3'])}{dumps(event)}"
    follows: Attack = chance.choice(
        [
            [],
            [b"\0" * 640],
            [b""],
            ["42"],
            ["3"],
            [b"\0" * 1_000_000] * chance.choice([1, 8]),
            [head],
            [b"\0", b"\0"],
            ['42/speaking,["session.heartbeat",{}]'],
        ]
    )
    return follows if chance.random() < 0.15 else [head, *follows]


def socketio_events(chance: random.Random) -> Attack:
    name, data = payload(chance)
    more = [oddity(chance)] if chance.random() < 0.1 else []
    number = chance.choice(["", "5", "999999999999999"])
    return [f"42{NAMESPACE},{number}{dumps([name, data, *more])}"]


SOCKETIO: list[Family] = [engine_frames, packets, attachments, socketio_events]
