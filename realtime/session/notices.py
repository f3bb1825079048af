"""Events that a running session passes on to its client without a decision of its own."""

from collections.abc import Sequence
from typing import Literal

from realtime import fields, spoken, wire
from realtime.session import commands as do
from realtime.session import events as on
from speech import events as heard

Notice = on.DrainBegan | on.PartDegraded | on.ObserversChanged | on.PlaybackFlushed | on.PlaybackResumed


def of(event: Notice) -> do.Emit:
    """The event that notifies the client."""
    match event:
        case on.DrainBegan():
            return do.Emit("session.warning", wire.SessionWarning(reason="draining"))
        case on.PartDegraded(message, part):
            return do.Emit("session.warning", wire.SessionWarning(reason="degraded", message=message, part=part))
        case on.ObserversChanged(names):
            return do.Emit("session.observers", wire.SessionObservers(count=len(names), names=list(names)))
        case on.PlaybackFlushed(epoch):
            return do.Emit("playback.flush", spoken.PlaybackFlush(epoch=epoch))
        case on.PlaybackResumed(epoch, text):
            return do.Emit("playback.resume", spoken.PlaybackResume(epoch=epoch, text=text))


def state(status: fields.Status, waits: heard.Waits, void: Sequence[str]) -> wire.SessionState:
    """The state of a session: what recognition `waits` for, and the turns that are void."""
    return wire.SessionState(
        status=status,
        void_turn_ids=list(void),
        waiting_for=waits.what,
        wait_seconds=waits.seconds,
        message=waits.message,
    )


def left(left_ms: int, why: str) -> do.Emit:
    """The quota or the longest duration is almost used up; `why` names which."""
    reason: Literal["quota", "limit"] = "quota" if why == "quota" else "limit"
    return do.Emit("session.warning", wire.SessionWarning(reason=reason, remaining_seconds=-(-left_ms // 1000)))
