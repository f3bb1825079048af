"""A track of a peer, as PCM16 at 16 kHz in real time."""

import asyncio
from typing import Any

import numpy as np
from aiortc import RTCRtpReceiver
from aiortc.mediastreams import MediaStreamTrack

from kit.clock import Clock
from realtime.transports.webrtc import counts
from realtime.transports.webrtc.decoding import RATE, Decoder, concealed
from realtime.transports.webrtc.jitter import JitterBuffer, Packet
from realtime.transports.webrtc.packets import tap
from realtime.transports.webrtc.peers import Filler, Hear
from realtime.transports.webrtc.timeline import Timeline

_LOOK_SECONDS = 0.05
_SILENT_PEAK = 200  # of 32767: about -44 dBFS
_LONGEST_CONCEALED = 0.06  # seconds; a longer hole is silence


class Inbound:
    """Decodes one track from the moment it is made; `run` handles what does not arrive."""

    def __init__(self, receiver: RTCRtpReceiver, track: MediaStreamTrack, sink: Hear, clock: Clock) -> None:
        self._track: Any = track
        self._sink = sink
        self._clock = clock
        self._buffer = JitterBuffer()
        self._decoder = Decoder()
        self._timeline = Timeline()
        self._codec: Any = None
        self._stamp: int | None = None
        self._seconds = 0.0
        self._before = b""
        self.last_frame_at: float | None = None
        tap(receiver, self._arrived)

    async def run(self) -> None:
        """Returns when the sender says goodbye; cancelling it stops the track."""
        counts.TRACKS.inc()
        try:
            while self._track._queue.empty():  # aiortc puts None there at the end, and nothing before
                await asyncio.sleep(_LOOK_SECONDS)
                now = self._clock.monotonic()
                self._use(self._buffer.due(now), now)
                self._silence(self._timeline.idle(now), Filler)
        finally:
            self._track.stop()
            counts.LOST.inc(self._buffer.lost)
            counts.TRACKS.dec()

    def _arrived(self, packet: Packet, codec: Any) -> None:
        now = self.last_frame_at = self._clock.monotonic()
        self._codec = codec
        self._use(self._buffer.add(packet, now), now)

    def _use(self, packets: list[Packet], now: float) -> None:
        for packet in packets:
            pcm = self._decoder.decode(self._codec, packet.payload)
            if pcm:
                self._place(pcm, self._time(packet.stamp), now)

    def _time(self, stamp: int) -> float:
        """Seconds since the first packet; time stamps have 32 bits and wrap."""
        if self._stamp is not None:
            ahead = ((stamp - self._stamp + 0x8000_0000) & 0xFFFF_FFFF) - 0x8000_0000
            self._seconds += ahead / self._codec.clockRate
        self._stamp = stamp
        return self._seconds

    def _place(self, pcm: bytes, stamp: float, now: float) -> None:
        samples = np.frombuffer(pcm, np.int16)
        silent = int(samples.max()) < _SILENT_PEAK and int(samples.min()) > -_SILENT_PEAK
        placement = self._timeline.frame(stamp, len(samples) / RATE, silent, now)
        if 0 < placement.silence <= _LONGEST_CONCEALED and not silent:
            self._sink(concealed(self._before, round(placement.silence * RATE)))
        else:
            self._silence(placement.silence)
        if placement.keep:
            self._sink(pcm)
        self._before = pcm

    def _silence(self, seconds: float, kind: type[bytes] = bytes) -> None:
        if (samples := round(seconds * RATE)) > 0:
            self._sink(kind(samples * 2))
