"""Payloads of the tutor's speech; `realtime.wire` names their events."""

from pydantic import Field

from realtime.fields import Epoch, TurnId
from realtime.payload import ServerPayload


class ResponseDelta(ServerPayload):
    turn_id: TurnId
    text: str = Field(description="The next piece of the reply.")


class ResponseAudio(ServerPayload):
    """Followed by the bytes. Not part of the numbered log: its `seq` counts audio chunks of the epoch."""

    turn_id: TurnId
    epoch: Epoch
    seq: int = Field(ge=0, description="Number of the piece in its epoch.")


class ResponseViseme(ServerPayload):
    """Sent up to half a second ahead, with the sound that it belongs to; not part of the numbered log. A
    `playback.flush` also drops shapes of earlier epochs whose time has not come."""

    turn_id: TurnId
    epoch: Epoch
    at_ms: int = Field(description="When to show it, in the session's time, if the sound is played as it arrives.")
    id: int = Field(
        ge=0,
        le=14,
        description="0 sil, 1 PP, 2 FF, 3 TH, 4 DD, 5 kk, 6 CH, 7 SS, 8 nn, 9 RR, 10 aa, 11 E, 12 I, 13 O, 14 U.",
    )


class ResponseDone(ServerPayload):
    turn_id: TurnId
    text: str = Field(description="The reply; when it was cut off, what was heard of it.")
    complete: bool = Field(description="False when the reply was cut off.")


class PlaybackFlush(ServerPayload):
    epoch: int = Field(ge=0, description="Audio of earlier epochs must not be played.")


class PlaybackResume(ServerPayload):
    """After a `playback.flush` for a cough, a sign of listening or the tutor's own echo: the reply goes on. Its sound
    follows with this epoch; a client that speaks by itself speaks `text`."""

    epoch: Epoch
    text: str = Field(description="What was not heard yet.")
