"""`POST /v1/audio/speech`: the voice that the tutor has, as a file that begins before its end is spoken."""

import asyncio
import base64
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any

from aiohttp import web

from api.v1 import sse
from api.v1.schemas import SpeechRequest
from kit import errors, fair, logs
from kit.clock import Clock
from kit.http.operation import Call
from speech.synthesis import encoding
from speech.synthesis.joining import together
from speech.synthesis.kokoro.speakers import is_speaker
from speech.synthesis.sentences import Splitter
from speech.synthesis.voices import Manner, Voice, VoiceProblem

_AT_ONCE = 8
_AT_ONCE_FOR_ONE = 2
_log = logs.get(__name__)


class Speech:
    """Speech from text."""

    def __init__(self, voices: Callable[[], Voice | None], clock: Clock) -> None:
        self._voices = voices
        self._places = fair.Places(_AT_ONCE, clock, each=_AT_ONCE_FOR_ONE)

    async def answer(self, call: Call, wanted: SpeechRequest) -> web.StreamResponse:
        """Failure `voice_unavailable` before the first sound; a voice that fails later breaks the answer off."""
        voice = self._voices()
        if voice is None:
            raise errors.unavailable("voice_unavailable", "This server has no voice now.", 3600)
        pieces = self._pieces(voice, wanted, call.caller.user_id)
        if wanted.stream_format == "sse":
            return await sse.send(call.http, _events(pieces))
        async with aclosing(pieces):
            first = await anext(pieces)
            return await _sent(call.http, encoding.MEDIA_TYPES[wanted.response_format], first, pieces)

    async def _pieces(self, voice: Voice, wanted: SpeechRequest, owner: str) -> AsyncGenerator[bytes, None]:
        async with self._places.place(owner):
            encoder = await asyncio.to_thread(encoding.Encoder, wanted.response_format, wanted.speed)
            named = wanted.voice if isinstance(wanted.voice, str) else ""
            manner = Manner(speaker=named if is_speaker(named) else None)
            try:
                for sentence in _sentences(wanted.input):
                    async with aclosing(voice.speak(sentence, wanted.language, manner)) as sounds:
                        async for spoken in sounds:
                            if piece := await asyncio.to_thread(encoder.push, spoken.pcm):
                                yield piece
            except VoiceProblem as problem:
                _log.warning("voice_failed", reason=str(problem))
                raise errors.unavailable("voice_unavailable", "The voice cannot speak now.", 10) from problem
            yield await asyncio.to_thread(encoder.finish)


def _sentences(text: str) -> list[str]:
    splitter = Splitter()
    sentences = splitter.feed(text)
    rest = splitter.rest()
    return together([*sentences, rest] if rest else sentences)


async def _sent(
    request: web.Request, media_type: str, first: bytes, rest: AsyncGenerator[bytes, None]
) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": media_type})
    await response.prepare(request)
    try:
        await response.write(first)
        async for piece in rest:
            await response.write(piece)
        await response.write_eof()
    except ConnectionResetError:
        pass  # the client has gone
    except errors.Failure:  # half a file must not look like a whole one
        if request.transport is not None:
            request.transport.abort()
    return response


async def _events(pieces: AsyncGenerator[bytes, None]) -> AsyncGenerator[dict[str, Any], None]:
    async with aclosing(pieces):
        async for piece in pieces:
            if piece:
                yield {"type": "speech.audio.delta", "audio": base64.b64encode(piece).decode()}
    yield {"type": "speech.audio.done", "usage": {"input_tokens": 0, "output_tokens": 0, "total_tokens": 0}}
