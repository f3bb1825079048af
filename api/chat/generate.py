"""One exchange: the learner's message, the answer of a language model, and both of them saved together.

Nothing is saved before an answer begins, so a failed request leaves no trace. An answer that breaks off, or whose
reader leaves, is saved as far as it came and marked `partial`.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime

from api.chat import store, titles
from api.chat.models import NewMessage, Written
from api.chat.ports import Learners, Passages, Threads
from api.chat.providers.models import Chosen, Delta, Finished, Passage, Prompt, Usage
from api.chat.providers.routing import Providers
from kit import errors, ids
from kit.clock import Clock
from kit.database import Connection, Database
from kit.openai_servers import ServerTrouble
from language.tutor.turns import ChatTurn

_MOST_TURNS = 100  # forty of the learner with their answers, and some more
_MOST_CHARACTERS = 24_000
_LEVEL_UNKNOWN = "A2"
_UNTITLED = "New conversation"


@dataclass(frozen=True, slots=True)
class Question:
    """`history` replaces the saved conversation as context."""

    message: str
    provider: str
    model: str | None
    conversation_id: str | None
    history: tuple[ChatTurn, ...] | None
    native_language: str | None


@dataclass
class Exchange:
    """A question with its context."""

    owner_id: str
    conversation_id: str
    new: bool
    question: Question
    prompt: Prompt
    asked_at: datetime
    chosen: Chosen | None = None
    text: list[str] = field(default_factory=list)
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The saved answer; `content` is the whole text."""

    content: str
    provider: str
    model: str
    usage: Usage | None
    conversation_id: str
    message_id: str


class Generate:
    """One request for an answer in a conversation."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        learners: Learners,
        threads: Threads,
        providers: Providers,
        passages: Passages,
    ) -> None:
        self._database = database
        self._clock = clock
        self._learners = learners
        self._threads = threads
        self._providers = providers
        self._passages = passages

    async def open(self, owner_id: str, question: Question) -> Exchange:
        """Check the question and gather its context. Failure `invalid_request`, `not_found`."""
        self._providers.check(question.provider, question.model)
        language: str | None = None
        turns = list(question.history or ())
        async with self._database.connection() as cx:
            level = await self._learners.level(cx, owner_id) or _LEVEL_UNKNOWN
            if question.conversation_id is not None:
                found = await self._threads.language(cx, owner_id, question.conversation_id)
                if found is None:
                    raise errors.not_found("Conversation")
                (language,) = found
                if question.history is None:
                    last = await self._threads.last(cx, question.conversation_id, _MOST_TURNS)
                    turns = [ChatTurn(role, content) for role, content in last]
        passages: tuple[Passage, ...] = ()
        if question.conversation_id is not None:
            passages = await self._passages.find(owner_id, question.conversation_id, question.message)
        prompt = Prompt(
            turns=(*_fitting(turns), ChatTurn("user", question.message)),
            level=level,
            language=language or "en",
            native_language=question.native_language,
            passages=passages,
        )
        conversation_id = question.conversation_id or ids.new_id()
        return Exchange(
            owner_id, conversation_id, question.conversation_id is None, question, prompt, self._clock.now()
        )

    async def stream(self, exchange: Exchange) -> AsyncGenerator[Delta | Answer, None]:
        """The pieces as they come, then the saved answer.

        Failure `request_refused`; `provider_unavailable`: with `message_id` in its details when a part of the answer
        was saved. Closing the generator cancels the provider's request and saves what came.
        """
        question = exchange.question
        try:
            async with aclosing(self._providers.stream(exchange.prompt, question.provider, question.model)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, Chosen):
                        exchange.chosen = piece
                    elif isinstance(piece, Delta):
                        exchange.text.append(piece.text)
                        yield piece
                    elif isinstance(piece, Finished):
                        exchange.usage = piece.usage
        except ServerTrouble as error:
            failure = errors.unavailable("provider_unavailable", f"The answer broke off: {error.reason}.", 5)
            failure.details["message_id"] = await self._save(exchange, "partial")
            raise failure from error
        except BaseException:  # the reader left, or the node is going down
            await self._save(exchange, "partial")
            raise
        message_id = await self._save(exchange, "complete")
        if message_id is None or exchange.chosen is None:
            raise errors.unavailable("provider_unavailable", "The answer was empty. Try again.", 1)
        yield Answer(
            "".join(exchange.text),
            exchange.chosen.provider,
            exchange.chosen.model,
            exchange.usage,
            exchange.conversation_id,
            message_id,
        )

    async def answer(self, exchange: Exchange) -> Answer:
        """The whole answer at once; Failures as in `stream`."""
        async with aclosing(self.stream(exchange)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Answer):
                    return piece
        raise errors.internal()

    async def _save(self, exchange: Exchange, status: str) -> str | None:
        """The id of the saved answer; None when there was nothing to save.

        Failure `not_found` when the conversation was deleted meanwhile.
        """
        content, chosen = "".join(exchange.text), exchange.chosen
        if not content.strip() or chosen is None:
            return None
        message_id, now, owner = ids.new_id(), self._clock.now(), exchange.owner_id
        title = titles.from_message(exchange.question.message)
        async with self._database.transaction() as tx:
            if exchange.new:
                await self._threads.begin(
                    tx, id=exchange.conversation_id, owner_id=owner, title=title or _UNTITLED, at=exchange.asked_at
                )
            elif not await self._threads.touch(tx, owner, exchange.conversation_id, title, now):
                raise errors.not_found("Conversation")
            written = Written(message_id, content, chosen, status, now)
            await self._add(tx, exchange, written)
            await store.count_usage(tx, owner, written, exchange.usage)
        return message_id

    async def _add(self, tx: Connection, exchange: Exchange, written: Written) -> None:
        """The question and its answer."""
        owner_id, conversation_id = exchange.owner_id, exchange.conversation_id
        asked = NewMessage(ids.new_id(), "user", exchange.question.message, exchange.asked_at)
        await self._threads.add(tx, owner_id, conversation_id, asked)
        chosen = written.chosen
        answer = NewMessage(
            written.message_id, "assistant", written.content, written.at, chosen.provider, chosen.model, written.status
        )
        await self._threads.add(tx, owner_id, conversation_id, answer)


def _fitting(turns: list[ChatTurn]) -> list[ChatTurn]:
    """The last turns that fit into the context."""
    kept: list[ChatTurn] = []
    room = _MOST_CHARACTERS
    for turn in reversed(turns[-_MOST_TURNS:]):
        room -= len(turn.content)
        if room < 0:
            break
        kept.append(turn)
    return kept[::-1]
