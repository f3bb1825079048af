"""The tutor of live conversations: the chat's providers for its words, a voice for its sound."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from api.chat import store
from api.chat.builtin.turns import Turn
from api.chat.replies import Replies
from realtime.reply.ports import Brief, Line
from realtime.reply.tutoring import Tutoring
from server.config import Settings
from server.kit.database import Database
from server.kit.outbound import Outbound
from server.resources import Resources
from speech.synthesis import espeak
from speech.synthesis.remote import RemoteVoice, RemoteVoiceSettings
from speech.synthesis.voices import Voice

_LEVEL_UNKNOWN = "A2"


class ConversationTutor:
    def __init__(self, replies: Replies, database: Database) -> None:
        self._replies = replies
        self._database = database

    async def reply(self, lines: list[Line], brief: Brief) -> AsyncGenerator[str, None]:
        async with self._database.connection() as cx:
            level = await store.level(cx, brief.user_id) or _LEVEL_UNKNOWN
        history = [Turn("user" if line.role == "user" else "assistant", line.text) for line in lines]
        asked = self._replies.stream(history, level=level, scenario=brief.scenario, language=brief.language)
        async with aclosing(asked) as pieces:
            async for piece in pieces:
                yield piece


def assemble(r: Resources, replies: Replies) -> Tutoring:
    return Tutoring(ConversationTutor(replies, r.database), voices(r.settings, r.outbound), r.tasks, r.clock)


def voices(settings: Settings, outbound: Outbound) -> Callable[[], Voice | None]:
    """A voice for each new session: the configured server, else espeak-ng where it is installed, else the client's."""
    model, base_url, key = settings.voice_model, settings.openai_base_url, settings.openai_api_key
    program = espeak.find() if settings.voice in ("auto", "espeak") else None

    def voice() -> Voice | None:
        if settings.voice in ("auto", "server") and model is not None and base_url is not None:
            secret = key.get_secret_value() if key is not None else ""
            return RemoteVoice(RemoteVoiceSettings(base_url, secret, model, settings.voice_name), outbound)
        return espeak.EspeakVoice(program) if program is not None else None

    return voice
