"""The numbered events of a session: in a Redis Stream before they are sent, and the newest also in memory.

An entry's id is its number, and each has the fence of its writer: the script refuses a writer whose fence is older than
the owner's or the newest entry's, and an entry that does not follow that one. Redis has lost something then, or another
owner wrote meanwhile, and the log is written again from memory: with a hole it would say that results were never told
which clients have seen. While Redis is away only the memory is used, and `rebuild` writes it back afterwards.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from kit import errors
from kit.redis import Away, Redis

KEPT = 1000
KEPT_SECONDS = 3600
ENDED_SECONDS = 180
_MOVED, _WRITTEN, _GAP, _AWAY = range(4)

_APPEND = """
local owner = redis.call('get', KEYS[2])
local mine = tonumber(ARGV[1])
if owner and tonumber(string.match(owner, '^%d+')) > mine then return 0 end
local newest = redis.call('xrevrange', KEYS[1], '+', '-', 'count', 1)[1]
local fence = newest and tonumber(newest[2][2]) or 0
if fence > mine then return 0 end
if ARGV[4] == 'all' then
  redis.call('del', KEYS[1])
elseif #ARGV > 4 then
  local follows = (newest and tonumber(string.match(newest[1], '^%d+')) or 0) + 1
  local first = tonumber(ARGV[5])
  local again = fence == mine and follows >= first
  if not again and (ARGV[4] == 'more' or follows ~= first) then return 2 end
end
for i = 5, #ARGV, 2 do
  local added = redis.pcall('xadd', KEYS[1], 'maxlen', '~', ARGV[3], ARGV[i] .. '-0', 'f', mine, 'e', ARGV[i + 1])
  if type(added) == 'table' and added.err and not string.find(added.err, 'equal or smaller', 1, true) then
    return added
  end
end
redis.call('expire', KEYS[1], ARGV[2])
return 1
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as it was sent: `data` has the envelope."""

    seq: int
    name: str
    data: dict[str, Any]


def stream_key(session_id: str) -> str:
    """Key of a session's log in Redis."""
    return f"parley:live:{{{session_id}}}:log"


def owner_key(session_id: str) -> str:
    """Key of the fence under which the log may be written."""
    return f"parley:live:{{{session_id}}}:owner"


class EventLog:
    """The numbered events of a session, in Redis, kept in memory too while Redis is away."""

    def __init__(self, redis: Redis, session_id: str, fence: int, *, last_seq: int = 0) -> None:
        self._redis = redis
        self._session_id = session_id
        self._keys = [stream_key(session_id), owner_key(session_id)]
        self._fence = fence
        self._append = redis.register_script(_APPEND)
        self._kept: deque[Entry] = deque(maxlen=KEPT)
        self._last_seq = last_seq
        self._degraded = False
        self._begun = False

    @property
    def session_id(self) -> str:
        """Id of the session."""
        return self._session_id

    @property
    def last_seq(self) -> int:
        """The number of the newest event."""
        return self._last_seq

    @property
    def degraded(self) -> bool:
        """Whether Redis is away, so that only the memory is used."""
        return self._degraded

    def number(self, name: str, data: dict[str, Any], at_ms: int) -> Entry:
        """The next event of the session, with its envelope."""
        self._last_seq += 1
        envelope = {"seq": self._last_seq, "session_id": self._session_id}
        entry = Entry(self._last_seq, name, {"at_ms": at_ms, **data, **envelope})
        self._kept.append(entry)
        return entry

    async def append(self, entries: Iterable[Entry], seconds: int = KEPT_SECONDS) -> None:
        """Store them. Failure `session_moved` when another node owns the session; an outage only degrades."""
        if not self._degraded and await self._write(entries, "more" if self._begun else "first", seconds) == _GAP:
            await self._write(self._kept, "all", seconds)

    async def _write(self, entries: Iterable[Entry], how: str, seconds: int) -> int:
        """`how`: the "first" of this owner, "more" of them, or "all" of them again."""
        flat: list[Any] = [self._fence, seconds, KEPT, how]
        for entry in entries:
            flat += [entry.seq, orjson.dumps([entry.name, entry.data])]
        try:
            answer = int(await self._append(keys=self._keys, args=flat))
        except Away:
            self._degraded = True
            return _AWAY
        if answer == _MOVED:
            raise errors.conflict("session_moved", "This session is run by another node now.")
        self._begun = self._begun or len(flat) > 4
        return answer

    def degrade(self) -> None:
        """Redis is away."""
        self._degraded = True

    async def rebuild(self) -> None:
        """Redis is back: what is in memory replaces what may be left of the stream."""
        self._degraded = False
        await self._write(self._kept, "all", KEPT_SECONDS)

    def since(self, last_seq: int) -> list[Entry] | None:
        """The events after `last_seq`, or None when the memory does not reach back to it."""
        if last_seq > self._last_seq:
            return None
        if last_seq < self._last_seq and (not self._kept or self._kept[0].seq > last_seq + 1):
            return None
        return [entry for entry in self._kept if entry.seq > last_seq]

    def check(self, last_seq: int) -> None:
        """Failure `invalid_request` for an impossible event number. More events may have been sent than are known here,
        when Redis was away or an owner had no time to write, but not more than are kept."""
        check(last_seq, self._last_seq)

    def adopt(self, entries: list[Entry]) -> None:
        """Go on after what another owner wrote."""
        self._kept.extend(entries)
        if entries:
            self.skip_to(entries[-1].seq)

    def skip_to(self, last_seq: int) -> None:
        """Continue the numbers after those that a client has, or may have, seen."""
        self._last_seq = max(self._last_seq, last_seq)

    def entries(self) -> list[Entry]:
        """What is kept in memory."""
        return list(self._kept)


def check(last_seq: int, told: int) -> None:
    """As `EventLog.check`, where the last event that is known has the number `told`."""
    if last_seq > told + KEPT:
        raise errors.invalid("This session has not told that many events.", [("/last_seq", f"at most {told}")])


async def read(redis: Redis, session_id: str) -> list[Entry] | None:
    """What the stream holds, oldest first; None while Redis is away."""
    try:
        rows: Any = await redis.xrange(stream_key(session_id))
    except Away:
        return None
    return list(parsed(rows))


def parsed(rows: Iterable[Any]) -> Iterator[Entry]:
    """Entries of a stream as Redis gives them."""
    for number, fields in rows:
        name, data = orjson.loads(fields[b"e"])
        yield Entry(int(number.split(b"-")[0]), name, data)
