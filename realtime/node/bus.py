"""Short questions between nodes, over Redis pub/sub. At most once: who asks must be able to go on without an answer.

A node that was killed is noticed at once, because Redis tells how many subscribers a question reached.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson

from kit import ids, logs
from kit.redis import OUTAGES, Redis, RedisError
from kit.tasks import Tasks

Answer = Callable[[str, str, str], Awaitable[bool]]
"""(what, session_id, detail) → whether this node did it."""

_POLL_SECONDS = 1.0
_log = logs.get(__name__)


class Bus:
    def __init__(self, redis: Redis, node: str, tasks: Tasks) -> None:
        self._redis = redis
        self._node = node
        self._tasks = tasks
        self._waiting: dict[str, asyncio.Future[bool]] = {}
        self._answer: Answer | None = None

    def start(self, answer: Answer) -> None:
        self._answer = answer
        self._tasks.spawn(self._listen(), name="bus")

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
        await self._publish(node, {"what": what, "id": session_id, "detail": ""})

    async def _publish(self, node: str, message: dict[str, Any]) -> int:
        try:
            return int(await self._redis.publish(_channel(node), orjson.dumps(message)))
        except (*OUTAGES, RedisError):
            return 0

    async def _listen(self) -> None:
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as channel:
                    await channel.subscribe(_channel(self._node))
                    while True:
                        message = await channel.get_message(timeout=_POLL_SECONDS)
                        if message is not None and message["type"] == "message":
                            self._heard(orjson.loads(message["data"]))
            except (*OUTAGES, RedisError) as error:
                _log.warning("bus_interrupted", error=type(error).__name__)
                await asyncio.sleep(0.2)

    def _heard(self, message: dict[str, Any]) -> None:
        if (asked := message.get("a")) is not None:
            waiting = self._waiting.get(asked)
            if waiting is not None and not waiting.done():
                waiting.set_result(bool(message["done"]))
        elif self._answer is not None:
            self._tasks.spawn(self._respond(message), name=f"bus {message['what']}")

    async def _respond(self, message: dict[str, Any]) -> None:
        assert self._answer is not None
        done = await self._answer(message["what"], message["id"], message["detail"])
        if "q" in message:
            await self._publish(message["from"], {"a": message["q"], "done": done})


def _channel(node: str) -> str:
    return f"parley:node:{node}"
