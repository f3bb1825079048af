"""What all payloads of realtime events have in common, and how a message is parsed, for every transport."""

from typing import Annotated, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kit import errors, storable, validation
from kit.storable import JsonObject

MOST_CHARACTERS = 128 * 1024
"""The limit of a text message: twice the largest event, an offer of WebRTC."""

MAX_MESSAGE_BYTES = 4 * 1024 * 1024
"""What a socket takes at all: more than any frame, so that one that is too large is refused by name."""

_MOST_MEMBERS = 50
_LONGEST_ID = 200  # characters of the id by which a client matches an acknowledgement

Count = Annotated[int, Field(ge=0, le=storable.LARGEST)]
"""A whole number that every client represents exactly."""

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
"""BCP 47."""

M = TypeVar("M", bound=BaseModel)


class ClientPayload(BaseModel):
    """What a client sends: unknown members are refused, and so are NaN and infinity."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, allow_inf_nan=False)


class ServerPayload(BaseModel):
    """What the server sends."""

    model_config = ConfigDict(frozen=True, defer_build=True)


class NoPayload(ClientPayload):
    """No members."""


def parsed(text: str | bytes, most: int = MOST_CHARACTERS) -> object:
    """The JSON value of a message. Failure `too_large` beyond `most` characters, `invalid_request` for what is not JSON
    or cannot be stored."""
    if len(text) > most:
        raise errors.too_large(f"A message of text holds at most {most:,} characters.")
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise errors.invalid("A message of text is one JSON object.") from error
    if storable.is_deep(value):
        raise errors.invalid(f"A message is nested at most {storable.DEEPEST} deep.")
    return value


def envelope(text: str | bytes) -> tuple[JsonObject, str]:
    """A message `{event, id?, data?}` and its event's name. Failure `too_large`, `invalid_request`."""
    said = parsed(text)
    if not isinstance(said, dict) or not isinstance(name := said.get("event"), str):
        raise errors.invalid("A message is {event, id?, data?}.", [("/event", "a text is needed")])
    if "id" in said and not _can_be_repeated(said["id"]):
        raise errors.invalid(f"An id has at most {_LONGEST_ID} characters.", [("/id", "is too long or too deep")])
    return said, name


def fitting(model: type[M], given: object) -> M:
    """`given` as the payload of an event, by the rules of a request's body: nothing is converted, and what cannot be
    stored is refused. Failure `invalid_request` with every fault at once."""
    if isinstance(given, dict) and len(given) > _MOST_MEMBERS:
        raise errors.invalid(f"An event has at most {_MOST_MEMBERS} members.")
    validation.refuse_unstorable(given)
    try:
        return model.model_validate(given, strict=True)
    except ValidationError as error:
        raise validation.explain(error) from error


def _can_be_repeated(given: object) -> bool:
    return not storable.faults(given) and len(orjson.dumps(given)) <= _LONGEST_ID
