"""What all payloads of realtime events have in common."""

from pydantic import BaseModel, ConfigDict


class Said(BaseModel):
    """What a client sends: unknown members are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Told(BaseModel):
    """What the server sends."""

    model_config = ConfigDict(frozen=True, defer_build=True)


class Nothing(Said):
    """No members."""
