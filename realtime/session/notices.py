"""Events that a running session passes on to its client without a decision of its own."""

from realtime import spoken, wire
from realtime.session import commands as do
from realtime.session import events as on

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
