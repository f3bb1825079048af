"""Where the slices are put together: the only file that knows them all.

Every area has one `_build_…` function that takes what it needs and returns a `Part`.
"""

from dataclasses import dataclass

from api.chat.generate import Generate
from api.chat.providers.builtin import BuiltinProvider
from api.chat.providers.compatible import CompatibleProvider
from api.chat.providers.models import Endpoint, Passage, Provider
from api.chat.providers.routing import Providers
from api.chat.replies import Replies
from api.chat.routes import ChatRoutes
from api.conversations.routes import ConversationRoutes
from api.conversations.service import Conversations
from api.conversations.sessions import StudySessions
from api.english import xpi_ledger
from api.health.routes import HealthRoutes
from api.health.service import Check, Finding, Health
from api.notes.routes import NoteRoutes
from api.notes.service import Notes
from api.progress import assembly
from api.search import store as search_store
from api.search.outbox import Outbox
from api.search.postgres import PostgresEngine
from api.search.rebuild import Rebuild
from api.search.routes import SearchRoutes
from api.search.service import Search
from api.search.typesense import TypesenseEngine
from realtime.reply.tutoring import Tutoring
from server import english, live, tutoring
from server.config import VERSION
from server.hearing import Hearing
from server.kit.http.authenticate import Authenticator
from server.kit.http.idempotency import Idempotency
from server.part import Part
from server.platform import Platform
from server.resources import Resources


@dataclass
class Node:
    """A whole node: its parts and what guards the door."""

    part: Part
    authenticator: Authenticator
    idempotency: Idempotency | None


def compose(r: Resources) -> Node:
    whole = Part()
    platform = Platform(r)
    whole.add(_build_foundations(r))
    whole.add(platform.part(whole.leaving))
    progress = assembly.assemble(r.database, r.clock, xpi_ledger)
    whole.add(Part(operations=progress.routes.operations()))
    whole.add(_build_conversations(r, progress))
    whole.add(_build_search(r))
    providers = build_providers(r)
    whole.add(_build_chat(r, providers))
    whole.add(_build_health(r, whole.checks))
    hearing = Hearing(r.settings, r.tasks, r.clock)
    whole.add(_build_hearing(r, hearing))
    whole.add(_build_live(r, platform.credentials, hearing, progress, tutoring.assemble(r, Replies(providers))))
    whole.add(english.build(r, hearing, progress, tutoring.voices(r.settings, r.outbound)()))
    return Node(whole, platform.credentials, platform.repeats)


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
        if not status["ready"]:
            return Finding("degraded", "starting")
        engine = f"{status['engine']['name']} {status['engine']['model']}"
        return Finding("ok" if status["notice"] is None else "degraded", status["notice"] or engine)

    return Part(starts=[start], stops=[hearing.close], checks=[Check("recognition", False, look)])


def _build_live(
    r: Resources, identity: Authenticator, hearing: Hearing, progress: assembly.ProgressDoors, tutors: Tutoring
) -> Part:
    doors = (progress.rewards, progress.learning_time, progress.phoneme_log)
    parts = live.assemble(r, identity, hearing, *doors, tutors)
    return Part(operations=parts.routes.operations(), attach=parts.attach, starts=[parts.keeper.start])


def _build_health(r: Resources, checks: list[Check]) -> Part:
    health = Health(checks, r.clock, r.node)
    return Part(operations=HealthRoutes(health, VERSION).operations())
