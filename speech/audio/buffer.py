"""The sound of one session, addressed by absolute sample numbers and kept only as long as it is needed."""

from speech.audio import pcm


class AudioBuffer:
    """PCM16 in a byte array whose front is cut off from time to time.

    Positions are samples since the session began. Samples before `start` are gone; a request for them gives what is
    left.
    """

    def __init__(self) -> None:
        self._data = bytearray()
        self._odd = b""
        self.start = 0

    @property
    def end(self) -> int:
        """Sample behind the last one."""
        return self.start + len(self._data) // 2

    def append(self, data: bytes) -> int:
        """Add PCM16 bytes of any length (half a sample waits for its other half). Returns samples added."""
        if self._odd:
            data, self._odd = self._odd + data, b""
        if len(data) % 2:
            data, self._odd = data[:-1], data[-1:]
        self._data += data
        return len(data) // 2

    def cut(self, start: int, end: int) -> bytes:
        """A copy of the samples from `start` to before `end`, as far as they are still there."""
        first = max(0, start - self.start)
        return bytes(self._data[first * 2 : max(first, end - self.start) * 2])

    def floats(self, start: int, end: int) -> pcm.Samples:
        """Samples from `start` to `end` as floats."""
        return pcm.to_float(self.cut(start, end))

    def forget(self, before: int) -> None:
        """Drop samples before the position `before`, in steps of a second, so that not every frame moves memory."""
        gone = min(before, self.end) - self.start
        if gone >= pcm.RATE:
            del self._data[: gone * 2]
            self.start += gone
