"""Which engine is preferred where several could serve."""

from speech.engines.cluster.lane import ActorLane
from speech.engines.remote import RemoteLane
from speech.pool.lanes import Lane

ELSEWHERE = 2
"""The rank of a server and of a cluster; Whisper here has 1, PocketSphinx 0."""


def rank(lane: Lane) -> int:
    """The higher one is preferred."""
    return ELSEWHERE if isinstance(lane, ActorLane | RemoteLane) else int(lane.engine.name == "faster-whisper")
