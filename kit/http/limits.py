"""Rate limits: GCRA in one Redis script, and the headers that tell a client where it stands.

The generic cell rate algorithm (ITU-T I.371, annex A) keeps one number for each key: the theoretical arrival time. The
headers follow draft-ietf-httpapi-ratelimit-headers.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kit import errors, logs
from kit.batches import Batches
from kit.redis import Away, Redis

SCRIPT = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1e6
local verdicts = {}
for i, key in ipairs(KEYS) do
  local interval, burst, count = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  local arrival = math.max(tonumber(redis.call('GET', key) or 0), now)
  local wait = arrival + count * interval - burst * interval - now
  if wait > 1e-6 then
    verdicts[i] = {0, 0, tostring(wait), tostring(arrival - now)}
  else
    arrival = arrival + count * interval
    redis.call('SET', key, string.format('%.17g', arrival), 'PX', math.ceil((arrival - now) * 1000) + 1)
    local left = math.floor((burst * interval - (arrival - now)) / interval + 1e-6)
    verdicts[i] = {1, left, '0', tostring(arrival - now)}
  end
end
return verdicts
"""

_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Policy:
    """`quota` requests in `window` seconds, all of them at once if the client likes."""

    quota: int
    window: int


@dataclass(frozen=True, slots=True)
class LimitDecision:
    """What is left of a limit after a request; times are seconds."""

    policy: str
    remaining: int
    reset_seconds: int
    quota: int
    window: int

    def headers(self) -> dict[str, str]:
        """The fields of the IETF draft "RateLimit header fields for HTTP"."""
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.quota};w={self.window}',
            "RateLimit": f'"{self.policy}";r={self.remaining};t={self.reset_seconds}',
        }


class Limits:
    """Rate limits that all nodes share, in Redis. While Redis is away each node counts for itself."""

    def __init__(self, redis: Redis, policies: Mapping[str, Policy]) -> None:
        self._policies = policies
        self._script = redis.register_script(SCRIPT)
        self._batches = Batches(self._run)

    async def take(self, name: str, subject: str, count: int = 1) -> tuple[LimitDecision | None, errors.Failure | None]:
        """Count one request of `subject`, or `count` units. The failure, if any, is `rate_limited`; then nothing was
        counted.

        A class without a policy is not limited. While Redis is away nothing is limited: refusing all learners would do
        more harm.
        """
        policy = self._policies.get(name)
        if policy is None:
            return None, None
        try:
            allowed, remaining, wait, reset = await self._batches((f"parley:limit:{name}:{subject}", policy, count))
        except Away as away:
            _log.debug("rate_limits_off", why=away.why)  # that Redis is away was logged once
            return None, None
        verdict = LimitDecision(name, int(remaining), math.ceil(float(reset)), policy.quota, policy.window)
        if allowed:
            return verdict, None
        return verdict, errors.limited("rate_limited", "Too many requests. Wait a moment.", float(wait))

    async def _run(self, asked: list[tuple[str, Policy, int]]) -> list[list[Any]]:
        keys = [key for key, _, _ in asked]
        numbers = [
            number for _, policy, count in asked for number in (policy.window / policy.quota, policy.quota, count)
        ]
        verdicts: list[list[Any]] = await self._script(keys=keys, args=numbers)
        return verdicts
