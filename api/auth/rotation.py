"""What the use of a refresh token means (RFC 9700, section 4.14.2: rotation with detection of reuse)."""

from datetime import datetime, timedelta
from enum import Enum

from api.auth.models import RefreshToken


class Meaning(Enum):
    """What a refresh token means that comes again."""

    ROTATE = "rotate"
    REPEAT = "repeat"
    THEFT = "theft"
    DEAD = "dead"


def judge(token: RefreshToken, now: datetime, lost_reply: timedelta) -> Meaning:
    """ROTATE a fresh token; REPEAT the answer that was perhaps lost; THEFT kills the session; DEAD is refused.

    A token used again within `lost_reply` is a repetition only while its successor is unused: the holder of the
    successor has received the reply.
    """
    if token.session_revoked or token.expires_at <= now:
        return Meaning.DEAD
    if token.used_at is None:
        return Meaning.ROTATE
    repeatable = token.successor_sealed is not None and not token.successor_used
    if repeatable and now - token.used_at <= lost_reply:
        return Meaning.REPEAT
    return Meaning.THEFT
