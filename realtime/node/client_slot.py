"""The client that gets a session's events: at most one at a time."""

from typing import Protocol

from kit import logs
from kit.errors import Failure

_log = logs.get(__name__)


class Client(Protocol):
    """An attached client connection."""

    @property
    def alive(self) -> bool:
        """Whether the connection still stands."""

    async def send(self, name: str, data: dict[str, object], sound: bytes | None = None) -> None:
        """Send one event; `sound` is its bytes, if it has some. Raises ConnectionError."""

    async def drop(self, failure: Failure) -> None:
        """Report to the client why it is no longer attached."""
        ...


class ClientSlot:
    """The one client that receives the events of a session."""

    def __init__(self) -> None:
        self._client: Client | None = None
        self._shut = False

    @property
    def current(self) -> Client | None:
        """The client; None while it is away."""
        return self._client

    def take(self, client: Client) -> bool:
        """False once the session is no longer run here: a client attached then would get nothing for ever."""
        if not self._shut:
            self._client = client
        return not self._shut

    async def shut(self, why: Failure) -> None:
        """Disconnect the client, with the reason, and take no other."""
        self._shut = True
        await self.drop(why)

    def leave(self, client: Client) -> None:
        """The client leaves, if it is still the attached one."""
        if self._client is client:
            self._client = None

    async def tell(self, name: str, data: dict[str, object], sound: bytes | None = None) -> None:
        """Send to the client, if there is one. If its connection fails, the session goes on without it."""
        if (client := self._client) is None:
            return
        try:
            await client.send(name, data, sound)
        except Exception:
            _log.exception("client_not_told", event_name=name)
            self.leave(client)

    async def drop(self, why: Failure) -> None:
        """Disconnect the client, with the reason."""
        client, self._client = self._client, None
        try:
            if client is not None:
                await client.drop(why)
        except Exception:  # it is disconnected all the same
            _log.exception("client_not_dropped")
