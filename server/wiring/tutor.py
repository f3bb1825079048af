"""The tutor of live conversations: the chat's providers for its words, a voice for its sound."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from api.auth.people import People
from api.chat.providers.models import CallDelta, Finished
from api.chat.providers.routing import Providers
from api.chat.replies import Briefing, Broken, Called, Replies
from api.health.service import Check, Finding
from kit.database import Database
from kit.storable import JsonObject
from language.tutor.turns import ChatTurn
from realtime.reply.ports import Brief, CallPiece, ConversationTurn, CutShort, Functions, Piece, ProviderNotice
from realtime.reply.tutoring import Tutoring
from server.resources import Resources
from server.wiring.voices import Voices

_LEVEL_UNKNOWN = "A2"


class ConversationTutor:
    """The tutor of live sessions: a language model or the built-in tutor, by setting."""

    def __init__(self, replies: Replies, database: Database) -> None:
        self._replies = replies
        self._database = database

    @property
    def calls_functions(self) -> bool:
        return self._replies.calls_functions

    async def reply(self, lines: list[ConversationTurn], brief: Brief) -> AsyncGenerator[Piece, None]:
        """The tutor's words as they are made."""
        async with self._database.connection() as cx:
            level = await People().level(cx, brief.user_id) or _LEVEL_UNKNOWN
        history = [ChatTurn("user" if line.role == "user" else "assistant", line.text) for line in lines]
        asked = self._replies.stream(
            history,
            level=level,
            scenario=brief.scenario,
            language=brief.language,
            briefing=Briefing(brief.instructions, brief.notes),
            functions=_called(lines, brief.functions) if brief.functions is not None else None,
        )
        async with aclosing(asked) as pieces:
            async for piece in pieces:
                if isinstance(piece, str):
                    yield piece
                elif isinstance(piece, CallDelta):
                    yield CallPiece(piece.index, piece.id, piece.name, piece.arguments)
                elif isinstance(piece, Finished | Broken):
                    if (cut := _cut_short(piece)) is not None:
                        yield cut
                elif piece.provider != self._replies.preferred:
                    why = f"The language model is away: {piece.provider} answers."
                    yield ProviderNotice(why, self._replies.is_built_in(piece.provider))


def _cut_short(end: Finished | Broken) -> CutShort | None:
    if isinstance(end, Broken):
        return CutShort("broken")
    match end.reason:
        case "length" | "content_filter" as reason:
            return CutShort(reason)
    return None


def _called(lines: list[ConversationTurn], functions: Functions) -> Called:
    """The conversation with its calls. What is said right before a call is one message with it."""
    messages: list[JsonObject] = []
    called = False
    for line in lines:
        messages.append({"role": "user" if line.role == "user" else "assistant", "content": line.text})
        for message in functions.behind(line.turn_id):
            called = True
            if message["role"] == "assistant" == messages[-1]["role"] and "tool_calls" not in messages[-1]:
                message = {**message, "content": messages.pop()["content"]}
            messages.append(message)
    return Called(dict(functions.members), tuple(messages) if called else ())


def assemble(r: Resources, replies: Replies, voices: Voices) -> Tutoring:
    """The tutor with its voice."""
    return Tutoring(ConversationTutor(replies, r.database), voices.for_session, r.tasks, r.clock)


def checks(providers: Providers, voices: Voices) -> list[Check]:
    """Health of language model and voice. Neither is required: the built-in tutor and the client's own voice are
    fallbacks."""

    async def look_at_models() -> Finding:
        cards = providers.listed()
        away = [f"{card.name}: {reason}" for card, available, reason in cards if not available]
        answers = next(card.name for card, available, _ in cards if available)
        return Finding("degraded", f"{answers} answers; {'; '.join(away)}") if away else Finding("ok", answers)

    return [Check("language_model", False, look_at_models), Check("voice", False, voices.look)]
