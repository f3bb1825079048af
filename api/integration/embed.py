"""The page that an organization shows on its own site, in a frame that no other site can make."""

from pathlib import Path

from pydantic import Field

from api.integration.schemas import Token
from api.integration.verification import Verification
from kit import errors
from kit.http import pages, streams
from kit.http.operation import Access, Call, Operation
from kit.http.wire import Body


class EmbedQuery(Body):
    integration_token: Token | None = Field(
        None,
        description="A token of mode embed. Without one the page looks for the one that its frame came with.",
        examples=["eyJhbGciOiJSUzI1NiIs…"],
    )


class EmbedRoutes:
    """`document` is the HTML file of the page."""

    def __init__(self, verification: Verification, document: Path) -> None:
        self._verification = verification
        self._document = document

    async def show(self, call: Call, query: EmbedQuery) -> streams.Stream:
        """The page for an iframe, for reading and talking. Only the token's origin may frame it. The page takes the
        token out of its address, and begins a session when its user says so. The frame needs `allow="microphone"`."""
        if query.integration_token is None:
            # A frame that is loaded again: the page reloads itself with the token that it kept, if any.
            return pages.page(self._document, framed_by="*", headers={"Cache-Control": "no-store"})
        grant = await self._verification.admit(query.integration_token)
        if grant.mode != "embed":
            raise errors.forbidden("This token is for calls of the API: get one of mode embed.")
        return pages.page(self._document, framed_by=grant.origin, headers={"Cache-Control": "no-store"})

    def operations(self) -> list[Operation]:
        return [
            Operation(
                "GET",
                "/embed",
                self.show,
                "Show the embeddable page",
                "Integration Tokens",
                Access.PUBLIC,
                produces=("text/html",),
                errors=(401, 403),
                added=True,
            ),
        ]
