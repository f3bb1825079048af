"""The process that speaks: `python -m speech.synthesis.kokoro.worker PARENT MODEL`.

A line of JSON asks ({"id", "text", "speaker", "rate"}) or cancels ({"cancel": id}). Each clause is answered by a line
of JSON with its words and the bytes of PCM that follow, the last by {"id", "done": true, "rss"}. What fails is
{"id", "error"}.
"""

import json
import os
import queue
import resource
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO

import onnxruntime

from kit import processes
from speech.pronunciation.lexicon.reading import Reader
from speech.synthesis.kokoro import sound
from speech.synthesis.kokoro.frontend import clauses
from speech.synthesis.kokoro.network import Network

SYMBOLS_A_CLAUSE = 90  # at normal speed; keeps the process within its memory
_NICER = 5
_ADDRESS_SPACE = 3 << 30


class Worker:
    """One text after the other; cancelling ends the one that is spoken in the middle of a clause."""

    def __init__(self, model: Path, out: BinaryIO) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._reader = Reader.load(options)
        self._network = Network(model)
        self._out = out
        self._asked: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._running: tuple[int, onnxruntime.RunOptions] | None = None
        self._cancelled: set[int] = set()

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
        """Until nobody can ask any more."""
        while (asked := self._asked.get()) is not None:
            try:
                self._speak(asked)
                self._tell({"id": asked["id"], "done": True, "rss": _rss()})
            except Exception as error:  # whatever it was, the next text may do
                self._tell({"id": asked["id"], "error": f"{type(error).__name__}: {error}"[:300]})

    def _cancel(self, number: int) -> None:
        with self._lock:
            self._cancelled.add(number)
            if self._running is not None and self._running[0] == number:
                self._running[1].terminate = True

    def _speak(self, asked: dict[str, Any]) -> None:
        speaker, rate = asked["speaker"], asked["rate"]
        most = int(SYMBOLS_A_CLAUSE * min(1.0, rate))
        for clause in clauses(self._reader, asked["text"], is_british=speaker.startswith("b"), most=most):
            run = onnxruntime.RunOptions()
            with self._lock:
                if asked["id"] in self._cancelled:
                    return
                self._running = (asked["id"], run)
            try:
                samples, seconds = self._network.speak(clause.symbols, speaker, rate, run)
            except Exception:
                if asked["id"] in self._cancelled:
                    return
                raise
            finally:
                with self._lock:
                    self._running = None
            spoken = sound.finish(clause, samples, seconds, rate)
            self._tell({"id": asked["id"], "bytes": len(spoken.pcm), "words": spoken.words}, spoken.pcm)

    def _tell(self, answer: dict[str, Any], content: bytes = b"") -> None:
        self._out.write(json.dumps(answer).encode() + b"\n" + content)
        self._out.flush()


def _rss() -> int:
    """Bytes in memory; the most there ever were where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    processes.die_with(int(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(_NICER)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing else may write between the answers
    worker = Worker(Path(sys.argv[2]), out)
    threading.Thread(target=worker.listen, args=(sys.stdin.buffer,), daemon=True).start()
    out.write(b'{"ready": true}\n')
    out.flush()
    worker.work()


if __name__ == "__main__":
    main()
