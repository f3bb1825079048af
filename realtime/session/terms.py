"""The terms of a session."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """`limit_ms` is the moment at which the session ends, even if quota is left."""

    limit_ms: int
    silence_ms: int = 15_000
    grace_ms: int = 120_000
    checkpoint_ms: int = 5_000
    ack_ms: int = 1_000
    flush_ms: int = 42_000
