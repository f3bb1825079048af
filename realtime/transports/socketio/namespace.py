"""The Socket.IO namespaces: a connection's events go to the dialogue, what it answers is the acknowledgement."""

from typing import Any

import socketio
from socketio.exceptions import ConnectionRefusedError as Refused

from kit.errors import Failure
from kit.http.gate import Gate
from realtime.node import guard
from realtime.node.connection import Connection
from realtime.node.dialogue import Dialogue
from realtime.transports.socketio.line import KEY, Line


class SessionNamespace(socketio.AsyncNamespace):  # type: ignore[misc]
    """One namespace of Socket.IO, as the dialogue's transport."""

    def __init__(self, dialogue: Dialogue, gate: Gate) -> None:
        super().__init__(dialogue.namespace)
        self._dialogue = dialogue
        self._gate = gate
        self._connections: dict[str, tuple[Connection, Line]] = {}

    async def trigger_event(self, event: str, *args: Any) -> Any:
        """Every event of every client comes through here, in the order in which that client sent them."""
        sid = args[0]
        if event == "connect":
            return await self._connect(sid, args[1], args[2] if len(args) > 2 else None)
        if (found := self._connections.get(sid)) is None:
            return None
        connection, line = found
        if event == "disconnect":
            del self._connections[sid]
            line.leave()
            return self._dialogue.left(connection)
        return await self._dialogue.take(connection, event, args[1:])

    async def _connect(self, sid: str, environ: dict[str, Any], auth: object) -> None:
        try:
            caller, only_session = await self._dialogue.identify(auth, self._gate.knock(environ["aiohttp.request"]))
        except Failure as failure:
            raise Refused(failure.message, guard.body(failure)) from failure

        async def send(name: str, data: dict[str, Any], sound: bytes | None) -> None:
            await self.emit(name, data if sound is None else (data, sound), to=sid, ignore_queue=True)

        line: Line = environ[KEY]

        async def disconnect() -> None:
            line.dropped.add(self.namespace)
            await self.disconnect(sid)

        transport = environ["aiohttp.request"].transport

        def alive() -> bool:
            return transport is not None and not transport.is_closing()

        if not alive():  # it disconnected while its credential was checked, and no other event reports that
            raise Refused("gone")
        connection = Connection(caller, only_session, send, disconnect, alive)
        self._connections[sid] = connection, line
        line.enter()
        self._dialogue.entered(connection)
