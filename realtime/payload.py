"""What all payloads of realtime events have in common."""

from pydantic import BaseModel, ConfigDict


class ClientPayload(BaseModel):
    """What a client sends: unknown members are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class ServerPayload(BaseModel):
    """What the server sends."""

    model_config = ConfigDict(frozen=True, defer_build=True)


class NoPayload(ClientPayload):
    """No members."""
