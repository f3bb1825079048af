"""Who uses the node in a drill of outages: writers, readers, uploaders, and learners who speak. Each keeps account of
what was acknowledged."""

import asyncio
import contextlib
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from clients.python.parley_client import Refused, Session

SILENCE = b"\0\0" * 640  # 40 ms
_PAUSE_SECONDS = 0.1


@dataclass
class Account:
    """What the clients were told."""

    notes: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)  # answers that are neither the usual one nor 503 with Retry-After
    slowest: dict[str, float] = field(default_factory=dict)


class Person:
    """Somebody who is signed in."""

    def __init__(self, http: aiohttp.ClientSession, account: Account, token: str) -> None:
        self.http = http
        self.token = token
        self._account = account
        self._headers = {"Authorization": f"Bearer {token}"}

    async def ask(self, method: str, path: str, usual: int, **options: Any) -> Any:
        """The body of a usual answer, None of any other."""
        began = time.monotonic()
        async with self.http.request(method, path, headers=self._headers, **options) as response:
            body = await response.json()
            took = time.monotonic() - began
            name = f"{method} {path}"
            self._account.slowest[name] = max(took, self._account.slowest.get(name, 0.0))
            self._account.statuses[response.status] += 1
            fine = response.status == 503 and "Retry-After" in response.headers
            if response.status == usual:
                return body
            if not fine:
                self._account.odd.append(f"{name}: {response.status} {body}")
            return None

    async def write_notes(self) -> None:
        while True:
            body = {"title": f"Note {time.monotonic_ns()}", "content": "The Danube flows through Vienna. " * 20}
            if (made := await self.ask("POST", "/api/core/notes", 201, json=body)) is not None:
                self._account.notes.append(made["id"])
            await asyncio.sleep(_PAUSE_SECONDS)

    async def read(self) -> None:
        while True:
            await self.ask("GET", "/api/core/notes", 200)
            await asyncio.sleep(_PAUSE_SECONDS)

    async def upload(self) -> None:
        while True:
            form = aiohttp.FormData()
            text = f"{time.monotonic_ns()} " + "The Danube is the second longest river in Europe. " * 200
            form.add_field("file", text.encode(), filename="a.txt")
            if (made := await self.ask("POST", "/api/rag/documents", 202, data=form)) is not None:
                self._account.documents.append(made["document"]["id"])
            await asyncio.sleep(5 * _PAUSE_SECONDS)


class Speaker:
    """Speaks without a pause until told to stop, and keeps what the session said."""

    def __init__(self, url: str, token: str) -> None:
        self.session = Session(url, "/speaking", token=token)
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.end_seconds = 0.0
        self._work: list[asyncio.Future[None]] = []

    async def begin(self) -> None:
        await self.session.start_speaking()
        self._work = [asyncio.ensure_future(self._listen()), asyncio.ensure_future(self._speak())]

    async def _listen(self) -> None:
        async for event in self.session.events():
            self.events.append((event.name, event.data))

    async def _speak(self) -> None:
        while not self.session.ended.done():
            self.session.send_audio(SILENCE)
            await asyncio.sleep(0.04)

    async def end(self) -> None:
        """Ask for the end, and wait for it."""
        self._work[1].cancel()
        began = time.monotonic()
        with contextlib.suppress(Refused):
            await self.session.end()
        self.end_seconds = time.monotonic() - began
        await self.session.close()
        await asyncio.gather(*self._work, return_exceptions=True)

    @property
    def finals(self) -> list[str]:
        return [data["text"] for name, data in self.events if name == "transcript.final"]

    @property
    def numbers(self) -> list[int]:
        return [data["seq"] for name, data in self.events if "seq" in data and name not in ("error", "audio.ack")]
