"""`POST /v1/chat/completions`: the tutor and the configured language models, in the shapes of that API."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from api.v1 import sse
from api.v1.functions import FunctionCall as CalledFunction
from api.v1.functions import ToolCall
from api.v1.ports import Answering, Asked, Called, Chat, Ended, FunctionCall, Message, Piece, Said
from api.v1.schemas import (
    ChatCompletion,
    ChatCompletionRequest,
    CompletionChoice,
    CompletionMessage,
    CompletionUsage,
    RequestMessage,
)
from kit import errors, ids
from kit.clock import Clock
from kit.http import leaving, streams
from kit.http.operation import Call

_SAMPLING = (
    "temperature",
    "top_p",
    "max_tokens",
    "max_completion_tokens",
    "stop",
    "seed",
    "presence_penalty",
    "frequency_penalty",
    "response_format",
    "reasoning_effort",
)
_FUNCTIONS = ("tool_choice", "parallel_tool_calls")


class Completions:
    """Chat completions."""

    def __init__(self, chat: Chat, clock: Clock) -> None:
        self._chat = chat
        self._clock = clock

    async def answer(self, call: Call, wanted: ChatCompletionRequest) -> ChatCompletion | streams.Stream:
        """The completion, whole or as a stream."""
        pieces = self._chat.stream(call.caller.user_id, _asked(wanted))
        head: dict[str, Any] = {
            "id": f"chatcmpl-{ids.secret()}",
            "created": int(self._clock.now().timestamp()),
            "model": wanted.model,
        }
        if wanted.stream:
            usage = wanted.stream_options is not None and wanted.stream_options.include_usage
            return await sse.send(call.http, _chunks(head, pieces, usage=usage))
        async with leaving.while_connected(call.http), aclosing(pieces):
            return await _whole(head, pieces)


async def _whole(head: dict[str, Any], pieces: AsyncGenerator[Piece, None]) -> ChatCompletion:
    text, ended = "", Ended("stop", 0, 0)
    calls: list[tuple[str, str, list[str]]] = []
    async for piece in pieces:
        match piece:
            case Answering(model):
                head["model"] = model
            case Said(more):
                text += more
            case Called():
                _gather(calls, piece)
            case Ended():
                ended = piece
    called = [
        ToolCall(id=call_id, function=CalledFunction(name=name, arguments="".join(arguments)))
        for call_id, name, arguments in calls
    ]
    message = CompletionMessage(content=text or (None if called else ""), tool_calls=called or None)
    choice = CompletionChoice(message=message, finish_reason=ended.reason)
    return ChatCompletion(**head, choices=[choice], usage=_usage(ended))


def _gather(calls: list[tuple[str, str, list[str]]], piece: Called) -> None:
    """A call's pieces follow each other: its id, its name, and its arguments in pieces."""
    if piece.id is not None and piece.name is not None:
        calls.append((piece.id, piece.name, [piece.arguments]))
    else:
        calls[piece.index][2].append(piece.arguments)


async def _chunks(
    head: dict[str, Any], pieces: AsyncGenerator[Piece, None], *, usage: bool
) -> AsyncGenerator[dict[str, Any] | bytes, None]:
    def chunk(delta: dict[str, Any], reason: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        return _framed(head, [choice], **({"usage": None} if usage else {}))

    async with aclosing(pieces):
        async for piece in pieces:
            match piece:
                case Answering(model):
                    head["model"] = model
                    yield chunk({"role": "assistant", "content": "", "refusal": None})
                case Said(text):
                    yield chunk({"content": text})
                case Called():
                    yield chunk({"tool_calls": [_delta(piece)]})
                case Ended(reason):
                    yield chunk({}, reason)
                    if usage:
                        yield _framed(head, [], usage=_usage(piece).model_dump())
    yield sse.DONE


def _delta(piece: Called) -> dict[str, Any]:
    if piece.id is None:
        return {"index": piece.index, "function": {"arguments": piece.arguments}}
    function = {"name": piece.name, "arguments": piece.arguments}
    return {"index": piece.index, "id": piece.id, "type": "function", "function": function}


def _framed(head: dict[str, Any], choices: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {**head, "object": "chat.completion.chunk", "system_fingerprint": None, "choices": choices, **more}


def _usage(ended: Ended) -> CompletionUsage:
    read, written = ended.input_tokens, ended.output_tokens
    return CompletionUsage(prompt_tokens=read, completion_tokens=written, total_tokens=read + written)


def _asked(wanted: ChatCompletionRequest) -> Asked:
    """Failure `invalid_request` for what is not done here."""
    said = [_message(number, one) for number, one in enumerate(wanted.messages)]
    turns = tuple(one for one in said if one.role != "system")
    if not turns or turns[-1].role not in ("user", "tool"):
        wrong = [("/messages", "the last one has the role user or tool")]
        raise errors.invalid("The last message is the user's or a function's.", wrong)
    sampling = {name: value for name in _SAMPLING if (value := getattr(wanted, name)) is not None}
    if wanted.tools and wanted.tool_choice != "none":
        sampling["tools"] = [one.model_dump(exclude_unset=True) for one in wanted.tools]
        sampling |= {name: value for name in _FUNCTIONS if (value := getattr(wanted, name)) is not None}
    instructions = "\n\n".join(one.text for one in said if one.role == "system")
    return Asked(wanted.model, turns, instructions or None, sampling)


def _message(number: int, one: RequestMessage) -> Message:
    place = f"/messages/{number}"
    if one.role == "tool" and one.tool_call_id is None:
        raise errors.invalid("Say which call this answers.", [(f"{place}/tool_call_id", "the call's id")])
    if isinstance(one.content, str):
        text = one.content
    else:
        parts = one.content or ()
        if any(part.type != "text" or part.text is None for part in parts):
            raise errors.invalid("Only text is accepted.", [(f"{place}/content", "text")])
        text = "\n".join(part.text or "" for part in parts)
    if one.role == "developer":
        return Message("system", text)
    called = one.tool_calls if one.role == "assistant" else None
    calls = tuple(FunctionCall(call.id, call.function.name, call.function.arguments) for call in called or ())
    return Message(one.role, text, calls, one.tool_call_id if one.role == "tool" else None)
