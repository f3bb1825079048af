"""Who runs a session, and when it last showed life, in Redis with an expiry.

The lease tells other nodes that an owner is alive. It does not protect the ledger: the fence in PostgreSQL does. An
owner value is "<fence> <node>"; one with a higher fence is never overwritten.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from kit.redis import Away, Redis
from realtime.node.log import owner_key

LEASE_MS = 3000
SHUT_OUT_MS = 2 * LEASE_MS
LIFE_SECONDS = 600

_HOLD = """
local owner = redis.call('get', KEYS[1])
if owner and tonumber(string.match(owner, '^%d+')) > tonumber(ARGV[1]) then return 0 end
redis.call('set', KEYS[1], ARGV[1] .. ' ' .. ARGV[2], 'px', ARGV[3])
if ARGV[4] ~= '' then redis.call('set', KEYS[2], ARGV[4], 'ex', ARGV[5]) end
return 1
"""


class Lease(NamedTuple):
    """`stretch`: from where to where (ms since 1970) it was in use, as far as PostgreSQL may not have it yet."""

    session_id: str
    fence: int
    stretch: tuple[int, int] | None


class Leases:
    """Which node runs a session, in Redis, with the last sign of life."""

    def __init__(self, redis: Redis, node: str) -> None:
        self._redis = redis
        self._node = node
        self._hold = redis.register_script(_HOLD)

    async def renew(self, held: Sequence[Lease]) -> list[str]:
        """Renew the leases and note the signs of life, in one exchange. The sessions that another node took."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for session_id, fence, stretch in held:
                await self._hold(
                    keys=[owner_key(session_id), _life_key(session_id)],
                    args=[fence, self._node, LEASE_MS, f"{stretch[0]} {stretch[1]}" if stretch else "", LIFE_SECONDS],
                    client=pipe,
                )
            answers = await pipe.execute()
        return [one.session_id for one, mine in zip(held, answers, strict=True) if not mine]

    async def shut_out(self, session_id: str, fence: int) -> None:
        """The session was closed under `fence`: an owner that missed it learns so with its next renewal."""
        try:
            await self._redis.set(owner_key(session_id), f"{fence} closed", px=SHUT_OUT_MS)
        except Away:
            return  # then the owner learns it from the database, with its next write

    async def release(self, session_id: str, fence: int) -> None:
        """The session has ended, and the lease is still ours. It stays closed for a while: an earlier owner that has
        not noticed yet could take a lease that is free, and run the session for minutes."""
        value = await self._redis.get(owner_key(session_id))
        if value == f"{fence} {self._node}".encode():
            await self._redis.delete(_life_key(session_id))
            await self.shut_out(session_id, fence + 1)

    async def last_stretch(self, session_id: str) -> tuple[datetime, datetime] | None:
        """The last stretch of use that an owner noted; None when there is none or Redis is away."""
        try:
            value = await self._redis.get(_life_key(session_id))
        except Away:
            return None
        if value is None:
            return None
        start_ms, end_ms = value.split()
        return datetime.fromtimestamp(int(start_ms) / 1000, UTC), datetime.fromtimestamp(int(end_ms) / 1000, UTC)


def _life_key(session_id: str) -> str:
    return f"parley:live:{{{session_id}}}:life"
