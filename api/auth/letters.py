"""Letters with links: for a forgotten password, for an invitation, to prove an address.

A letter is a job of the transaction that makes its link, so there is none without the other. The link is sealed in the
job, and the letter is not sent when the link was used, withdrawn or has run out meanwhile.
"""

import base64
from dataclasses import dataclass
from datetime import timedelta

from api.auth import letter_texts, link_store, store
from api.auth.links import FORGOTTEN, Links
from api.auth.models import Link, User
from kit import errors
from kit.clock import Clock
from kit.database import Connection, Database
from kit.jobs import Jobs
from kit.mail import Mailer
from kit.secrets import Sealer
from kit.storable import JsonObject

_MOST, _WITHIN = 3, timedelta(hours=1)
_FORGOTTEN, _LETTER = "account.forgotten", "account.letter"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes. Without a `mailer` no letter is sent, and people ask `contact`. `base` comes before the path of a
    link."""

    mailer: Mailer | None
    base: str
    contact: str | None


class Letters:
    """Letters with links of this server."""

    def __init__(
        self, database: Database, clock: Clock, jobs: Jobs, sealer: Sealer, links: Links, sender: Sender
    ) -> None:
        self._database = database
        self._clock = clock
        self._jobs = jobs
        self._sealer = sealer
        self.links = links
        self._mailer = sender.mailer
        self._base = sender.base
        self.contact = sender.contact
        jobs.register(_FORGOTTEN, self._look_for)
        jobs.register(_LETTER, self._send)

    @property
    def available(self) -> bool:
        """Whether letters can be sent."""
        return self._mailer is not None

    def insist(self) -> None:
        """Failure `mail_not_configured`."""
        if not self.available:
            whom = self.contact or "those who run this server"
            raise errors.conflict("mail_not_configured", f"This server sends no mail. Ask {whom}.")

    async def forgotten(self, email: str, language: str | None) -> None:
        """Mail a link for a new password, if there is such an account: that is looked up later, so that neither the
        answer nor its time tells. Failure `mail_not_configured`."""
        self.insist()
        async with self._database.transaction() as tx:
            await self._jobs.enqueue(tx, _FORGOTTEN, {"email": email, "language": language})

    async def verify(self, tx: Connection, user: User, language: str | None = None) -> None:
        """Mail a link that proves the address of an account. Failures `mail_not_configured`, `rate_limited`."""
        self.insist()
        if await self.links.mailed_since(tx, "verification", user.id, _WITHIN) >= _MOST:
            message = "Several letters are on their way. Look at them, also among the unwanted ones."
            raise errors.limited("rate_limited", message, _WITHIN.total_seconds())
        link, path = await self.links.to_verify(tx, user)
        await self.enqueue(tx, link, path, language or user.native_language)

    async def enqueue(self, tx: Connection, link: Link, path: str, language: str | None) -> None:
        """Mail the link to the address in it."""
        sealed = base64.b64encode(self._sealer.seal(path.encode(), _context(link.id))).decode()
        payload = {"link_id": link.id, "path_sealed": sealed, "language": language}
        await self._jobs.enqueue(tx, _LETTER, payload, owner=link.user_id)

    async def _look_for(self, payload: JsonObject) -> None:
        async with self._database.transaction() as tx:
            user = await store.lock_user_with(tx, payload["email"])
            if user is None or user.is_guest or user.disabled_at is not None:
                return
            if await self.links.mailed_since(tx, "reset", user.id, _WITHIN) >= _MOST:
                return
            link, path = await self.links.to_set_password(tx, user, FORGOTTEN, mailed=True, created_by=None)
            await self.enqueue(tx, link, path, payload["language"] or user.native_language)

    async def _send(self, payload: JsonObject) -> None:
        """Sending twice is possible when a node dies between sending and noting it, and does no harm."""
        async with self._database.connection() as cx:
            link = await link_store.by_id(cx, payload["link_id"], self._clock.now())
        if link is None or link.email is None or self._mailer is None:
            return
        path = self._sealer.open(base64.b64decode(payload["path_sealed"]), _context(link.id)).decode()
        subject, text = letter_texts.letter(link.kind, (payload["language"],), f"{self._base}{path}")
        await self._mailer.send(link.email, subject, text)


def _context(link_id: str) -> str:
    return f"letter:{link_id}"
