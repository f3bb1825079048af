"""Event loops for tests: what a test leaves open is told at that test, not when it is collected during another."""

import asyncio


class TidyLoop(asyncio.SelectorEventLoop):
    """Connections that were closed with something still unsent end with the loop. Those that nobody closed are an
    error."""

    _transports: "dict[int, asyncio.WriteTransport]"  # weak, by file descriptor; of the loop's own class

    def close(self) -> None:
        left = [] if self.is_closed() else list(self._transports.values())
        forgotten = [f"{one!r} to {one.get_extra_info('peername')}" for one in left if not one.is_closing()]
        for transport in left:
            transport.abort()
        if left:
            self.run_until_complete(asyncio.sleep(0))  # sockets are closed by callbacks
        super().close()
        if forgotten:
            raise ResourceWarning(f"left open: {', '.join(forgotten)}")
