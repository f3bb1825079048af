"""Tries a TURN server as a client would."""

import asyncio
import socket
import ssl

from aioice.stun import TransactionError, TransactionFailed
from aioice.turn import create_turn_endpoint

_SECONDS = 10.0
_PORTS = {"turn": 3478, "turns": 5349}


async def fault(url: str, name: str, password: str, tls: ssl.SSLContext | None) -> str | None:
    """What is wrong with a TURN server; None when it gives a relay, which is given back."""
    scheme, _, rest = url.partition(":")
    place, _, options = rest.partition("?")
    host, _, port = place.rpartition(":") if place.rpartition(":")[2].isdigit() else (place, "", "")
    by_tcp = options == "transport=tcp" or scheme == "turns"
    where = (host.strip("[]"), int(port or _PORTS[scheme]))
    secured = (tls or True) if scheme == "turns" else False
    closed = _Closed()
    try:
        async with asyncio.timeout(_SECONDS):
            if not by_tcp:
                found = await asyncio.get_running_loop().getaddrinfo(*where, type=socket.SOCK_DGRAM)
                where = (str(found[0][4][0]), int(found[0][4][1]))
            relay, _ = await create_turn_endpoint(
                lambda: closed, where, name, password, ssl=secured, transport="tcp" if by_tcp else "udp"
            )
            relay.close()
            await closed.over.wait()
    except TransactionFailed as refusal:
        code = refusal.response.attributes.get("ERROR-CODE", (0, ""))[0]
        if code in (401, 441):
            return f"{url} refuses the credentials: its secret and PARLEY_TURN_SECRET differ, or a clock is wrong"
        return f"{url} gives no relay ({code})"
    except ssl.SSLCertVerificationError as error:
        return f"{url}: the certificate is not trusted ({error.verify_message})"
    except (TimeoutError, TransactionError, OSError) as error:
        return f"{url} does not answer ({str(error) or 'no answer'}): open its port, by {'TCP' if by_tcp else 'UDP'}"
    return None


class _Closed(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.over = asyncio.Event()

    def connection_lost(self, exc: Exception | None) -> None:
        self.over.set()
