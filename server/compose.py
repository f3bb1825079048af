"""Where the slices are put together: the only file that knows them all.

Every area has one `_build_…` function that takes what it needs and returns a `Part`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from api.api_keys.routes import ApiKeyRoutes
from api.api_keys.service import ApiKeys
from api.auth.attempts import Allowance, Attempts
from api.auth.models import Lifetimes
from api.auth.ports import Leaving
from api.auth.routes import AuthRoutes
from api.auth.service import Accounts
from api.auth.sessions import SignIns
from api.chat.generate import Generate
from api.chat.providers.builtin import BuiltinProvider
from api.chat.providers.compatible import CompatibleProvider
from api.chat.providers.models import Endpoint, Passage, Provider
from api.chat.providers.routing import Providers
from api.chat.routes import ChatRoutes
from api.conversations.routes import ConversationRoutes
from api.conversations.service import Conversations
from api.conversations.sessions import StudySessions
from api.english import xpi_ledger
from api.health.routes import HealthRoutes
from api.health.service import Check, Finding, Health
from api.notes.routes import NoteRoutes
from api.notes.service import Notes
from api.organizations.routes import OrganizationRoutes
from api.organizations.service import Organizations
from api.progress import assembly
from api.search import store as search_store
from api.search.outbox import Outbox
from api.search.postgres import PostgresEngine
from api.search.rebuild import Rebuild
from api.search.routes import SearchRoutes
from api.search.service import Search
from api.search.typesense import TypesenseEngine
from server import live, periodic
from server.config import VERSION
from server.credentials import Credentials
from server.hearing import Hearing
from server.kit.http.authenticate import Authenticator
from server.kit.http.idempotency import Idempotency
from server.kit.http.operation import Operation
from server.repeats import Repeats
from server.resources import Resources

Hook = Callable[[], Awaitable[None]]


@dataclass
class Part:
    """What an area adds to a node.

    `attach` gets the web application, for doors that are not operations (sockets, WebSocket routes). `starts` run once
    the node is up, `stops` in the opposite order when it goes down. `leaving` is told, in the transaction, of each
    account that is deleted: for what no foreign key reaches.
    """

    operations: list[Operation] = field(default_factory=list)
    attach: list[Callable[[Any], None]] = field(default_factory=list)
    starts: list[Hook] = field(default_factory=list)
    stops: list[Hook] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    leaving: list[Leaving] = field(default_factory=list)

    def add(self, other: "Part") -> None:
        self.operations += other.operations
        self.attach += other.attach
        self.starts += other.starts
        self.stops += other.stops
        self.checks += other.checks
        self.leaving += other.leaving


@dataclass
class Node:
    """A whole node: its parts and what guards the door."""

    part: Part
    authenticator: Authenticator
    idempotency: Idempotency | None


def compose(r: Resources) -> Node:
    whole = Part()
    sign_ins = SignIns(r.database, r.clock, r.signer, r.sealer, Attempts(r.database, r.clock, Allowance()), Lifetimes())
    repeats = Repeats(r.database, r.clock, r.sealer)
    whole.add(_build_foundations(r))
    whole.add(Part(starts=[periodic.starter(r.tasks, "sweep idempotency keys", 600, repeats.sweep)]))
    whole.add(_build_accounts(r, sign_ins, whole.leaving))
    organizations = Organizations(r.database, r.clock)
    api_keys = ApiKeys(r.database, r.clock, organizations)
    whole.add(_build_platform(organizations, api_keys))
    progress = assembly.assemble(r.database, r.clock, xpi_ledger)
    whole.add(Part(operations=progress.routes.operations()))
    whole.add(_build_conversations(r, progress))
    whole.add(_build_search(r))
    whole.add(_build_chat(r, build_providers(r)))
    whole.add(_build_health(r, whole.checks))
    service_key = r.settings.service_key.get_secret_value() if r.settings.service_key else None
    credentials = Credentials(sign_ins, api_keys, service_key)
    hearing = Hearing(r.settings, r.tasks, r.clock)
    whole.add(_build_hearing(r, hearing))
    whole.add(_build_live(r, credentials, hearing, progress))
    return Node(whole, credentials, repeats)


def _build_foundations(r: Resources) -> Part:
    async def look_at_database() -> Finding:
        async with r.database.connection() as cx:
            return Finding("ok", f"PostgreSQL {await cx.fetchval('show server_version')}")

    async def look_at_redis() -> Finding:
        information = await r.redis.info("server")
        name = "Valkey" if information.get("server_name") == "valkey" else "Redis"
        return Finding("ok", f"{name} {information.get('valkey_version') or information.get('redis_version')}")

    async def start_jobs() -> None:
        r.jobs.start()

    return Part(
        starts=[start_jobs],
        checks=[Check("postgresql", True, look_at_database), Check("redis", True, look_at_redis)],
    )


def _build_accounts(r: Resources, sign_ins: SignIns, leaving: list[Leaving]) -> Part:
    accounts = Accounts(r.database, r.clock, sign_ins, leaving)
    return Part(
        operations=AuthRoutes(accounts, sign_ins).operations(),
        starts=[periodic.starter(r.tasks, "sweep sign-ins", 600, sign_ins.sweep)],
    )


def _build_platform(organizations: Organizations, api_keys: ApiKeys) -> Part:
    return Part(
        operations=[*OrganizationRoutes(organizations).operations(), *ApiKeyRoutes(api_keys).operations()],
        leaving=[organizations.leaving],
    )


def build_providers(r: Resources) -> Providers:
    """Every configured language model in order, the built-in tutor last."""
    asked: list[Provider] = []
    for one in r.settings.language_models():
        endpoint = Endpoint(
            id=one.id, name=one.name, base_url=one.base_url.rstrip("/"), models=one.models,
            key=one.api_key.get_secret_value() if one.api_key else None, first_seconds=one.first_seconds,
            stall_seconds=one.stall_seconds, total_seconds=one.total_seconds,
        )  # fmt: skip
        asked.append(CompatibleProvider(endpoint, r.outbound))
    return Providers([*asked, BuiltinProvider()], r.clock)


def _build_conversations(r: Resources, progress: assembly.ProgressDoors) -> Part:
    conversations = Conversations(r.database, r.clock)
    sessions = StudySessions(r.database, r.clock, r.jobs, progress.rewards, progress.learning_time)
    notes = Notes(r.database, r.clock)
    return Part(operations=ConversationRoutes(conversations, sessions).operations() + NoteRoutes(notes).operations())


def _build_search(r: Resources) -> Part:
    own = PostgresEngine(r.database)
    outside: TypesenseEngine | None = None
    if r.settings.typesense_url is not None:
        key = r.settings.typesense_key
        outside = TypesenseEngine(
            r.outbound, url=r.settings.typesense_url, key=key.get_secret_value() if key else "",
            collection=r.settings.typesense_collection,
        )  # fmt: skip
    rebuild = Rebuild(r.database, r.clock, r.jobs)
    routes = SearchRoutes(Search(r.database, outside or own, own), rebuild)

    async def start_outbox() -> None:
        async with r.database.transaction() as tx:
            new = await search_store.set_outside(tx, outside is not None)
        if outside is not None:
            r.tasks.spawn(Outbox(r.database, outside).run(), name="search outbox")
            if new:
                await rebuild.queue("all")

    return Part(operations=routes.operations(), starts=[start_outbox])


class _NoDocuments:
    async def find(self, owner_id: str, conversation_id: str, question: str) -> tuple[Passage, ...]:
        return ()


def _build_chat(r: Resources, providers: Providers) -> Part:
    generate = Generate(r.database, r.clock, providers, _NoDocuments())
    return Part(operations=ChatRoutes(generate, providers).operations())


def _build_hearing(r: Resources, hearing: Hearing) -> Part:
    async def start() -> None:
        if r.settings.speech_at_start:
            await hearing.up()

    async def look() -> Finding:
        status = hearing.listening.status()
        if not hearing.is_up:
            return Finding("ok", "starts with the first session")
        engine = f"{status['engine']['name']} {status['engine']['model']}"
        return Finding("ok" if status["notice"] is None else "degraded", status["notice"] or engine)

    return Part(starts=[start], stops=[hearing.close], checks=[Check("recognition", False, look)])


def _build_live(r: Resources, identity: Credentials, hearing: Hearing, progress: assembly.ProgressDoors) -> Part:
    parts = live.assemble(r, identity, hearing, progress.rewards, progress.learning_time, progress.phoneme_log)
    return Part(operations=parts.routes.operations(), attach=[parts.attach], starts=[parts.keeper.start])


def _build_health(r: Resources, checks: list[Check]) -> Part:
    health = Health(checks, r.clock, r.node)
    return Part(operations=HealthRoutes(health, VERSION).operations())
