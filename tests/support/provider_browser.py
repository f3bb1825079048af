"""A browser that goes to the provider and comes back, and the places where it passes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.cookies import SimpleCookie
from typing import Any

from server.config import Settings
from tests.support.node import Parley, running
from tests.support.provider import OddProvider, odd_provider, settings_for

PUBLIC_URL = "https://parley.example"
START, CALLBACK = "/api/auth/oidc/start", "/api/auth/oidc/callback"
ANA = {"sub": "s-ana", "email": "Ana@example.com", "email_verified": True, "name": "Ana Souza"}

Place = tuple[Parley, OddProvider]


@asynccontextmanager
async def odd_place(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Place]:
    """A node whose people come by a provider that does as it is told, and that provider."""
    async with odd_provider(PUBLIC_URL + CALLBACK) as provider:
        changes = {**settings_for(provider.issuer), "public_url": PUBLIC_URL}
        fields = {**settings.model_dump(exclude_unset=True), **changes}
        async with running(Settings(**fields), database_url, redis_url) as node:
            yield node, provider


class Browser:
    """A browser of somebody's: its cookies, and where it is sent."""

    def __init__(self, node: Parley) -> None:
        self.node = node
        self.cookies: dict[str, str] = {}
        self.said: list[str] = []
        self.token = ""

    async def go(self, path: str, status: int = 303, headers: dict[str, str] | None = None) -> str:
        """To an address of ours; where that sends it."""
        cookie = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        self.node.client.session.cookie_jar.clear()
        get = self.node.client.get(path, headers={**cookie, **(headers or {})}, allow_redirects=False)
        async with get as response:
            assert response.status == status, await response.text()
            for line in response.headers.getall("Set-Cookie", []):
                self.said.append(line)
                self.cookies |= {key: one.value for key, one in SimpleCookie(line).items()}
            return response.headers.get("Location", "")

    async def leave(self) -> str:
        """To the provider, through its form; the address of ours that it sends the browser back to."""
        there = await self.go(START)
        async with self.node.client.session.get(there, allow_redirects=False) as response:
            assert response.status == 302, await response.text()
            back = response.headers["Location"]
        assert back.startswith(f"{PUBLIC_URL}{CALLBACK}?")
        return back.removeprefix(PUBLIC_URL)

    async def sign_in(self) -> str:
        """The whole way; the route of the page that it ends at."""
        return (await self.go(await self.leave())).removeprefix(f"{PUBLIC_URL}/#")

    async def me(self) -> dict[str, Any]:
        """The account, as the page asks for it."""
        headers = {"Cookie": f"parley_page={self.cookies['parley_page']}"}
        self.node.client.session.cookie_jar.clear()
        async with self.node.client.post("/api/auth/page/refresh", json={}, headers=headers) as response:
            assert response.status == 200, await response.text()
            self.cookies |= {key: one.value for key, one in SimpleCookie(response.headers["Set-Cookie"]).items()}
            self.token = (await response.json())["access_token"]
        found: dict[str, Any] = (await self.call("GET", "/api/auth/me"))[1]
        return found

    async def call(self, method: str, path: str, **options: Any) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.node.client.request(method, path, headers=headers, **options) as response:
            return response.status, await response.json() if response.status != 204 else None
