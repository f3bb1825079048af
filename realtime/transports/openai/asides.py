"""Responses out of band (`conversation: "none"`): answers in text beside the conversation, which knows nothing of
them."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass

from kit import errors, logs
from kit.errors import Failure
from kit.tasks import Tasks
from realtime.reply.answering import Answering
from realtime.reply.ports import CallPiece, CutShort
from realtime.transports.openai import functions
from realtime.transports.openai.context import Context
from realtime.transports.openai.items import Event, new_id
from realtime.transports.openai.order import ItemOrder
from realtime.transports.openai.responses import Responses
from realtime.transports.openai.talk_config import TalkConfig

_MOST = 4
_OF_A_CONVERSATION = "conversation."
_log = logs.get(__name__)

Say = Callable[[list[Event]], Awaitable[None]]


@dataclass(eq=False)
class _Aside:
    responses: Responses
    task: "asyncio.Task[None] | None" = None


class Asides:
    """Those of one connection, a few at a time; they run beside the reply that is heard."""

    def __init__(self, tasks: Tasks, say: Say, *, old: bool) -> None:
        """`say` sends events to the client."""
        self._tasks = tasks
        self._say = say
        self._old = old
        self._running: list[_Aside] = []

    def begin(self, tutor: Answering, context: Context, wanted: TalkConfig) -> None:
        """Answer the end of `context`. Failure `too_many_responses`, `nothing_to_answer`."""
        if len(self._running) >= _MOST:
            raise errors.conflict("too_many_responses", f"At most {_MOST} responses out of band are made at once.")
        instructions = "\n\n".join(one for one in (wanted.instructions, *context.system) if one)
        if not context.asks:
            if not instructions:
                raise errors.conflict("nothing_to_answer", "There is nothing to answer, and there are no instructions.")
            context.say("user", instructions)  # not every language model speaks on when nobody asked
        context.members = functions.members(wanted.tools, wanted.tool_choice)
        responses = Responses(new_id, ItemOrder(), functions.Functions(), old=self._old)
        responses.spoken, responses.metadata, responses.conversation_id = False, wanted.metadata, None
        aside = _Aside(responses)
        running = self._run(aside, tutor, context, instructions or None)
        task = aside.task = self._tasks.spawn(running, name="aside")
        self._running.append(aside)
        task.add_done_callback(lambda _: self._running.remove(aside))  # also of one that was cancelled before it began

    def cancel(self, response_id: object) -> bool:
        """False when none of them is meant."""
        for aside in self._running:
            if aside.task is not None and aside.responses.names(response_id):
                if not aside.responses.is_cancelled:  # once: what is told of its end is not cut off
                    aside.responses.cancelled()
                    aside.task.cancel()
                return True
        return False

    def close(self) -> None:
        """The client is gone."""
        for aside in self._running:
            if aside.task is not None:
                aside.task.cancel()

    async def _run(self, aside: _Aside, tutor: Answering, context: Context, instructions: str | None) -> None:
        responses, text, complete = aside.responses, "", False
        short: CutShort | Failure | None = None
        try:
            await self._tell(responses.begin())
            async with aclosing(tutor.aside(context.lines, instructions, context)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, str):
                        text += piece
                        await self._tell(responses.said(piece))
                    elif isinstance(piece, CallPiece):
                        await self._tell(responses.called(piece))
                    elif isinstance(piece, CutShort):
                        short = piece
                    elif piece.built_in and instructions is not None:  # which follows none
                        raise errors.unavailable("provider_unavailable", "No language model can answer now.")
            complete = True
        except Failure as failure:
            short = failure
        except Exception as error:
            _log.exception("aside_failed")
            short = errors.of(error)
        except asyncio.CancelledError:
            if not responses.is_cancelled:
                raise
        aside.task = None  # too late to cancel it
        responses.cut_short(short)
        await self._tell(responses.calls_end() if complete and short is None else [])
        await self._tell(responses.done(text.strip(), complete=complete))

    async def _tell(self, events: list[Event]) -> None:
        await self._say([one for one in events if not one["type"].startswith(_OF_A_CONVERSATION)])
