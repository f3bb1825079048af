"""Kokoro as a voice: its model is found or fetched in the background, and it speaks when the model is there."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from kit import errors, logs
from kit.tasks import Tasks
from speech.synthesis.kokoro.process import Engine
from speech.synthesis.voices import PLAIN, Manner, NotReady, Spoken, VoiceProblem
from speech.weights.store import Progress, Store

MODEL = "kokoro"
FILE = "kokoro.onnx"
ROLES = {
    "en-US": ("af_heart", "am_michael", "af_bella", "am_fenrir"),
    "en-GB": ("bf_emma", "bm_george", "bm_fable"),
}
"""Speakers by accent: the first for one person, the others for further people of a conversation."""

_MEGABYTE = 1_000_000
_REFETCH_SECONDS = 300.0
_log = logs.get(__name__)


class KokoroVoice:
    """The built-in voice."""

    name = "kokoro-82m"

    def __init__(self, store: Store, progress: Progress, tasks: Tasks, *, download: bool) -> None:
        self._store = store
        self._progress = progress
        self._tasks = tasks
        self._download = download
        self._engine: Engine | None = None

    @property
    def is_ready(self) -> bool:
        """Whether the model is there."""
        return self._engine is not None

    @property
    def waits_for(self) -> str | None:
        """What is missing, in words; None when it is ready."""
        if self._engine is not None:
            return None
        progress = self._progress
        if progress.state == "fetching":
            done, total = progress.done // _MEGABYTE, progress.total // _MEGABYTE
            return f"its model is being fetched ({done} of {total} MB)"
        if progress.state == "unavailable":
            return "its model could not be fetched and will be tried again"
        return "its model is being looked for" if self._download else "its model is not here and may not be fetched"

    async def bring_up(self) -> None:
        """Find the model or fetch it. Raises Failure `voice_unreachable` where it cannot be fetched now."""
        folder = await asyncio.to_thread(self._store.find, MODEL, _problem)
        if folder is None and self._download:
            folder = await self._store.fetch(MODEL, _problem)
            if folder is None:
                raise errors.unavailable(
                    "voice_unreachable", "The voice's model could not be fetched.", _REFETCH_SECONDS
                )
        if folder is not None:
            self._engine = Engine(folder / FILE, self._tasks)

    async def speak(self, sentence: str, language: str, manner: Manner = PLAIN) -> AsyncGenerator[Spoken, None]:
        """Clauses with the times of their words and phones. Raises VoiceProblem."""
        if self._engine is None:
            raise NotReady(self.waits_for or "it is not ready")
        if not language.lower().startswith("en"):
            raise NotReady("it speaks English only")
        speaker = manner.speaker or _speaker(language, manner.role)
        async with aclosing(self._engine.speak(sentence, speaker, manner.rate)) as clauses:
            async for clause in clauses:
                yield clause

    async def warm_up(self) -> None:
        """Prepare: it will be needed soon."""
        if self._engine is not None:
            try:
                await self._engine.warm_up()
            except VoiceProblem as problem:
                _log.warning("voice_not_warm", why=str(problem))

    async def end_when_idle(self) -> None:
        """End the process once nothing is being said."""
        if self._engine is not None:
            await self._engine.end_when_idle()

    async def close(self) -> None:
        """End the process."""
        if self._engine is not None:
            await self._engine.close()


def _speaker(language: str, role: int) -> str:
    roles = ROLES["en-GB" if language.lower() in ("en-gb", "en-ie", "en-au", "en-nz") else "en-US"]
    return roles[role % len(roles)]


def _problem(code: str, message: str) -> None:
    _log.warning("voice_model_problem", code=code, message=message)
