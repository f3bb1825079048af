"""The connection to Redis or Valkey. Every key starts with `parley:`."""

from redis.asyncio import Redis, from_url
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError

OUTAGES = (RedisConnectionError, RedisTimeoutError, OSError)
"""What a stopped Redis raises."""

__all__ = ["OUTAGES", "Redis", "RedisError", "connect"]


def connect(url: str, *, max_connections: int = 50) -> Redis:
    """A client for `url` (redis://, rediss:// or unix://). It connects on first use and answers in bytes."""
    client: Redis = from_url(
        url,
        max_connections=max_connections,
        socket_timeout=2.0,
        socket_connect_timeout=2.0,
        retry=Retry(ExponentialBackoff(cap=0.2, base=0.02), 2),
        retry_on_error=[RedisConnectionError],
    )
    return client
