"""A hostile client: families of malformed messages, drawn by a seed, so that a failing one comes again.

An attack is what is sent one behind the other on one line: texts and bytes.
"""

import json
import random
import struct
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


def oddity(chance: random.Random) -> Any:
    """A JSON value, or what is none, that nobody expects in its place."""
    return chance.choice(
        [
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
            "x" * chance.choice([200, 5000, 70_000, 200_000, 1_500_000]),
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
            Raw("{" + ",".join(f'"m{n}":0' for n in range(chance.choice([60, 9000]))) + "}"),
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
    )


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


# ---- Socket.IO: frames of Engine.IO


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


# ---- the plain WebSocket, and the data channel


def envelopes(chance: random.Random) -> Attack:
    """What is no event at all, or has an id that nobody can repeat."""
    good = {"event": "session.heartbeat", "data": {}}
    return [
        chance.choice(
            [
                "",
                " ",
                "{",
                "[]",
                "null",
                "1",
                '"x"',
                noise(chance),
                dumps(oddity(chance)),
                dumps({"event": oddity(chance), "data": {}}),
                dumps(good | {"id": oddity(chance)}),
                dumps(good | {"id": {"a": [oddity(chance)]}}),
                dumps(good | {"id": nested(chance.choice([40, 300, 1000]))}),
                dumps({"data": oddity(chance)}),
                dumps([good]),
                dumps(good)[: chance.randrange(1, 30)],
                dumps(good) * 2,
                "\ufeff" + dumps(good),
            ]
        )
    ]


def events(chance: random.Random) -> Attack:
    name, data = payload(chance)
    said = {"event": name, "data": data}
    return [dumps(said if chance.random() < 0.5 else said | {"id": chance.choice([7, "x", oddity(chance)])})]


def frames(chance: random.Random) -> Attack:
    """Binary ones: too short, too long, of no codec, of no sense."""
    size = chance.choice([0, 1, 4, 5, 6, 7, 639, 6401, 20_000, 1_000_000])
    seq = chance.choice([0, 1, 2, 7, 2**31, 2**32 - 1])
    return [(struct.pack(">IB", seq, chance.choice([0, 1, 2, 255])) + chance.randbytes(size))[: size or 5]]


WEBSOCKET: list[Family] = [envelopes, events, frames]


# ---- /v1/realtime


def openai_events(chance: random.Random) -> Attack:
    kind = chance.choice(
        [
            "session.update",
            "transcription_session.update",
            "input_audio_buffer.append",
            "input_audio_buffer.commit",
            "input_audio_buffer.clear",
            "response.create",
            oddity(chance),
        ]
    )
    odd = [oddity(chance) for _ in range(6)]
    detection = chance.choice([odd[0], {"type": odd[0]}, {"type": "server_vad", "silence_duration_ms": odd[0]}])
    heard = chance.choice(
        [odd[1], {"language": odd[1]}, {"languages": odd[1]}, {"languages": [odd[1]]}, {"prompt": odd[1]}]
    )
    form = chance.choice([odd[2], {"type": odd[2]}, {"type": "audio/pcm", "rate": odd[2]}])
    session = chance.choice(
        [
            odd[3],
            {"type": odd[3]},
            {"audio": odd[3]},
            {"audio": {"input": odd[3]}},
            {"type": "transcription", "audio": {"input": {"format": form}}},
            {"type": "transcription", "audio": {"input": {"transcription": heard}}},
            {"type": "transcription", "audio": {"input": {"turn_detection": detection}}},
            {"input_audio_format": form, "input_audio_transcription": heard, "turn_detection": detection},
        ]
    )
    said = {"type": kind, "session": session, "audio": odd[4]}
    if chance.random() < 0.4:
        said["event_id"] = odd[5]
    return [chance.choice([dumps(said), dumps(said), dumps(said), dumps(odd[0]), noise(chance)])]


# ---- bodies


def sdp(chance: random.Random) -> bytes:
    """An offer with something wrong in it."""
    lines = [
        "v=0",
        "o=- 1 2 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        "a=group:BUNDLE 0",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
        "c=IN IP4 0.0.0.0",
        "a=mid:0",
        "a=sendonly",
        "a=rtcp-mux",
        "a=ice-ufrag:abcd",
        "a=ice-pwd:" + "p" * 22,
        "a=fingerprint:sha-256 " + ":".join(["AB"] * 32),
        "a=setup:actpass",
        "a=rtpmap:111 opus/48000/2",
    ]
    for _ in range(chance.randrange(1, 4)):
        place = chance.randrange(1, len(lines))
        match chance.randrange(6):
            case 0:
                del lines[place]
            case 1:
                lines[place] = lines[place][: chance.randrange(len(lines[place]))]
            case 2:
                lines.insert(place, lines[place].replace("0", chance.choice(["-1", "99999999999999", "²", "\0", "é"])))
            case 3:
                lines.insert(place, chance.choice("abcmostvz") + "=" + noise(chance))
            case 4:
                lines += [chance.choice(lines)] * chance.choice([2, 40, 700])
            case 5:
                lines.insert(
                    place, "a=candidate:1 1 udp 1 " + chance.choice(["127.0.0.1 9", "x.local 1", "::1 x", "²"])
                )
    return chance.choice(["\r\n", "\r\n", "\n", "\r"]).join([*lines, ""]).encode()


def bodies(chance: random.Random) -> tuple[dict[str, str], bytes]:
    """Headers and the body of a WHIP request."""
    kinds = [
        "application/sdp",
        "application/sdp; charset=punycode",
        "application/sdp; charset=hex",
        "application/sdp; charset",
        "application/sdp; charset=utf-16",
        "application/sdp;charset=idna",
        "application/sdp; charset=undefined",
        "text/plain",
        "application/json",
        "",
        "application/sdp; charset=utf-7",
        "multipart/form-data",
        "application/sdp; charset=" + "x" * 3000,
    ]
    odd = [b"", b"v=0", b"v=0\r\n", b"v=0\0", b"\xff\xfe", b"v=0\r\n" + b"a" * 70_000, chance.randbytes(300)]
    headers = {"Content-Type": "application/sdp" if chance.random() < 0.7 else chance.choice(kinds)}
    if chance.random() < 0.08:
        headers["Content-Encoding"] = chance.choice(["gzip", "deflate", "br", "x"])
    return headers, sdp(chance) if chance.random() < 0.7 else chance.choice(odd)


def forms(chance: random.Random) -> tuple[dict[str, str], bytes]:
    """Headers and the body of a transcription of a file."""
    name = chance.choice(["file", "model", "language", "response_format", "prompt", noise(chance), "", "x" * 9000])
    part = chance.choice(
        [
            f'--B\r\nContent-Disposition: form-data; name="{name}"; filename="a.wav"\r\n\r\n{noise(chance)}\r\n',
            f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{"x" * 9000}\r\n',
            f"--B\r\nContent-Disposition: {noise(chance)}\r\n\r\nx\r\n",
            "--B\r\n\r\n\r\n",
            "--B\r\nno header\r\n\r\nx\r\n",
            "--B\r\nContent-Type: multipart/mixed; boundary=C\r\n\r\n--C\r\n\r\nx\r\n--C--\r\n",
            "--B",
            "",
            noise(chance),
            f"--B\r\nContent-Transfer-Encoding: {chance.choice(['base64', 'x', 'quoted-printable'])}\r\n\r\n=\r\n",
            f"--B\r\nX: {'y' * 20_000}\r\n\r\nx\r\n",
            "--B\r\n" + "X: y\r\n" * 2000 + "\r\nx\r\n",
            f'--B\r\nContent-Disposition: form-data; name="{name}"\r\nContent-Encoding: gzip\r\n\r\nx\r\n',
        ]
    )
    body = (part + chance.choice(["--B--\r\n", "--B--", "--B", "", "\r\n"])).encode("utf-8", "surrogateescape")
    kinds = ["multipart/form-data; boundary=B"] * 8 + [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "B" * 300,
        "text/plain",
        "multipart/mixed; boundary=B",
        "application/json",
    ]
    return {"Content-Type": chance.choice(kinds)}, body + (chance.randbytes(50) if chance.random() < 0.3 else b"")
