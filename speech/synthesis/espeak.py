"""espeak-ng as a program of its own (it is GPL, so it is never loaded into our process)."""

import asyncio
import re
import shutil
import wave
from collections.abc import AsyncGenerator
from io import BytesIO

from kit.processes import environment
from kit.processes.piped import piped
from kit.processes.process import PIPE, NotStarted, Program
from speech.synthesis.voices import PLAIN, RATE, Manner, Spoken, VoiceProblem

_WORDS_PER_MINUTE = 150  # slower than its default of 175: the listeners are learners
_PATIENCE_SECONDS = 10.0
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


def find() -> str | None:
    """Where the program is, if it is installed."""
    return shutil.which("espeak-ng")


class EspeakVoice:
    """eSpeak NG, where it is installed."""

    name = "espeak-ng"

    def __init__(self, program: str) -> None:
        self._program = program

    async def speak(self, sentence: str, language: str, manner: Manner = PLAIN) -> AsyncGenerator[Spoken, None]:
        """Its sound at once. Raises VoiceProblem."""
        wanted = language.lower()
        voice = "en-us" if wanted == "en" or not _LANGUAGE.fullmatch(wanted) else wanted
        line = [self._program, "--stdin", "--stdout", "-v", voice, "-s", str(round(_WORDS_PER_MINUTE * manner.rate))]
        program = Program("espeak", [*line, "-b", "1"], environment.inherited(*environment.SYSTEM, "ESPEAK_*"))
        try:
            process = await piped(program, stdin=PIPE, keeps_words=True)
        except NotStarted as error:
            raise VoiceProblem(f"espeak-ng cannot be started: {error}") from error
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                sound = await process.answer(sentence.encode())
                status = await process.ended()
        except TimeoutError as error:
            raise VoiceProblem(f"espeak-ng took over {_PATIENCE_SECONDS:g} s") from error
        finally:
            await process.end()
        if status != 0 or not sound:
            raise VoiceProblem(f"espeak-ng failed: {process.last_words[:200]}")
        yield Spoken(await asyncio.to_thread(_at_our_rate, sound))


def _at_our_rate(sound: bytes) -> bytes:
    import numpy as np
    import soxr

    with wave.open(BytesIO(sound)) as file:
        rate = file.getframerate()
        # The header of a WAV on a pipe claims the longest possible length, so the samples are taken to the end.
        samples = np.frombuffer(sound[44:], dtype="<i2", count=(len(sound) - 44) // 2)
    return bytes(soxr.resample(samples, rate, RATE).astype("<i2").tobytes())
