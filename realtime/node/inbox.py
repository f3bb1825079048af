"""Takes the reports of a session's parts."""

from collections.abc import Callable

from realtime.session import events as on


class Inbox:
    """Parts are created before their session starts: their reports wait until then."""

    def __init__(self) -> None:
        self._early: list[on.Event] = []
        self._handle: Callable[[on.Event], None] = self._early.append

    def post(self, event: on.Event) -> None:
        """Call it on the event loop. The event is handled at once, or when the session starts."""
        self._handle(event)

    def open(self, handle: Callable[[on.Event], None]) -> None:
        """`handle` gets the waiting events now, and all later ones at once."""
        early, self._handle = self._early, handle
        self._early = []
        for event in early:
            handle(event)
