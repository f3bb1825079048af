"""One end of a private socket pair between us and a child: whole messages, pickled. It blocks.

Only for trusted children: pickles from one end can run any code at the other.
"""

from multiprocessing.connection import Connection
from typing import Generic, TypeVar

Sent = TypeVar("Sent")
Received = TypeVar("Received")


class Channel(Generic[Sent, Received]):
    """Objects to and from a child over a pipe."""

    def __init__(self, descriptor: int) -> None:
        """Of a socket, which is closed with this."""
        self._connection: Connection[Sent, Received] = Connection(descriptor)

    def send(self, message: Sent) -> None:
        """OSError when the other side is gone."""
        self._connection.send(message)

    def receive(self) -> Received:
        """Wait for the next. EOFError or OSError when the other side is gone; half a message is any error."""
        return self._connection.recv()

    def close(self) -> None:
        """Close this end."""
        self._connection.close()
