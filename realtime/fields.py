"""Members that many realtime payloads have, described once."""

from typing import Annotated, Literal

from pydantic import Field

from speech.assessment import Word

Status = Annotated[
    Literal["created", "active", "suspended", "ending", "ended"],
    Field(description="The state of the session; `suspended`: no client is there, it can be resumed."),
]
SessionId = Annotated[str, Field(description="The session's id.")]
TurnId = Annotated[str, Field(description="The turn: what a person says between two silences, or a reply to it.")]
Role = Annotated[Literal["user", "ai"], Field(description="Who spoke: the learner or the tutor.")]
Text = Annotated[str, Field(description="What was said.")]
Words = Annotated[list[Word], Field(description="Its words with times; empty for typed turns and replies.")]
AudioMs = Annotated[int, Field(ge=0, description="Milliseconds on the session's audio clock.")]
Epoch = Annotated[int, Field(ge=0, description="Grows when the client has to drop what it has not played.")]
RemainingSeconds = Annotated[int, Field(ge=0, description="Seconds left for this session.")]
Score = Annotated[float, Field(ge=0, le=100, description="0 to 100.")]
PartMs = Annotated[float, Field(ge=0, description="Milliseconds.")]
