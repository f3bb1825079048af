"""Which engine is preferred where several could serve."""

from speech.engines.cluster.lane import ActorLane
from speech.engines.remote import RemoteLane
from speech.pool.lanes import Lane

WHISPER = 1
"""The rank of Whisper here; PocketSphinx has 0."""

ELSEWHERE = 2
"""The rank of a server and of a cluster."""


def rank(lane: Lane) -> int:
    """The higher one is preferred."""
    if isinstance(lane, ActorLane | RemoteLane):
        return ELSEWHERE
    return WHISPER if lane.engine.name == "faster-whisper" else 0
