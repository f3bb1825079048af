"""Recordings that an answer points to: they were evaluated before."""

from api.english.evaluation import store
from api.english.models import Evaluation
from kit import errors
from kit.database import Connection


async def named(cx: Connection, user_id: str, audio_id: str | None) -> Evaluation | None:
    """None when the answer names none. Failure `not_found`."""
    if audio_id is None:
        return None
    found = await store.evaluation(cx, user_id, audio_id)
    if found is None or found.skill != "speaking":
        raise errors.not_found("Recording")
    return found
