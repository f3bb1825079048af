"""Short questions between nodes, over Redis pub/sub. At most once: the caller must be able to go on without an answer.
A killed node is noticed at once, because Redis reports how many subscribers a question reached."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson

from kit import ids, logs
from kit.errors import Failure
from kit.redis import Away, PubSub, Redis, told
from kit.tasks import Tasks

Answer = Callable[[str, str, str], Awaitable[bool]]
"""(what, session_id, detail) → whether this node did it."""

_POLL_SECONDS = 1.0
_SILENT_POLLS = 5  # before we check whether the connection still works
_MOST_QUESTIONS = 10_000  # remembered
_log = logs.get(__name__)


class Bus:
    """Messages between nodes, over Redis: questions with an answer, and notices without one."""

    def __init__(self, redis: Redis, node: str, tasks: Tasks) -> None:
        self._redis = redis
        self._node = node
        self._tasks = tasks
        self._waiting: dict[str, asyncio.Future[bool]] = {}
        self._questions: dict[str, None] = {}  # heard lately, the oldest first
        self._answer: Answer | None = None
        self._answers: dict[str, Answer] = {}
        self._channel: PubSub | None = None
        self._silent = 0

    def start(self, answer: Answer) -> None:
        """Listen, and let `answer` reply to what other nodes ask."""
        self._answer = answer
        self._tasks.keep(self._listen, name="listen to other nodes", needed=False, round_seconds=15)

    def on(self, what: str, answer: Answer) -> None:
        """Let `answer` reply to this question, once the bus listens."""
        self._answers[what] = answer

    async def ask(self, node: str, what: str, session_id: str, timeout_s: float, detail: str = "") -> bool | None:
        """What `node` answered; None when it is gone or silent."""
        question = ids.secret(9)
        waiting: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting[question] = waiting
        try:
            message = {"q": question, "from": self._node, "what": what, "id": session_id, "detail": detail}
            reached = await self._publish(node, message)
            if not reached:
                return None
            async with asyncio.timeout(timeout_s):
                return await waiting
        except TimeoutError:
            return None
        finally:
            del self._waiting[question]

    async def tell(self, node: str, what: str, session_id: str) -> None:
        """Send a notice that needs no answer; it may be lost."""
        await self._publish(node, {"what": what, "id": session_id, "detail": ""})

    async def _publish(self, node: str, message: dict[str, Any]) -> int:
        try:
            return int(await self._redis.publish(_channel(node), orjson.dumps(message)))
        except Away:
            return 0

    async def _listen(self) -> None:
        """One message, or a second without any."""
        try:
            with told():
                message = await self._next()
            if message is not None and message["type"] == "message":
                self._take(message["data"])
        except BaseException:
            channel, self._channel = self._channel, None
            if channel is not None:
                await channel.aclose()  # type: ignore[no-untyped-call]
            raise

    async def _next(self) -> dict[str, Any] | None:
        if self._channel is None:
            self._channel = self._redis.pubsub()
            self._silent = 0
            await self._channel.subscribe(_channel(self._node))
        message: dict[str, Any] | None = await self._channel.get_message(timeout=_POLL_SECONDS)
        if message is None:
            await self._look(self._channel)
        else:
            self._silent = 0
        return message

    async def _look(self, channel: PubSub) -> None:
        """No message came: check with a ping whether the connection still works."""
        self._silent += 1
        if self._silent == _SILENT_POLLS:
            await channel.ping()
        elif self._silent > 2 * _SILENT_POLLS:
            raise Away("the line is dead")

    def _take(self, data: bytes) -> None:
        try:
            self._heard(orjson.loads(data))
        except (ValueError, LookupError, TypeError, AttributeError) as error:  # not a message of our nodes
            _log.warning("node_not_understood", error=type(error).__name__)

    def _heard(self, message: dict[str, Any]) -> None:
        if (asked := message.get("a")) is not None:
            waiting = self._waiting.get(asked)
            if waiting is not None and not waiting.done():
                waiting.set_result(bool(message["done"]))
        elif self._answer is not None and self._is_new(message.get("q")):
            self._tasks.spawn(self._respond(message), name=f"bus {message['what']}")

    def _is_new(self, question: str | None) -> bool:
        """Whether it was not heard before. The client of Redis repeats a publish whose answer was lost with the
        connection, and nothing may be done twice for that."""
        if question is None:
            return True
        if question in self._questions:
            return False
        self._questions[question] = None
        if len(self._questions) > _MOST_QUESTIONS:
            del self._questions[next(iter(self._questions))]
        return True

    async def _respond(self, message: dict[str, Any]) -> None:
        answer = self._answers.get(message["what"], self._answer)
        assert answer is not None
        try:
            done = await answer(message["what"], message["id"], message["detail"])
        except Failure as failure:
            _log.warning("node_not_answered", what=message["what"], reason=failure.code)
            done = False
        except (ValueError, LookupError, TypeError) as error:  # a detail that is none of our nodes'
            _log.warning("node_not_understood", what=message["what"], error=type(error).__name__)
            done = False
        except Exception:  # the other node would wait for an answer, and with it a person
            _log.exception("node_not_answered", what=message["what"])
            done = False
        if "q" in message:
            await self._publish(message["from"], {"a": message["q"], "done": done})


def _channel(node: str) -> str:
    return f"parley:node:{node}"
