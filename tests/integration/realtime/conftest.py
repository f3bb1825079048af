"""Nodes that share PostgreSQL and Valkey, with ears by script."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from api.live.models import Earned, Order
from api.live.ownership import SessionRepository
from clients.python.parley_client import Opener, Session
from clients.python.parley_client._line import opened
from kit import errors, ids
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Database
from kit.http.addresses import TrustedProxies
from kit.http.gate import Gate
from kit.http.limits import Limits
from kit.http.origins import Origins
from realtime.node.maintenance import Maintenance
from server import resources
from server.config import Settings
from server.resources import Resources
from server.wiring import live
from tests.support import talks
from tests.support.clock import FakeClock
from tests.support.scripted_listener import ScriptedListening
from tests.support.talks import Learner

T = TypeVar("T")


class TokensAreUsers:
    """Identity for tests: the token is the user's id."""

    async def bearer(self, token: str) -> Caller:
        if token == "expired":
            raise errors.unauthenticated("token_expired", "The access token has expired.")
        if not ids.is_id(token):
            raise errors.unauthenticated()
        return Caller(token, "user", "bearer", "test")

    async def key(self, key: str, address: str) -> Caller:
        raise errors.unauthenticated()

    async def service(self, key: str) -> Caller:
        raise errors.unauthenticated()

    async def ended(self, callers: Sequence[Caller]) -> set[str]:
        return set()


class NoRewards:
    """Counts what it is asked for."""

    def __init__(self) -> None:
        self.granted: dict[str, int] = {}

    async def grant(self, tx: Any, user_id: str, earned: Earned) -> int:
        if earned.source_key in self.granted:
            return 0
        self.granted[earned.source_key] = earned.amount
        return earned.amount

    async def record(self, tx: Any, **_: Any) -> None:
        return None

    record_all = record

    async def of_account(self, tx: Any, event: str, account_id: str, data: Any, **_: Any) -> None:
        return None


@dataclass
class RunningNode:
    resources: Resources
    maintenance: Maintenance
    listening: ScriptedListening
    server: TestServer
    stack: AsyncExitStack

    @property
    def url(self) -> str:
        return str(self.server.make_url("")).rstrip("/")

    @property
    def repository(self) -> SessionRepository:
        repository = self.maintenance.registry.repository
        assert isinstance(repository, SessionRepository)
        return repository

    async def kill(self) -> None:
        """Gone without a word, as far as that can be had inside one process."""
        self.maintenance.registry.runners.clear()
        await self.resources.tasks.close()
        runner = self.server.runner
        assert runner is not None and runner.server is not None
        await runner.sites.copy().pop().stop()
        for connection in list(runner.server.connections):
            if connection.transport is not None:
                connection.transport.abort()
        await self.stack.aclose()


@dataclass
class Stage:
    settings: Settings
    database_url: str
    redis_url: str
    nodes: list[RunningNode] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    opener: Opener = opened  # of the lines of its clients
    clock: Clock | None = None  # of the nodes that are made from then on

    async def node(self, listening: ScriptedListening | None = None, **settings: Any) -> RunningNode:
        listener = listening or ScriptedListening()
        stack = AsyncExitStack()
        configured = self.settings.model_copy(update=settings)
        opened = await stack.enter_async_context(
            resources.opened(configured, database_url=self.database_url, redis_url=self.redis_url, clock=self.clock)
        )
        rewards = NoRewards()
        gate = Gate(TokensAreUsers(), Limits(opened.redis, {}), TrustedProxies(), Origins(), opened.clock)
        parts = live.assemble(opened, gate, listener, live.Slices(rewards, rewards, rewards, rewards), None)
        app = web.Application()
        for attach in parts.attach:
            attach(app)
        server = TestServer(app)
        await server.start_server()
        stack.push_async_callback(server.close)
        await parts.maintenance.start()
        node = RunningNode(opened, parts.maintenance, listener, server, stack)
        self.nodes.append(node)
        return node

    async def person(self, plan: str = "free") -> str:
        user_id = ids.new_id()
        async with self.nodes[0].resources.database.connection() as cx:
            await cx.execute(
                """
                insert into users (id, email, username, password_hash, plan, created_at, updated_at)
                values ($1, $2, $3, '', $4, now(), now())
                """,
                user_id,
                f"{user_id}@example.com",
                user_id.replace("-", "")[:32],
                plan,
            )
        return user_id

    async def voice(self, user_id: str) -> str:
        """A session as REST starts one."""
        started = await self.nodes[0].repository._sessions.start(user_id, Order("voice"))
        return started.session.id

    def client(self, user_id: str, *nodes: RunningNode, namespace: str = "/speaking", **options: Any) -> Session:
        urls = [node.url for node in (nodes or self.nodes)]
        given: dict[str, Any] = {"token": user_id, "opener": self.opener} | options
        client = Session(urls, namespace, **given)
        self.sessions.append(client)
        return client

    @property
    def database(self) -> Database:
        return self.nodes[0].resources.database

    @asynccontextmanager
    async def talk(self, *nodes: RunningNode, user: str | None = None, **options: Any) -> AsyncIterator[Learner]:
        """A learner, a new person if it is no `user`, in a session on these nodes or all: see `tests.support.talks`."""
        places, token = nodes or tuple(self.nodes), user or await self.person()
        async with talks.talk(places, token=token, **options) as learner:
            yield learner

    async def opened(self, context: AbstractAsyncContextManager[T]) -> T:
        """Closed with the first node."""
        return await self.nodes[0].stack.enter_async_context(context)

    async def row(self, session_id: str) -> dict[str, Any]:
        async with self.nodes[-1].resources.database.connection() as cx:
            found = await cx.fetchrow("select * from live_sessions where id = $1", session_id)
        assert found is not None
        return dict(found)

    async def texts(self, session_id: str) -> list[str]:
        async with self.nodes[-1].resources.database.connection() as cx:
            rows = await cx.fetch(
                """
                select n.text from live_turns n join live_transcripts t on t.id = transcript_id
                where session_id = $1 order by ordinal
                """,
                session_id,
            )
        return [row["text"] for row in rows]


@pytest.fixture
def still(stage: Stage, clock: FakeClock) -> FakeClock:
    """Nodes whose time goes on only when the test says so: what a session costs is no matter of the machine's speed."""
    stage.clock = clock
    return clock


@pytest.fixture
async def stage(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Stage]:
    made = Stage(settings, database_url, redis_url)
    yield made
    for session in made.sessions:
        await session.close()
    for node in made.nodes:
        await node.stack.aclose()
