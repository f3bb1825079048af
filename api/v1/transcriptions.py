"""`POST /v1/audio/transcriptions` and `/v1/audio/translations`: a recording and what was said in it, as it was said or
in English, in the shapes of the OpenAI audio API."""

import zlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from api.v1 import sse
from api.v1.ports import Allowance
from kit import errors
from kit.http import bodies, leaving
from kit.http.operation import Call
from speech.files import Segment, Transcript
from speech.listening import Listening
from speech.transcription import formats, languages
from speech.transcription.types import Request, Task

_LARGEST_FILE = 25 * 1024 * 1024
_LARGEST_FIELD = 8 * 1024
_MOST_PARTS = 50
_FORMATS = ("json", "text", "srt", "vtt", "verbose_json")
_GRANULARITIES = ("word", "segment")
_SWITCH = {"false": False, "0": False, "true": True, "1": True}
_MS_A_FRAME = 10  # of Whisper's features, in which `seek` is counted


@dataclass
class _Asked:
    task: Task = "transcribe"
    file: bytes = b""
    fields: dict[str, str] = field(default_factory=dict)
    granularities: list[str] = field(default_factory=list)

    @property
    def format(self) -> str:
        return self.fields.get("response_format", "json")

    @property
    def streams(self) -> bool:
        return _SWITCH[self.fields.get("stream", "false").lower()]

    def check(self) -> None:
        """Failure `invalid_request`."""
        if not self.file:
            raise errors.invalid("A file is needed.", [("/file", "a recording")])
        if self.format not in _FORMATS:
            raise errors.invalid(f"response_format is one of {', '.join(_FORMATS)}.", [("/response_format", "unknown")])
        if not set(self.granularities) <= set(_GRANULARITIES):
            raise errors.invalid("Granularities are word and segment.", [("/timestamp_granularities", "unknown")])
        if self.fields.get("stream", "false").lower() not in _SWITCH:
            raise errors.invalid("stream is true or false.", [("/stream", "true or false")])
        if self.streams and self.format not in ("json", "text"):
            raise errors.invalid("Only json and text are streamed.", [("/response_format", "json or text")])


class Transcriptions:
    """Transcription of uploaded recordings."""

    def __init__(self, listening: Callable[[], Awaitable[Listening]], allowance: Allowance) -> None:
        self._listening = listening
        self._allowance = allowance

    async def answer(self, call: Call) -> web.StreamResponse:
        """The transcription in the form that was asked for, whole or as a stream."""
        asked = await _read(call.http, "transcribe")
        asked.check()
        if asked.streams:
            return await sse.send(call.http, self._deltas(call, asked))
        return await self._whole(call, asked)

    async def translate(self, call: Call) -> web.StreamResponse:
        """Failure `translation_unsupported` where the engine cannot."""
        asked = await _read(call.http, "translate")
        asked.fields = {name: value for name, value in asked.fields.items() if name in ("prompt", "response_format")}
        asked.granularities = []
        asked.check()
        return await self._whole(call, asked)

    async def _whole(self, call: Call, asked: _Asked) -> web.StreamResponse:
        async with leaving.while_connected(call.http):
            whole = [heard async for _, heard in self._hear(call, asked)][-1]
            return _rendered(asked, whole)

    async def _deltas(self, call: Call, asked: _Asked) -> AsyncGenerator[dict[str, Any], None]:
        """The text of each window as it is recognised, and then all of it."""
        told = 0
        async with aclosing(self._hear(call, asked)) as growing:
            async for _, heard in growing:
                text = heard.text
                if len(text) > told or not told:
                    yield {"type": "transcript.text.delta", "delta": text[told:]}
                    told = len(text)
        yield {"type": "transcript.text.done", "text": heard.text, "usage": _usage(heard)}

    async def _hear(self, call: Call, asked: _Asked) -> AsyncGenerator[tuple[float, Transcript], None]:
        owner = call.caller.user_id

        async def admit(seconds: float) -> None:
            await self._allowance.spend(owner, seconds)

        listening = await self._listening()
        language = languages.code(asked.fields.get("language") or "en")
        wanted = Request("file", language, asked.fields.get("prompt", ""), task=asked.task)
        growing = listening.transcribing(asked.file, wanted, most_s=self._allowance.most_s, admit=admit, owner=owner)
        async with aclosing(growing):
            async for step in growing:
                yield step


async def _read(request: web.Request, task: Task) -> _Asked:
    if request.content_type != "multipart/form-data":
        raise errors.invalid("The body is multipart/form-data with a file.")
    asked, parts = _Asked(task), 0
    try:
        async for part in await request.multipart():
            parts += 1
            if not isinstance(part, BodyPartReader) or parts > _MOST_PARTS:
                raise ValueError("a part within a part, or too many")
            content = await _content(part, _LARGEST_FILE if part.name == "file" else _LARGEST_FIELD)
            if part.name == "file":
                asked.file = content
            elif part.name in ("timestamp_granularities[]", "timestamp_granularities"):
                asked.granularities.append(content.decode())
            else:
                asked.fields[part.name or ""] = content.decode()
    except bodies.BROKEN_FORM as error:
        raise errors.invalid("The form cannot be read.") from error
    return asked


async def _content(part: BodyPartReader, most: int) -> bytes:
    content = bytearray()
    while piece := await part.read_chunk(64 * 1024):
        content += piece
        if len(content) > most:
            raise errors.too_large(f"A part of the form is larger than {most:,} bytes.")
    return bytes(content)


def _rendered(asked: _Asked, heard: Transcript) -> web.Response:
    cues = formats.cues(heard.words, language=heard.language)
    match asked.format:
        case "text":
            return web.Response(text=heard.text + "\n", content_type="text/plain")
        case "srt":
            return web.Response(text=formats.srt(cues), content_type="application/x-subrip")
        case "vtt":
            return web.Response(text=formats.vtt(cues), content_type="text/vtt")
        case "verbose_json":
            return web.json_response(_verbose(asked, heard))
    return web.json_response({"text": heard.text, "usage": _usage(heard)})


def _usage(heard: Transcript) -> dict[str, Any]:
    return {"type": "duration", "seconds": max(1, round(heard.duration_s))}


def _verbose(asked: _Asked, heard: Transcript) -> dict[str, Any]:
    body: dict[str, Any] = {
        "task": asked.task,
        "language": languages.name(heard.language),
        "duration": round(heard.duration_s, 3),
        "text": heard.text,
        "usage": _usage(heard),
    }
    if "word" in asked.granularities:
        body["words"] = [
            {"word": one.text, "start": one.start_ms / 1000, "end": one.end_ms / 1000} for one in heard.words
        ]
    if "segment" in asked.granularities or not asked.granularities:
        body["segments"] = [_segment(number, one, heard) for number, one in enumerate(heard.segments)]
    return body


def _segment(number: int, one: Segment, heard: Transcript) -> dict[str, Any]:
    text = heard.text_of(one.first, one.last)
    raw = text.encode()
    return {
        "id": number,
        "seek": one.start_ms // _MS_A_FRAME,
        "start": heard.words[one.first].start_ms / 1000,
        "end": heard.words[one.last - 1].end_ms / 1000,
        "text": text,
        "tokens": list(one.tokens),
        "temperature": 0.0,  # the likeliest words are taken, nothing is drawn by chance
        "avg_logprob": round(one.mean_log_probability, 4),
        "compression_ratio": round(len(raw) / len(zlib.compress(raw)), 4),
        "no_speech_prob": round(one.no_speech, 4),
    }
