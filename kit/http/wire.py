"""The shapes on the wire: what every request and response model has in common.

Their validators are built at the first use, or by `server.warmup` before that.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)

from kit import paging, scopes, storable, typography, validation
from kit.storable import JsonObject

T = TypeVar("T")

Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
"""A UUID in lower case. As a path parameter a malformed one is answered like an unknown one: 404."""


def _known_scope(text: str) -> str:
    if text not in scopes.ALL:
        raise ValueError("not a scope")
    return text


Scope = Annotated[str, AfterValidator(_known_scope), WithJsonSchema({"type": "string", "enum": list(scopes.ALL)})]
"""What an API key or an integration token may be allowed."""


def _tidy(name: Any, check: ValidatorFunctionWrapHandler) -> str:
    if not (tidied := typography.tidy(check(name))):
        raise ValueError("must have a letter, a digit or a sign that can be seen")
    return str(check(tidied))  # composed letters may be longer than what was typed


Label = WrapValidator(_tidy)
"""For names of people and things, which others read, and which must be equal when they look equal."""


_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_FULL_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _read(form: re.Pattern[str], parse: Callable[[str], date], example: str) -> BeforeValidator:
    """pydantic itself would also take seconds since 1970, even as text."""

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not form.fullmatch(value):
            raise ValueError(f"must be written as {example}")
        return parse(value)

    return BeforeValidator(read)


# The very first and last moment of Python are what its PostgreSQL driver takes for minus and plus infinity.
_EARLIEST = datetime.min.replace(microsecond=1, tzinfo=UTC)
_LATEST = datetime.max.replace(microsecond=999_998, tzinfo=UTC)


def _in_utc(moment: datetime) -> datetime:
    try:
        return min(max(moment.astimezone(UTC), _EARLIEST), _LATEST)
    except OverflowError as error:
        raise ValueError("lies outside the years 1 to 9999") from error


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.upper())


Moment = Annotated[AwareDatetime, _read(_DATE_TIME, _moment, "2030-01-01T18:00:00Z"), AfterValidator(_in_utc)]
"""A time in a request: RFC 3339 with its offset, kept in UTC."""

Day = Annotated[date, _read(_FULL_DATE, date.fromisoformat, "2030-01-01")]
"""A calendar day in a request: RFC 3339, full-date."""


def _storable(value: JsonObject) -> JsonObject:
    for place, why in storable.faults(value):
        raise ValueError(f"holds a value that cannot be kept: {validation.pointer(place)} {why}")
    return value


StorableObject = Annotated[JsonObject, AfterValidator(_storable)]
"""Any JSON object in a request that can be stored and returned unchanged, within the bounds of `kit.storable`."""


class Body(BaseModel):
    """A request body or query: unknown members are refused, and so are NaN and infinity."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, allow_inf_nan=False)


class View(BaseModel):
    """A response body."""

    model_config = ConfigDict(frozen=True, serialize_by_alias=True, defer_build=True)


class Paging(Body):
    """The query of a list."""

    limit: int = Field(paging.DEFAULT_LIMIT, ge=1, le=paging.MAX_LIMIT, description="Items on a page.")
    cursor: str | None = Field(None, pattern=paging.PATTERN, description="`next_cursor` of the page before.")


class Page(View, Generic[T]):
    """One page of a list. Name each list by a subclass: `class NoteList(Page[NoteResponse])`."""

    items: list[T] = Field(description="The items of this page, in a stable order.")
    next_cursor: str | None = Field(None, description="Give this as `cursor` for the next page; null on the last.")


class NoQuery(Body):
    """For operations without query parameters: any parameter is refused."""
