"""Recognition by any OpenAI-compatible server, file by file or over its realtime socket.

A lane of its own kind: no process, but the same jobs. Such servers return text, some of them with word times; none
returns Whisper's encoder rows, so pronunciation is not scored here.
"""

import asyncio
import base64
import io
import time
import uuid
import wave
from dataclasses import dataclass, field
from typing import Any, Literal

from kit import storable
from kit.breakers import Breaker
from kit.openai_servers import ServerTrouble, refusal
from kit.outbound import TROUBLE, Outbound
from speech.audio import pcm
from speech.pool import jobs, lanes
from speech.transcription import guards
from speech.transcription.types import EngineName, HeardWord, Hypothesis, Request, Task

REALTIME_RATE = 24_000
CONNECT_SECONDS = 8.0
_UNKNOWN = 0.75  # the confidence of a word whose server gives none
_REFUSED = 400
_NOTHING_HEARD = "input_audio_buffer_commit_empty"


@dataclass(frozen=True, slots=True)
class RemoteServer:
    """`url` ends where the server's paths begin, in /v1 as a rule. `mode`: which of its doors is used."""

    url: str
    model: str
    key: str | None = None
    mode: Literal["file", "realtime"] = "file"


@dataclass(slots=True)
class _RealtimeSocket:
    """A realtime socket, the stream that uses it, and the language and prompt that were sent to the server."""

    socket: Any
    stream: str
    told: dict[str, str] = field(default_factory=dict)
    used: bool = False


class RemoteLane:
    """One request at a time to one server."""

    def __init__(self, server: RemoteServer, outbound: Outbound) -> None:
        self._server = server
        self._outbound = outbound
        self._line: _RealtimeSocket | None = None
        self.engine = EngineName("openai-compatible", server.model, server.mode, translates=True)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._server.key}"} if self._server.key else {}

    async def start(self) -> None:
        """Check that the server answers and accepts the key. Raises EngineBroken."""
        try:
            async with (
                asyncio.timeout(CONNECT_SECONDS),
                self._outbound.request("GET", f"{self._server.url}/models", headers=self._headers) as response,
            ):
                status = response.status
        except TROUBLE as error:
            raise lanes.EngineBroken("engine_crashed", f"{self._server.url} cannot be reached: {error}") from error
        if status in (401, 403):
            raise lanes.EngineBroken("engine_refused", f"{self._server.url} does not take the key.")
        self._breaker("transcribe").succeeded()  # it answers again; lanes that are lost start more and more slowly

    async def run(self, job: jobs.Job, deadline_s: float) -> jobs.Answer:
        """Let the server recognize. Raises LaneLost."""
        if not isinstance(job, jobs.Recognise):
            return jobs.Answer(self.engine)
        began = time.perf_counter()
        try:
            async with asyncio.timeout(deadline_s):
                words = await self._breaker(job.request.task).call(lambda: self._asked(job))
        except ServerTrouble as trouble:
            if isinstance(cause := trouble.__cause__, lanes.LaneLost | lanes.JobFailed):
                raise cause from trouble
            raise lanes.LaneLost(f"{self._server.url}: {trouble.reason}") from trouble
        except TROUBLE as error:  # the deadline
            raise lanes.LaneLost(f"{self._server.url}: {error}") from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise lanes.JobFailed(f"{self._server.url} answers in another shape: {type(error).__name__}") from error
        kept, drops = guards.judge(words, len(job.pcm) / 2 / pcm.RATE, 0.0, 0.0)
        spent = time.perf_counter() - began
        return jobs.Answer(self.engine, Hypothesis(tuple(kept), tuple(drops), spent), seconds=spent)

    def _breaker(self, task: Task) -> Breaker:
        return self._outbound.breakers.of(task, self._server.url, self._server.model)

    async def _asked(self, job: jobs.Recognise) -> list[HeardWord]:
        """ServerTrouble, with LaneLost or JobFailed as its cause where the server answered."""
        live = self._server.mode == "realtime" and job.request.task == "transcribe"
        ask = self._by_socket if live else self._by_file
        try:
            return await ask(job)
        except TROUBLE as error:
            raise ServerTrouble("unreachable", str(error) or type(error).__name__, again=True) from error
        except lanes.LaneLost as lost:
            raise ServerTrouble("unreachable", str(lost), again=True) from lost

    async def stop(self) -> None:
        """End what runs."""
        await self._drop()

    def anew(self) -> "RemoteLane":
        """A lane to the same server."""
        return RemoteLane(self._server, self._outbound)

    # ---- a file

    async def _by_file(self, job: jobs.Recognise) -> list[HeardWord]:
        request = job.request
        fields = {"model": self._server.model, "prompt": _prompt(request), "response_format": "verbose_json"}
        door = "translations"
        if request.task == "transcribe":
            door = "transcriptions"
            fields |= {"language": request.language, "timestamp_granularities[]": "word"}
        boundary = uuid.uuid4().hex
        body = _multipart({name: value for name, value in fields.items() if value}, _wav(job.pcm), boundary)
        headers = {**self._headers, "Content-Type": f"multipart/form-data; boundary={boundary}"}
        url = f"{self._server.url}/audio/{door}"
        async with self._outbound.request("POST", url, data=body, headers=headers, endless=True) as response:
            if response.status >= _REFUSED:
                said = (await response.text())[:200]
                why = lanes.JobFailed(f"{self._server.url} answered {response.status}: {said}")
                raise refusal(response.status) from why
            answer = await response.json()
        seconds = len(job.pcm) / 2 / pcm.RATE
        timed = [
            HeardWord(storable.cleaned(str(word["word"])).strip(), float(word["start"]), float(word["end"]), _UNKNOWN)
            for word in answer.get("words") or ()
        ]
        return timed or _spread(str(answer.get("text", "")), seconds)

    # ---- the realtime socket

    async def _by_socket(self, job: jobs.Recognise) -> list[HeardWord]:
        """One socket for one stream, so that a late answer cannot reach another speaker. After anything but the
        expected answer the socket is closed, because its remaining data belongs to no request."""
        stream = job.stream if job.request.kind != "file" else ""
        if self._line is not None and (not stream or self._line.stream != stream or self._line.socket.closed):
            await self._drop()
        if self._line is None:
            self._line = _RealtimeSocket(await self._connect(), stream)
        line, kept = self._line, False
        try:
            await self._describe(line, job.request)
            said, kept = await self._transcript(line, job)
        finally:
            if not kept:
                await self._drop()
        return _spread(said, len(job.pcm) / 2 / pcm.RATE)

    async def _connect(self) -> Any:
        url = "ws" + self._server.url.removeprefix("http") + "/realtime?intent=transcription"
        return await self._outbound.socket(url, headers=self._headers, max_msg_size=1 << 24)

    async def _describe(self, line: "_RealtimeSocket", request: Request) -> None:
        """Send language and prompt of this job, unless they are those of the one before."""
        transcription = {"model": self._server.model, "language": request.language, "prompt": _prompt(request)}
        if transcription == line.told:
            return
        # An empty value resets the one before.
        given = {name: value for name, value in transcription.items() if value or line.told.get(name)}
        sound = {"format": {"type": "audio/pcm", "rate": REALTIME_RATE}, "transcription": given, "turn_detection": None}
        session = {"type": "transcription", "audio": {"input": sound}}
        await line.socket.send_json({"type": "session.update", "session": session})
        line.told = transcription

    async def _transcript(self, line: "_RealtimeSocket", job: jobs.Recognise) -> tuple[str, bool]:
        """What was said, and whether the socket is good for one more job. Answers are known by the id of the item that
        our commit made; a server that names none has to answer on a socket of its own."""
        import numpy as np
        import soxr

        sound = soxr.resample(pcm.to_float(job.pcm), pcm.RATE, REALTIME_RATE)
        data = base64.b64encode(pcm.to_bytes(np.asarray(sound, np.float32))).decode()
        first, line.used = not line.used, True
        await line.socket.send_json({"type": "input_audio_buffer.append", "audio": data})
        await line.socket.send_json({"type": "input_audio_buffer.commit"})
        item: str | None = None
        others = False
        while True:
            event = await self._event(line)
            kind, mine = str(event.get("type", "")), event.get("item_id")
            if kind == "input_audio_buffer.committed" and mine:
                item, others = str(mine), others or item is not None
            elif kind == "error" or kind.endswith("input_audio_transcription.failed"):
                error = event.get("error") or {}
                if error.get("code") == _NOTHING_HEARD:
                    return "", False
                raise lanes.JobFailed(f"{self._server.url}: {error.get('message', 'unknown')}")
            elif not kind.endswith("input_audio_transcription.completed"):
                continue
            elif item is not None and mine == item:
                return str(event.get("transcript", "")), not others
            elif item is None and first:
                return str(event.get("transcript", "")), False
            else:
                others = True

    async def _event(self, line: "_RealtimeSocket") -> dict[str, Any]:
        try:
            event = await line.socket.receive_json()
        except TypeError as error:  # aiohttp raises this for any message but text, also for a closed socket
            raise lanes.LaneLost(f"{self._server.url} closed the socket in the middle of a job") from error
        if not isinstance(event, dict):
            raise lanes.JobFailed(f"{self._server.url} sent something else than an event")
        return event

    async def _drop(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            await line.socket.close()


def _prompt(request: Request) -> str:
    return " ".join(filter(None, [", ".join(request.vocabulary), request.prompt]))


def _wav(sound: bytes) -> bytes:
    held = io.BytesIO()
    with wave.open(held, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(pcm.RATE)
        out.writeframes(sound)
    return held.getvalue()


def _multipart(fields: dict[str, str], file: bytes, boundary: str) -> bytes:
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="speech.wav"\r\n'
    return b"".join(
        [*parts, head.encode(), b"Content-Type: audio/wav\r\n\r\n", file, f"\r\n--{boundary}--\r\n".encode()]
    )


def _spread(said: str, seconds: float) -> list[HeardWord]:
    """Words without times share the window by their lengths."""
    found = storable.cleaned(said).split()
    letters = sum(len(word) + 1 for word in found) or 1
    heard, at = [], 0.0
    for word in found:
        length = seconds * (len(word) + 1) / letters
        heard.append(HeardWord(word, at, at + length, _UNKNOWN))
        at += length
    return heard
