"""Malformed messages of the plain WebSocket and the data channel, and of /v1/realtime."""

import copy
import random
import struct
from typing import Any

from tests.support.hostile import Attack, Family, dumps, nested, noise, oddity, payload


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


_ITEM = {"id": "i1", "type": "message", "role": "user", "content": [{"type": "input_text", "text": "Hi."}]}
_FUNCTION = {"type": "function", "name": "look_up", "parameters": {"type": "object"}}
_TALK: list[dict[str, Any]] = [
    {"type": "session.update", "session": {"type": "realtime", "instructions": "x", "output_modalities": ["text"]}},
    {"type": "session.update", "session": {"audio": {"output": {"format": {"type": "audio/pcm"}, "voice": "x"}}}},
    {"type": "session.update", "session": {"tools": [_FUNCTION], "tool_choice": {"type": "function", "name": "x"}}},
    {"type": "conversation.item.create", "previous_item_id": "root", "item": _ITEM},
    {"type": "conversation.item.create", "item": {"type": "function_call_output", "call_id": "c", "output": "x"}},
    {"type": "conversation.item.retrieve", "item_id": "i1"},
    {"type": "conversation.item.truncate", "item_id": "i1", "content_index": 0, "audio_end_ms": 100},
    {"type": "conversation.item.delete", "item_id": "i1"},
    {"type": "response.cancel", "response_id": "r1"},
    {"type": "response.create", "response": {"metadata": {"a": "b"}, "instructions": "x", "tools": [_FUNCTION]}},
    {"type": "response.create", "response": {"conversation": "none", "input": [_ITEM, {"type": "item_reference"}]}},
]


def talk_events(chance: random.Random) -> Attack:
    """Events of a conversation in which one member, at any depth, is odd."""
    event = copy.deepcopy(chance.choice(_TALK))
    inner: Any = event
    while True:
        place = chance.choice(list(inner) if isinstance(inner, dict) else range(len(inner)))
        if not isinstance(inner[place], dict | list) or not inner[place] or chance.random() < 0.3:
            inner[place] = oddity(chance)
            return [dumps(event)]
        inner = inner[place]
