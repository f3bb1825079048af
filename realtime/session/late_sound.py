"""The end of a session waits for sound that the node before had received and not finished: the client sends it again.

Without that, the words that were being recognized when a node died would be lost, although every client still has
their sound.
"""

from realtime.session.audio import AudioSequence

_QUIET_MS = 6000
"""So long after the join or the last frame a client that has more of the sound would have sent some of it."""


class LateSound:
    """Holds the request to end until the sound is there, or does not come."""

    def __init__(self, audio: AudioSequence) -> None:
        self._audio = audio
        self._reason = ""
        self._by_ms = 0

    @property
    def awaited(self) -> bool:
        """Whether the session was asked to end and waits."""
        return bool(self._reason)

    def end_asked(self, reason: str, now_ms: int) -> None:
        """Somebody wants the session to end."""
        self._reason = self._reason or reason
        self._by_ms = self._by_ms or now_ms + _QUIET_MS

    def moved(self, now_ms: int) -> None:
        """A client or a frame came: more may follow."""
        if self._reason:
            self._by_ms = now_ms + _QUIET_MS

    def due(self, now_ms: int) -> str:
        """Why the session ends now; empty while it goes on."""
        return self._reason if self._audio.all_came or now_ms >= self._by_ms else ""
