"""Sentences on their way to a voice. One that is too short to be spoken alone takes its neighbour along."""

import asyncio

SHORT = 20
"""Characters; "Oh." or "No." alone is garbled by the built-in voice."""
EARLY = 45
"""Characters of the first sound of a reply: about eight words, so that joining does not make it late."""
LONGEST = 90
"""Characters: what is longer is no single clause of the built-in voice."""
_PATIENCE = 0.15  # seconds that a short sentence waits for the one behind it


class Joining:
    """A queue for one reader."""

    def __init__(self) -> None:
        self._coming: asyncio.Queue[str | None] = asyncio.Queue()
        self._next: list[str | None] = []

    def put(self, sentence: str | None) -> None:
        """None is the end."""
        self._coming.put_nowait(sentence)

    async def take(self, most: int, *, waits: bool) -> str | None:
        """What is spoken next, of up to `most` characters where it is several sentences; None at the end. With `waits`
        a short sentence stays a moment for the one behind it."""
        taken = self._next.pop() if self._next else await self._coming.get()
        while taken is not None and (found := await self._following(waits=waits and len(taken) < SHORT)):
            following = found[0]
            if following is None or not _fits(taken, following, most):
                self._next = found
                break
            taken = f"{taken} {following}"
        return taken

    async def _following(self, *, waits: bool) -> list[str | None]:
        """The one behind, if it is there or comes in time."""
        try:
            if not waits:
                return [self._coming.get_nowait()]
            async with asyncio.timeout(_PATIENCE):
                return [await self._coming.get()]
        except (TimeoutError, asyncio.QueueEmpty):
            return []


def together(sentences: list[str]) -> list[str]:
    """The same for a text that is there as a whole."""
    found: list[str] = []
    for sentence in sentences:
        most = EARLY if len(found) < 2 else LONGEST
        if found and _fits(found[-1], sentence, most):
            found[-1] = f"{found[-1]} {sentence}"
        else:
            found.append(sentence)
    return found


def _fits(one: str, following: str, most: int) -> bool:
    return min(len(one), len(following)) < SHORT and len(one) + 1 + len(following) <= most
