"""Limits the recordings that are recognised for a person, for /v1 and English together. Recognition is what costs, so
seconds are counted and not only requests."""

import math

from kit import errors
from kit.http.limits import Limits
from server.config import Settings


class RecordingAllowance:
    """How much recorded sound a user may have recognized, in seconds per minute."""

    def __init__(self, limits: Limits, settings: Settings) -> None:
        self._limits = limits
        self.most_s = settings.limit_recordings * 60.0

    async def spend(self, user_id: str, seconds: float) -> None:
        """Count seconds against the limit. Failure `rate_limited`."""
        count = min(math.ceil(seconds), round(self.most_s))
        _, refusal = await self._limits.take("recordings", f"user:{user_id}", count)
        if refusal is not None:
            wait = refusal.retry_after or 0.0
            raise errors.limited("rate_limited", "So much of recordings is not taken within an hour.", wait)
