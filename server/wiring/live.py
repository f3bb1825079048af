"""Live sessions put together: the REST slice, the realtime part and the sockets know each other only through here."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from api.auth.people import People
from api.conversations.threads import Threads
from api.health.service import Check, Finding
from api.live.ledger import MinuteLedger
from api.live.models import Rules
from api.live.observer_rights import Observing
from api.live.ownership import SessionRepository
from api.live.pauses import Pauses
from api.live.ports import Announcements, LearningTime, PhonemeLog, Rewards
from api.live.recordings import Recordings
from api.live.routes import LiveRoutes
from api.live.service import LiveSessions
from api.live.transcripts import Transcripts
from kit import periodic
from kit.http import front
from kit.http.gate import Gate
from kit.http.operation import Operation
from kit.storable import JsonObject
from realtime import ports, wire
from realtime.node import registry as sessions
from realtime.node.bus import Bus
from realtime.node.credential_watch import CredentialWatch
from realtime.node.dialogue import Dialogue
from realtime.node.leases import Leases
from realtime.node.maintenance import Maintenance
from realtime.node.observers import Observers
from realtime.node.registry import Registry
from realtime.node.tickets import Tickets
from realtime.reply.tutoring import Tutoring
from realtime.transports import websocket
from realtime.transports.openai import realtime as openai_realtime
from realtime.transports.openai.calls import Calls
from realtime.transports.openai.entrance import Entrance
from realtime.transports.openai.open_calls import HangUp, OpenCalls
from realtime.transports.openai.secrets import ClientSecrets
from realtime.transports.socketio import server as sockets
from realtime.transports.webrtc import ice
from realtime.transports.webrtc.ice import IceSettings
from realtime.transports.webrtc.media_processes import MediaProcesses
from realtime.transports.webrtc.peers import IceServers, Network, OwnLoop, Peers, PeerSettings
from realtime.transports.webrtc.session_peers import SessionPeers
from realtime.transports.webrtc.whip import Whip
from server.config import Settings
from server.resources import Resources
from speech.synthesis.voices import RATE as VOICE_RATE

_SWEEP_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Slices:
    """What live sessions need from other slices."""

    rewards: Rewards
    learning_time: LearningTime
    phonemes: PhonemeLog
    announcements: Announcements


@dataclass(frozen=True, slots=True)
class Live:
    """What the rest of the server needs of live sessions."""

    maintenance: Maintenance
    operations: list[Operation]
    attach: list[front.Attach]
    starts: list[Callable[[], Awaitable[None]]]
    checks: list[Check]


def assemble(r: Resources, gate: Gate, listening: ports.Listening, slices: Slices, tutoring: Tutoring | None) -> Live:
    """Without `tutoring` no session has a tutor."""
    s = r.settings
    rules = _rules(s)
    registry = _registry(r, listening, tutoring, rules)
    observers = Observers(r.redis, registry.bus, r.tasks, r.clock, Observing(r.database, r.clock))
    maintenance = Maintenance(registry, observers)
    tickets = Tickets(r.redis, r.signer)
    people = People()
    ledger = MinuteLedger(rules, people, slices.rewards, slices.learning_time, slices.announcements)
    live = LiveSessions(r.database, r.clock, Threads(), ledger, maintenance, tickets)
    registry.repository = SessionRepository(r.database, r.clock, live, maintenance, slices.phonemes)
    ice_servers = _ice_servers(r)
    recordings = Recordings(r.database, r.clock, s.recording_days)
    transcripts = Transcripts(r.database, r.clock, people, slices.announcements)
    routes = LiveRoutes(live, transcripts, recordings, sockets.PATH, ice_servers)
    peers = _peers(r, lambda: [server for server in ice_servers(r.node) if "username" not in server])
    lines = SessionPeers(peers, r.tasks)
    standing = CredentialWatch(gate, r.tasks)
    dialogues = [
        Dialogue(name, registry, gate, tickets, r.clock, lines, observers, standing)
        for name in (wire.LIVE, wire.SPEAKING)
    ]
    secrets, compatible = _compatible(r, gate, maintenance, standing, lines, live.end)

    async def stop() -> None:
        await maintenance.stop()
        await lines.close()

    attach = [
        sockets.attacher(dialogues, gate, stop),
        Whip(dialogues, registry, lines, gate, ice_servers).attach,
        *(websocket.Door(one, gate).attach for one in dialogues),
        *compatible,
    ]
    sweep = periodic.starter(r.tasks, "delete old recordings", _SWEEP_SECONDS, recordings.sweep)
    starts = [maintenance.start, sweep, peers.start, standing.start]
    return Live(maintenance, [*routes.operations(), *secrets.operations()], attach, starts, [_look_at(lines)])


def _compatible(
    r: Resources,
    gate: Gate,
    maintenance: Maintenance,
    standing: CredentialWatch,
    lines: SessionPeers,
    hang_up: HangUp,
) -> tuple[ClientSecrets, list[front.Attach]]:
    """The doors for clients of the OpenAI Realtime API."""
    registry = maintenance.registry
    secrets = ClientSecrets(r.redis, r.clock, calls_functions=registry.calls_functions)
    entrance = Entrance(gate, secrets)
    running = OpenCalls(registry, standing, hang_up)
    sockets = openai_realtime.Realtime(registry, standing, r.clock, entrance, running)
    calls = Calls(registry, standing, r.clock, entrance, lines, running)
    return secrets, [sockets.attach, calls.attach]


def _ice_servers(r: Resources) -> Callable[[str], list[JsonObject]]:
    """What a user's browser is given to reach us by: STUN, and TURN with credentials of its own."""
    s = r.settings
    secret = s.turn_secret.get_secret_value() if s.turn_secret else None
    relay = IceSettings(s.ice_servers, secret, s.live_longest_seconds)
    return lambda user_id: ice.servers(relay, user_id, r.clock.now())


def _rules(s: Settings) -> Rules:
    return Rules(
        plans={"free": s.plan_free_seconds, "plus": s.plan_plus_seconds, "pro": s.plan_pro_seconds},
        longest_s=s.live_longest_seconds,
        silence=timedelta(seconds=s.live_silence_seconds),
        grace=timedelta(seconds=s.live_grace_seconds),
    )


def _registry(r: Resources, listening: ports.Listening, tutoring: Tutoring | None, rules: Rules) -> Registry:
    return Registry(
        node=r.node,
        listening=listening,
        redis=r.redis,
        bus=Bus(r.redis, r.node, r.tasks),
        leases=Leases(r.redis, r.node),
        tasks=r.tasks,
        clock=r.clock,
        tutoring=tutoring,
        pauses=Pauses(r.database, r.clock),
        rules=sessions.Rules(r.settings.live_silence_seconds, r.settings.live_grace_seconds, rules.heartbeat_s),
        tracer=r.tracer,
    )


def _peers(r: Resources, ice_servers: IceServers) -> Peers:
    """`ice_servers` are for the node's own side: STUN, where it is behind a NAT."""
    s = r.settings
    settings = PeerSettings(VOICE_RATE, ice_servers, Network(s.ice_private, s.ice_ports, s.ice_addresses))
    if s.media_workers == 0:
        return OwnLoop(r.tasks, r.clock, settings)
    return MediaProcesses(s.media_workers, r.tasks, r.clock, settings, s.log_level, s.log_json)


def _look_at(lines: SessionPeers) -> Check:
    async def look() -> Finding:
        well, detail = lines.state()
        return Finding("ok" if well else "degraded", detail)

    return Check("media", False, look)
