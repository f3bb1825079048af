"""The tutor of live conversations: the chat's providers for its words, a voice for its sound."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from api.chat import store
from api.chat.builtin.turns import ChatTurn
from api.chat.providers.routing import Providers
from api.chat.replies import Replies
from api.health.service import Check, Finding
from kit.database import Database
from kit.outbound import Outbound
from realtime.reply.ports import Brief, ConversationTurn, ProviderNotice
from realtime.reply.tutoring import Tutoring
from server.config import Settings
from server.resources import Resources
from speech.synthesis import espeak
from speech.synthesis.remote import RemoteVoice, RemoteVoiceSettings
from speech.synthesis.voices import Voice
from speech.synthesis.watched import VoiceRecord, WatchedVoice

_LEVEL_UNKNOWN = "A2"


class ConversationTutor:
    def __init__(self, replies: Replies, database: Database) -> None:
        self._replies = replies
        self._database = database

    async def reply(self, lines: list[ConversationTurn], brief: Brief) -> AsyncGenerator[str | ProviderNotice, None]:
        async with self._database.connection() as cx:
            level = await store.level(cx, brief.user_id) or _LEVEL_UNKNOWN
        history = [ChatTurn("user" if line.role == "user" else "assistant", line.text) for line in lines]
        asked = self._replies.stream(history, level=level, scenario=brief.scenario, language=brief.language)
        async with aclosing(asked) as pieces:
            async for piece in pieces:
                if isinstance(piece, str):
                    yield piece
                elif piece.provider != self._replies.preferred:
                    yield ProviderNotice(f"The language model is away: {piece.provider} answers.")


def assemble(r: Resources, replies: Replies, record: VoiceRecord) -> Tutoring:
    own = voices(r.settings, r.outbound)

    def watched() -> Voice | None:
        voice = own()
        return WatchedVoice(voice, record) if voice is not None else None

    return Tutoring(ConversationTutor(replies, r.database), watched, r.tasks, r.clock)


def checks(providers: Providers, record: VoiceRecord, has_voice: bool) -> list[Check]:
    """Who thinks and who speaks: neither is needed, the built-in tutor and the client's own voice stand in."""

    async def look_at_models() -> Finding:
        cards = providers.listed()
        away = [f"{card.name}: {reason}" for card, available, reason in cards if not available]
        answers = next(card.name for card, available, _ in cards if available)
        return Finding("degraded", f"{answers} answers; {'; '.join(away)}") if away else Finding("ok", answers)

    async def look_at_voice() -> Finding:
        if not has_voice:
            return Finding("ok", "clients speak by themselves")
        if record.problem is not None:
            return Finding("degraded", f"clients speak by themselves; {record.problem}")
        return Finding("ok", record.name or "not used yet")

    return [Check("language_model", False, look_at_models), Check("voice", False, look_at_voice)]


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
