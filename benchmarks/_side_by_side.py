"""One recognizer's run over recordings, for benchmarks/recognisers.py: played as spoken, and its figures in a line."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from benchmarks._scores import Screen, percentile
from benchmarks.transcription import CHUNK_MS, LEAD_S, Clip
from speech import events
from speech.audio import pcm

Play = Callable[[Clip], Awaitable[Screen]]


def now() -> float:
    """Seconds on the loop's clock, virtual or real."""
    return asyncio.get_running_loop().time()


async def spoken(sound: pcm.Samples, feed: Callable[[pcm.Samples], Awaitable[bool]], began: float) -> None:
    """Pieces of the recording at the time at which they were said, until `feed` wants no more."""
    step = pcm.samples(CHUNK_MS)
    for at in range(0, len(sound), step):
        await asyncio.sleep(max(0.0, began + (at + step) / pcm.RATE - now()))
        if not await feed(sound[at : at + step]):
            return


def partial(text: str, stable: int) -> events.Partial:
    return events.Partial(1, text, stable, ())


def final(text: str) -> events.Final:
    return events.Final(1, text, (), {"name": "", "model": "", "version": ""}, {"total": 0})


async def measure(name: str, found: Sequence[Clip], play: Play, cpu: Callable[[], float]) -> None:
    rows, began, spent = [], now(), cpu()
    for clip in found:
        screen = await play(clip)
        at, last = screen.seen[-1] if screen.seen else (0.0, None)
        if isinstance(last, events.Partial) and not any(isinstance(event, events.Final) for _, event in screen.seen):
            screen.seen.append((at, final(last.text)))
            rows.append({**screen.measure(clip[0], LEAD_S), "final": None})
        else:
            rows.append(screen.measure(clip[0], LEAD_S))
    core = (cpu() - spent) / (now() - began)
    total = sum(row["words"] for row in rows)
    firsts = [row["first"] for row in rows if row["first"] is not None]
    settled = [delay for row in rows for delay in row["settled"]]
    finals = [row["final"] for row in rows if row["final"] is not None]
    print(
        f"{name}: WER {100 * sum(row['errors'] for row in rows) / total:.1f} % of {total}; first "
        f"{percentile(firsts, 50):.2f} / {percentile(firsts, 95):.2f} s; settled {percentile(settled, 50):.2f} / "
        f"{percentile(settled, 95):.2f} s; final {percentile(finals, 50):.2f} / {percentile(finals, 95):.2f} s "
        f"({len(finals)} of {len(rows)} clips); changed {sum(row['changed'] for row in rows) / total:.2f} a word; "
        f"promises taken back {sum(row['taken_back'] for row in rows)}; core {100 * core:.0f} %",
        flush=True,
    )
