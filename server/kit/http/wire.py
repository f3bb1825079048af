"""The shapes on the wire: what every request and response model has in common.

Their validators are built at the first use, or by `server.warmup` before that.
"""

from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from server.kit import paging, scopes

T = TypeVar("T")

Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
"""A UUID in lower case. As a path parameter a malformed one is answered like an unknown one: 404."""


def _known_scope(text: str) -> str:
    if text not in scopes.ALL:
        raise ValueError("not a scope")
    return text


Scope = Annotated[str, AfterValidator(_known_scope), WithJsonSchema({"type": "string", "enum": list(scopes.ALL)})]
"""What an API key or an integration token may be allowed."""


class Body(BaseModel):
    """A request body or query: unknown members are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class View(BaseModel):
    """A response body."""

    model_config = ConfigDict(frozen=True, serialize_by_alias=True, defer_build=True)


class Paging(Body):
    """The query of a list."""

    limit: int = Field(paging.DEFAULT_LIMIT, ge=1, le=paging.MAX_LIMIT, description="Items on a page.")
    cursor: str | None = Field(None, max_length=500, description="`next_cursor` of the page before.")


class Page(View, Generic[T]):
    """One page of a list. Name each list by a subclass: `class NoteList(Page[NoteResponse])`."""

    items: list[T] = Field(description="The items of this page, in a stable order.")
    next_cursor: str | None = Field(None, description="Give this as `cursor` for the next page; null on the last.")


class NoQuery(Body):
    """For operations without query parameters: any parameter is refused."""
