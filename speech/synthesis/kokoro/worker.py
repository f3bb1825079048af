"""The process that speaks, started by `engine`.

A line of JSON asks for a clause ({"id", "text", "speaker", "rate", "clause"}) or cancels ({"cancel": id}). Each is
answered by a line of JSON, {"id", "bytes", "words", "phones", "more", "rss"}, and so many bytes of PCM; what fails or
was cancelled has an "error".
"""

import json
import os
import queue
import resource
import sys
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import onnxruntime

from speech.pronunciation.lexicon.reading import Reader
from speech.synthesis.kokoro import sound
from speech.synthesis.kokoro.frontend import Clause, clauses
from speech.synthesis.kokoro.network import Network

SYMBOLS_A_CLAUSE = 90  # at normal speed; keeps the process within its memory
_TEXTS = 32  # whose clauses are remembered while others take turns


class Worker:
    """One clause after the other; cancelling ends one in its middle."""

    def __init__(self, model: Path, out: BinaryIO) -> None:
        self._reader = Reader.load()
        self._network = Network(model)
        self._out = out
        self._asked: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._running: tuple[int, onnxruntime.RunOptions] | None = None
        self._cancelled = 0
        self._clauses = lru_cache(maxsize=_TEXTS)(self._split)

    def listen(self, lines: BinaryIO) -> None:
        """In a thread of its own."""
        for line in lines:
            asked = json.loads(line)
            if "cancel" in asked:
                self._cancel(asked["cancel"])
            else:
                self._asked.put(asked)
        self._asked.put(None)

    def work(self) -> None:
        """Until the input is closed."""
        while (asked := self._asked.get()) is not None:
            try:
                answer, content = self._speak(asked)
            except Exception as error:  # whatever it was, the next clause may succeed
                answer, content = {"error": f"{type(error).__name__}: {error}"[:300]}, b""
            told = {"id": asked["id"], "bytes": len(content), "rss": _rss(), **answer}
            self._out.write(json.dumps(told).encode() + b"\n" + content)
            self._out.flush()

    def _cancel(self, number: int) -> None:
        with self._lock:
            self._cancelled = number
            if self._running is not None and self._running[0] == number:
                self._running[1].terminate = True

    def _speak(self, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        speaker, rate, number = asked["speaker"], asked["rate"], asked["clause"]
        found = self._clauses(asked["text"], speaker.startswith("b"), int(SYMBOLS_A_CLAUSE * min(1.0, rate)))
        if number >= len(found):
            return {"words": [], "phones": [], "more": False}, b""
        run = onnxruntime.RunOptions()
        with self._lock:
            if self._cancelled == asked["id"]:
                return {"error": "cancelled"}, b""
            self._running = (asked["id"], run)
        try:
            samples, seconds = self._network.speak(found[number].symbols, speaker, rate, run)
        finally:
            with self._lock:
                self._running = None
        spoken = sound.finish(found[number], samples, seconds, rate)
        told = {"words": spoken.words, "phones": spoken.phones, "more": number + 1 < len(found)}
        return told, spoken.pcm

    def _split(self, text: str, is_british: bool, most: int) -> list[Clause]:
        return clauses(self._reader, text, is_british=is_british, most=most)


def _rss() -> int:
    """Bytes in memory; the most there ever were where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(model: str) -> None:
    """The process: reads requests, writes sound."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing else may write between the answers
    worker = Worker(Path(model), out)
    threading.Thread(target=worker.listen, args=(sys.stdin.buffer,), daemon=True).start()
    out.write(b'{"ready": true}\n')
    out.flush()
    worker.work()
