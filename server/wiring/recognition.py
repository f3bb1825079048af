"""Recognition for every part of the node: one `Listening`, brought up once, at start or when first needed."""

import asyncio
from collections.abc import Callable

from kit.clock import Clock
from kit.tasks import Tasks
from realtime import ports
from server.bootstrap import installer, terminal
from server.config import Settings
from speech.engines.cluster.messages import Cluster
from speech.engines.remote import RemoteServer
from speech.events import SpeechEvent
from speech.listening import ListenerOptions, Listening, ListeningSettings

_TALKERS_A_PLACE = 4  # learners pause, and with more speakers than full speed allows, partials only become rarer


def installer_found() -> tuple[str | None, dict[str, str]]:
    """The uv that set Parley up, and the mirror that the machine uses."""
    try:
        return str(installer.find()), installer.index_variables()
    except (terminal.Stop, OSError):
        return None, {}


def _remote(settings: Settings) -> RemoteServer | None:
    if not settings.speech_url:
        return None
    key = settings.speech_key.get_secret_value() if settings.speech_key else None
    return RemoteServer(settings.speech_url.rstrip("/"), settings.speech_model, key, settings.speech_door)


def _cluster(settings: Settings) -> Cluster | None:
    if settings.ray_address is None:
        return None
    least, most = settings.ray_actors_min, settings.ray_actors_max
    return Cluster(settings.ray_address, settings.ray_cpus, settings.ray_gpus, least, most)


class Recognition:
    """Also the realtime part's `Listening` port."""

    def __init__(self, settings: Settings, tasks: Tasks, clock: Clock) -> None:
        self.listening = Listening(
            ListeningSettings(
                data=settings.data_dir,
                shared_models=settings.shared_models,
                wait_s=settings.speech_wait_seconds,
                engine=settings.speech_engine,
                model=settings.whisper_model,
                device=settings.whisper_device,
                workers=settings.speech_workers,
                download=settings.whisper_download,
                installer=installer_found,
                remote=_remote(settings),
                cluster=_cluster(settings),
            ),
            tasks,
            clock,
        )
        self._sessions_max = settings.live_sessions
        self._up = asyncio.Lock()
        self.is_up = False
        self.trouble: str | None = None

    async def up(self) -> Listening:
        """Returns before the engines are ready; sound that comes meanwhile waits for them."""
        async with self._up:
            if not self.is_up:
                await self._start()
        return self.listening

    async def _start(self) -> None:
        try:
            await self.listening.start()
        except Exception as error:
            self.trouble = f"Recognition could not be started ({type(error).__name__}) and is tried again."
            raise
        self.is_up, self.trouble = True, None

    async def close(self) -> None:
        """Stop the worker processes, if there are any."""
        async with self._up:
            if self.is_up:
                await self.listening.close()

    async def open(self, wanted: ports.ListenerOptions, emit: Callable[[SpeechEvent], None]) -> ports.Listener:
        """A listener for a session."""
        listening = await self.up()
        options = ListenerOptions(
            session_id=wanted.session_id,
            language=wanted.language,
            reference_text=wanted.reference_text,
            patience_ms=wanted.patience_ms,
            pauses=wanted.pauses,
            first_turn=wanted.first_turn,
            start_ms=wanted.start_ms,
            known_ms=wanted.known_ms,
            before=wanted.before,
            before_end_ms=wanted.before_end_ms,
            trace=wanted.trace,
        )
        return listening.listener(options, emit)

    def room(self) -> ports.NodeLoad:
        """How many sessions this node can take, and whether it is full."""
        capacity = self.listening.capacity()
        most = self._sessions_max or capacity.sessions_max * _TALKERS_A_PLACE
        return ports.NodeLoad(most, full=capacity.queue_depth > 2 * most)
