"""A whole node in the test's own process, and people who use it over the public API."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from kit.clock import Clock
from realtime import ports
from server import resources
from server.app import create_app
from server.config import Settings
from server.resources import Resources
from tests.support.clock import FakeClock

PASSWORD = "correct horse battery"


@dataclass
class Account:
    user_id: str
    username: str
    email: str
    password: str
    access_token: str
    refresh_token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.access_token}"}


@dataclass
class Parley:
    """A running node. `client` speaks to it over HTTP."""

    client: TestClient[Any, Any]
    resources: Resources
    accounts: list[Account] = field(default_factory=list)

    @property
    def url(self) -> str:
        return str(self.client.make_url("/")).rstrip("/")

    async def account(self, username: str | None = None, **profile: Any) -> Account:
        """Register over the public API and sign in."""
        name = username or f"learner{len(self.accounts)}"
        body = {"email": f"{name}@example.com", "username": name, "password": PASSWORD, **profile}
        async with self.client.post("/api/auth/register", json=body) as response:
            assert response.status == 201, await response.text()
            user_id = (await response.json())["id"]
        async with self.client.post("/api/auth/login", data={"username": name, "password": PASSWORD}) as response:
            assert response.status == 200, await response.text()
            tokens = await response.json()
        account = Account(user_id, name, body["email"], PASSWORD, tokens["access_token"], tokens["refresh_token"])
        self.accounts.append(account)
        return account

    async def member(self, owner: Account, organization: str, user: Account, **standing: Any) -> None:
        """Invite `user` and let them accept."""
        body = {"user": user.username, **standing}
        members = f"/api/organizations/{organization}/members"
        async with self.client.post(members, json=body, headers=owner.headers) as response:
            assert response.status == 201, await response.text()
            invitation = (await response.json())["invitation_id"]
        async with self.client.post(f"/api/invitations/{invitation}/accept", headers=user.headers) as response:
            assert response.status == 200, await response.text()

    async def admin(self, username: str = "admin0") -> Account:
        """An account with the role `admin`."""
        account = await self.account(username)
        async with self.resources.database.connection() as cx:
            await cx.execute("update users set role = 'admin' where id = $1", account.user_id)
        return account


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path / "data",
        models=tmp_path / "models",  # not what a user of this machine has fetched
        secret_key="0123456789abcdef0123456789abcdef",
        port=0,
        speech_at_start=False,
        whisper_download=False,
        voice_download=False,
    )


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def parley(database_url: str, redis_url: str, settings: Settings) -> AsyncIterator[Parley]:
    async with running(settings, database_url, redis_url) as node:
        yield node


async def asks_again(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """What a node refuses with 503 because the machine gives its database no time is asked for again."""
    for _ in range(10):
        response = await handler(request)
        if response.status != 503 or "database is busy" not in await response.text():
            break
        await asyncio.sleep(0.2)
    return response


@asynccontextmanager
async def running(
    settings: Settings,
    database_url: str,
    redis_url: str,
    clock: Clock | None = None,
    listening: ports.Listening | None = None,
) -> AsyncIterator[Parley]:
    """One more node on the given servers; several may share them."""
    async with (
        resources.opened(settings, database_url=database_url, redis_url=redis_url, clock=clock) as opened,
        TestClient(TestServer(create_app(opened, listening=listening)), middlewares=[asks_again]) as client,
    ):
        yield Parley(client, opened)
