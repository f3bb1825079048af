"""Puts the slices together: the only file that knows them all.

Every area has one `_build_…` function that takes what it needs and returns a `Part`.
"""

import asyncio
from dataclasses import dataclass
from functools import partial

from api.chat.replies import Replies
from api.english.xpi import ledger as xpi_ledger
from api.health.routes import HealthRoutes
from api.health.service import Check, Finding, Health
from api.progress import assembly
from api.webhooks.outbox import Outbox
from kit import scratch
from kit.http.addresses import TrustedProxies
from kit.http.gate import Gate
from kit.http.idempotency import Idempotency
from kit.http.limits import Limits
from kit.http.origins import Origins
from kit.tasks import Tasks
from realtime import ports
from realtime.reply.tutoring import Tutoring
from realtime.transports import described
from server.config import VERSION
from server.resources import Resources
from server.wiring import assignments, english, live, seeing, speech, v1, webhooks
from server.wiring import conversations as talk
from server.wiring import tutor as tutoring
from server.wiring.accounts import Platform
from server.wiring.allowance import RecordingAllowance
from server.wiring.part import Part
from server.wiring.people import People
from server.wiring.recognition import Recognition
from server.wiring.voices import Voices


@dataclass
class Node:
    """A whole node: its parts and the gate that guards it."""

    part: Part
    people: People
    gate: Gate
    origins: Origins
    idempotency: Idempotency | None


def compose(r: Resources, listening: ports.Listening | None = None) -> Node:
    """Build all parts, in the order in which they need each other."""
    whole = Part()
    platform = Platform(r)
    whole.add(_build_foundations(r))
    whole.add(platform.part(whole.leaving))
    progress = assembly.assemble(r.database, r.clock, xpi_ledger)
    whole.add(Part(operations=progress.routes.operations()))
    announcements = webhooks.outbox(r)
    whole.add(webhooks.build(r, announcements))
    whole.add(assignments.build(r, progress, announcements))
    providers = talk.build_providers(r)
    whole.add(talk.build(r, progress, providers))
    whole.add(_build_health(r, whole.checks))
    recognition = Recognition(r.settings, r.tasks, r.clock)
    whole.add(_build_hearing(r, recognition))
    origins = Origins(r.settings.public_url, r.settings.cors_origins)
    proxies = TrustedProxies(r.settings.trusted_proxies)
    limits = Limits(r.redis, r.settings.limits())
    gate = Gate(platform.credentials, limits, proxies, origins, r.clock)
    allowance = RecordingAllowance(limits, r.settings)
    voices = Voices(r)
    whole.add(voices.part())
    tutors = tutoring.assemble(r, Replies(providers), voices)
    whole.add(_build_live(r, gate, listening or recognition, progress, announcements, tutors))
    whole.add(Part(checks=tutoring.checks(providers, voices)))
    whole.add(english.build(r, recognition, progress, voices, allowance, announcements))
    whole.add(v1.build(r, providers, recognition.up, allowance, talk.build_embedder(r), voices))
    whole.add(speech.build(r, voices))
    return Node(whole, platform.people, gate, origins, platform.repeats)


def _build_foundations(r: Resources) -> Part:
    async def look_at_database() -> Finding:
        async with r.database.connection() as cx:
            name = f"PostgreSQL {await cx.fetchval('show server_version')}"
            if await cx.fetchval("select pg_is_in_recovery() or current_setting('transaction_read_only')::bool"):
                return Finding("down", f"{name} is read-only")
        if r.database.trouble is not None:
            return Finding("degraded", f"{name}; refused a moment ago: {r.database.trouble}")
        return Finding("ok", name)

    async def look_at_redis() -> Finding:
        await r.redis.set(f"parley:health:{r.node}", 1, px=1000)  # a read-only Redis is not enough
        information = await r.redis.info("server")
        name = "Valkey" if information.get("server_name") == "valkey" else "Redis"
        return Finding("ok", f"{name} {information.get('valkey_version') or information.get('redis_version')}")

    async def sweep() -> None:
        await asyncio.to_thread(scratch.sweep)

    async def start_jobs() -> None:
        r.jobs.start()

    return Part(
        starts=[sweep, start_jobs],
        checks=[
            Check("postgresql", True, look_at_database),
            Check("redis", True, look_at_redis),
            Check("loops", True, partial(_look_at_loops, r.tasks)),
        ],
    )


async def _look_at_loops(tasks: Tasks) -> Finding:
    """The loops of a node: down when one that is needed has ended or is stuck."""
    states = [(life, *life.state()) for life in tasks.lives]
    unwell = [told for _, state, told in states if state != "ok"]
    if not unwell:
        return Finding("ok", f"{len(states)} run")
    dead = any(life.needed and state in ("ended", "stuck") for life, state, _ in states)
    return Finding("down" if dead else "degraded", "; ".join(unwell))


def _build_hearing(r: Resources, recognition: Recognition) -> Part:
    starting: list[asyncio.Task[None]] = []

    async def start() -> None:
        if r.settings.speech_at_start:
            starting.append(r.tasks.persist(recognition.up, name="recognition-start"))

    async def stop() -> None:
        for task in starting:
            task.cancel()
        await recognition.close()

    async def look() -> Finding:
        status = recognition.listening.status()
        if not recognition.is_up and not r.settings.speech_at_start:
            return Finding("ok", "starts with the first session")
        if (waiting := status["waiting"]) is not None:
            return Finding("degraded", waiting.sentence(), waiting.what, waiting.seconds)
        if not status["ready"]:
            return Finding("degraded", recognition.trouble or "Recognition is being started.", "loading")
        engine = f"{status['engine']['name']} {status['engine']['model']}"
        if (cluster := status["cluster"]) is not None:
            engine += f", {cluster['actors']} actors on Ray"
            if cluster["problem"] is not None:
                return Finding("degraded", f"{engine}. {cluster['problem']}")
        return Finding("ok" if status["notice"] is None else "degraded", status["notice"] or engine)

    return Part(starts=[start], stops=[stop], checks=[Check("recognition", False, look)])


def _build_live(
    r: Resources,
    gate: Gate,
    listening: ports.Listening,
    progress: assembly.ProgressDoors,
    announcements: Outbox,
    tutors: Tutoring,
) -> Part:
    slices = live.Slices(progress.rewards, progress.learning_time, progress.phoneme_log, announcements)
    parts = live.assemble(r, gate, listening, slices, tutors)
    return Part(
        operations=parts.operations,
        doors=list(described.DOORS),
        attach=parts.attach,
        starts=parts.starts,
        checks=parts.checks,
        drains=[parts.maintenance],
    )


def _build_health(r: Resources, checks: list[Check]) -> Part:
    health = Health(checks, r.clock, r.node)
    return Part(operations=HealthRoutes(health, VERSION).operations(), starts=[partial(seeing.start, r, health)])
