"""What a crash of the recogniser costs the speaker: `python3 run.py bench crash --model FOLDER`.

Each clip is spoken in real time to a real worker process, which is killed in the middle of the sentence. Printed:
words wrong with and without the crash, promises broken, how long nothing new was heard, and when the final came after
the last word was over. The text on screen stays, the sound is kept, and the new worker hears it all again.
"""

import argparse
import asyncio
import os
import signal
from collections.abc import Sequence
from pathlib import Path

from benchmarks._scores import Screen
from benchmarks._side_by_side import now, spoken
from benchmarks.transcription import LEAD_S, Clip, clips, noisy
from kit.clock import SystemClock
from kit.tasks import Tasks
from speech import events
from speech.audio import pcm
from speech.listening import ListenerOptions, Listening, ListeningSettings


def workers() -> list[int]:
    """Processes that this one has started (Linux)."""
    listed = [path.read_text().split() for path in Path("/proc/self/task").glob("*/children")]
    return [int(pid) for found in listed for pid in found]


async def hear(listening: Listening, clip: Clip, *, crash: bool) -> tuple[Screen, float]:
    """What was on screen, and the seconds from the start until the crash."""
    screen, began = Screen(), now()
    listener = listening.listener(
        ListenerOptions(clip[0]["id"], scored=False),
        lambda event: screen.seen.append((now() - began, event)),
    )
    middle = LEAD_S + len(clip[1]) / pcm.RATE / 2
    killed = 0.0

    async def feed(piece: pcm.Samples) -> bool:
        nonlocal killed
        listener.feed(pcm.to_bytes(piece))
        if crash and not killed and now() - began > middle:
            killed = now() - began
            for pid in workers():
                os.kill(pid, signal.SIGKILL)
        return True

    await spoken(noisy(clip[1]), feed, began)
    await listener.finish()
    await listener.close()
    return screen, killed


async def _measure(model: Path, names: Sequence[str]) -> None:
    tasks = Tasks()
    settings = ListeningSettings(data=Path(".parley"), model=str(model), workers=1, download=False)
    listening = Listening(settings, tasks, SystemClock())
    await listening.start()
    await listening.ready()
    try:
        for clip in [clip for clip in clips() if clip[0]["id"] in names]:
            whole, _ = await hear(listening, clip, crash=False)
            screen, killed = await hear(listening, clip, crash=True)
            before, after = whole.measure(clip[0], LEAD_S), screen.measure(clip[0], LEAD_S)
            said = [at for at, event in screen.seen if isinstance(event, events.Partial | events.Final) and at > killed]
            print(
                f"{clip[0]['id']}: words wrong {before['errors']} without, {after['errors']} with the crash, of "
                f"{after['words']}; promises broken {after['taken_back']}; nothing new for {said[0] - killed:.2f} s; "
                f"final {before['final']:.2f} s without, {after['final']:.2f} s with it",
                flush=True,
            )
    finally:
        await listening.close()
        await tasks.close()


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench crash", description=__doc__)
    parser.add_argument("--model", type=lambda given: Path(given).resolve(), required=True, help="a folder")
    parser.add_argument("--clips", nargs="*", default=["84-121550-0000", "LJ001-0004", "LJ001-0013"])
    options = parser.parse_args(argv)
    asyncio.run(_measure(options.model, options.clips))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
