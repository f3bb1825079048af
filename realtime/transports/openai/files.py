"""`POST /v1/audio/transcriptions`, for clients of the OpenAI audio API: shapes and errors are the ones of that API."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from kit import errors
from kit.caller import Caller
from kit.errors import Failure
from kit.http import bodies, leaving
from kit.http.gate import Gate, bearer_token
from realtime.ports import Allowance
from realtime.transports.openai.access import admit, refusal
from speech.files import Transcript
from speech.listening import Listening
from speech.transcription import formats, words

PATH = "/v1/audio/transcriptions"
_LARGEST_FILE = 25 * 1024 * 1024
_LARGEST_FIELD = 8 * 1024
_MOST_PARTS = 50
_FORMATS = ("json", "text", "srt", "vtt", "verbose_json")


@dataclass
class _Asked:
    file: bytes = b""
    fields: dict[str, str] = field(default_factory=dict)
    granularities: list[str] = field(default_factory=list)

    @property
    def format(self) -> str:
        return self.fields.get("response_format", "json")


class Files:
    def __init__(self, listening: Callable[[], Awaitable[Listening]], gate: Gate, allowance: Allowance) -> None:
        self._listening = listening
        self._gate = gate
        self._allowance = allowance

    def attach(self, app: web.Application) -> None:
        app.router.add_post(PATH, self.transcribe)

    async def transcribe(self, request: web.Request) -> web.Response:
        try:
            caller = await admit(self._gate, request, bearer_token(request.headers))
            asked = await _read(request)
            async with leaving.while_connected(request):
                return _answer(asked, await self._hear(caller, asked))
        except Failure as failure:
            return refusal(failure)

    async def _hear(self, caller: Caller, asked: _Asked) -> Transcript:
        async def admit(seconds: float) -> None:
            await self._allowance.spend(caller.user_id, seconds)

        listening = await self._listening()
        return await listening.transcribe(
            asked.file,
            language=asked.fields.get("language", "en"),
            prompt=asked.fields.get("prompt", ""),
            most_s=self._allowance.most_s,
            admit=admit,
            owner=caller.user_id,
        )


async def _read(request: web.Request) -> _Asked:
    if request.content_type != "multipart/form-data":
        raise errors.invalid("The body is multipart/form-data with a file.", code="invalid_request")
    asked, parts = _Asked(), 0
    try:
        async for part in await request.multipart():
            parts += 1
            if not isinstance(part, BodyPartReader) or parts > _MOST_PARTS:
                raise ValueError("a part within a part, or too many")
            content = await _content(part, _LARGEST_FILE if part.name == "file" else _LARGEST_FIELD)
            if part.name == "file":
                asked.file = content
            elif part.name == "timestamp_granularities[]":
                asked.granularities.append(content.decode())
            else:
                asked.fields[part.name or ""] = content.decode()
    except bodies.BROKEN_FORM as error:
        raise errors.invalid("The form cannot be read.") from error
    if not asked.file:
        raise errors.invalid("A file is needed.", [("/file", "a recording")])
    if asked.format not in _FORMATS:
        raise errors.invalid(f"response_format is one of {', '.join(_FORMATS)}.", [("/response_format", "unknown")])
    if asked.fields.get("stream", "false").lower() not in ("false", "0"):
        raise errors.invalid("Transcriptions of files are not streamed.", [("/stream", "only false")])
    return asked


async def _content(part: BodyPartReader, most: int) -> bytes:
    content = bytearray()
    while piece := await part.read_chunk(64 * 1024):
        content += piece
        if len(content) > most:
            raise errors.too_large(f"A part of the form is larger than {most:,} bytes.")
    return bytes(content)


def _answer(asked: _Asked, heard: Transcript) -> web.Response:
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
        "task": "transcribe",
        "language": heard.language,
        "duration": round(heard.duration_s, 3),
        "text": heard.text,
        "usage": _usage(heard),
    }
    if "word" in asked.granularities:
        body["words"] = [
            {"word": one.text, "start": one.start_ms / 1000, "end": one.end_ms / 1000} for one in heard.words
        ]
    if "segment" in asked.granularities or not asked.granularities:
        join = words.joiner(heard.language)
        spoken = [heard.words[start:end] for start, end in heard.segments if end > start]
        body["segments"] = [
            {
                "id": number,
                "start": run[0].start_ms / 1000,
                "end": run[-1].end_ms / 1000,
                "text": join.join(word.text for word in run),
            }
            for number, run in enumerate(spoken)
        ]
    return body
