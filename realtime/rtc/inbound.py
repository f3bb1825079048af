"""A track of a peer, as PCM16 at 16 kHz in real time."""

import asyncio
from collections.abc import Callable
from typing import Any

import av
import numpy as np
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from prometheus_client import Counter, Gauge

from realtime.rtc.timeline import Timeline
from server.kit.clock import Clock

RATE = 16_000
_LOOK_SECONDS = 0.1
_SILENT_PEAK = 200  # of 32767: about -44 dBFS
_MOST_WAITING = 100  # frames, two seconds: a session that cannot keep up loses sound rather than memory

_OPEN = Gauge("parley_rtc_inbound_tracks", "Inbound audio tracks being decoded.")
_DROPPED = Counter("parley_rtc_frames_dropped", "Frames dropped because a session could not keep up.")

Sink = Callable[[bytes], None]


class Inbound:
    """Reads one track until it ends. The resampler is kept for the whole track: a new one per frame would click."""

    def __init__(self, track: MediaStreamTrack, sink: Sink, clock: Clock) -> None:
        self._track = track
        self._sink = sink
        self._clock = clock
        self._timeline = Timeline()
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        self.last_frame_at: float | None = None

    async def run(self) -> None:
        """Returns when the track ends; cancelling it stops the track."""
        _OPEN.inc()
        receiving: asyncio.Task[Any] | None = None
        try:
            while True:
                receiving = receiving or asyncio.ensure_future(self._track.recv())
                done, _ = await asyncio.wait({receiving}, timeout=_LOOK_SECONDS)
                now = self._clock.monotonic()
                if not done:
                    self._silence(self._timeline.idle(now))
                    continue
                frame, receiving = receiving.result(), None
                self.last_frame_at = now
                self._take(frame, now)
                self._skip_backlog()
        except MediaStreamError:
            return
        finally:
            if receiving is not None:
                receiving.cancel()
                await asyncio.gather(receiving, return_exceptions=True)
            self._track.stop()
            _OPEN.dec()

    def _take(self, frame: av.AudioFrame, now: float) -> None:
        stamp = float(frame.time or 0.0)
        duration = frame.samples / frame.sample_rate
        pcm = b"".join(bytes(part.planes[0])[: part.samples * 2] for part in self._resampled(frame))
        samples = np.frombuffer(pcm, np.int16)
        silent = not len(samples) or int(np.abs(samples.astype(np.int32)).max()) < _SILENT_PEAK
        placement = self._timeline.frame(stamp, duration, silent, now)
        self._silence(placement.silence)
        if placement.keep and pcm:
            self._sink(pcm)

    def _resampled(self, frame: av.AudioFrame) -> list[av.AudioFrame]:
        try:
            return list(self._resampler.resample(frame))
        except ValueError:
            # The sender changed its rate or channels in the middle: this resampler is bound to the old ones.
            self._resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
            return list(self._resampler.resample(frame))

    def _silence(self, seconds: float) -> None:
        if (samples := round(seconds * RATE)) > 0:
            self._sink(bytes(samples * 2))

    def _skip_backlog(self) -> None:
        queue: asyncio.Queue[Any] | None = getattr(self._track, "_queue", None)
        while queue is not None and queue.qsize() > _MOST_WAITING:
            queue.get_nowait()
            _DROPPED.inc()
