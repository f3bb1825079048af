"""A real mail server of the test's own, and what arrived there."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

_LINK = re.compile(r"https?://\S+/#/(?:reset|invited|verify)/(\S+)")


@dataclass
class Mailbox:
    """`refuse` is what the server answers to letters, if it takes none."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    refuse: str | None = None
    signed_in: list[str] = field(default_factory=list)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any) -> str:
        if self.refuse is not None:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        right = given.password == b"secret"
        if right:
            self.signed_in.append(given.login.decode())
        return AuthResult(success=right)

    @property
    def settings(self) -> dict[str, Any]:
        """What a node needs to hand letters in here."""
        return {
            "smtp_host": "127.0.0.1",
            "smtp_port": self.port,
            "smtp_security": "none",
            "smtp_sender": "parley@school.example",
        }

    async def arrives(self, count: int = 1, seconds: float = 60) -> EmailMessage:
        """The letter with this number, from 1."""
        async with asyncio.timeout(seconds):
            while len(self.letters) < count:  # noqa: ASYNC110 - another program sends it
                await asyncio.sleep(0.02)
        return self.letters[count - 1]


def text(letter: EmailMessage) -> str:
    body = letter.get_body()
    assert body is not None
    return str(body.get_content())


def token(letter: EmailMessage) -> str:
    """From the link in the letter."""
    found = _LINK.search(text(letter))
    assert found is not None, text(letter)
    return found[1]


@asynccontextmanager
async def mailbox(tls: ssl.SSLContext | None = None) -> AsyncIterator[Mailbox]:
    """Listens on a free port. With `tls` it insists on STARTTLS and on a sign-in with the password `secret`."""
    box = Mailbox()
    loop = asyncio.get_running_loop()

    def protocol() -> SMTP:
        options: dict[str, Any] = {}
        if tls is not None:
            options = {"tls_context": tls, "require_starttls": True, "auth_required": True}
        return SMTP(box, hostname="localhost", loop=loop, authenticator=box.authenticate, **options)

    server = await loop.create_server(protocol, "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
        await server.wait_closed()
