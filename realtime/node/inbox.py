"""Where the parts of a session report what happens."""

from collections.abc import Callable

from realtime.session import events as on


class Inbox:
    """Parts are made before the session that they report to: what they say until then is kept."""

    def __init__(self) -> None:
        self._early: list[on.Event] = []
        self._handle: Callable[[on.Event], None] = self._early.append

    def post(self, event: on.Event) -> None:
        """On the event loop. It is handled at once, or first of all when the session begins."""
        self._handle(event)

    def open(self, handle: Callable[[on.Event], None]) -> None:
        """Somebody takes the events from now on, those that were kept first."""
        early, self._handle = self._early, handle
        self._early = []
        for event in early:
            handle(event)
