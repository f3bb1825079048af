"""The operations of search."""

import time

from api.search.models import KINDS
from api.search.rebuild import Rebuild
from api.search.schemas import (
    CoreSearchConversationResult,
    CoreSearchMessageResult,
    CoreSearchNoteResult,
    CoreSearchQuery,
    CoreSearchResponse,
    SearchReindexResponse,
    TypesenseReindexRequest,
    TypesenseStatusResponse,
)
from api.search.service import Found, Search
from kit.http.operation import Access, Call, Operation

_TAG = "Conversations"
_BASE = "/api/core/search"


class SearchRoutes:
    """The operations of search."""

    def __init__(self, search: Search, rebuild: Rebuild) -> None:
        self._search = search
        self._rebuild = rebuild

    def operations(self) -> list[Operation]:
        return [
            Operation(
                "GET",
                _BASE,
                self.search,
                "Search indexed user content",
                _TAG,
                Access.BEARER_OR_KEY,
                "conversations:read",
            ),
            Operation("GET", _BASE + "/status", self.status, "Search infrastructure status", _TAG, Access.ADMIN),
            Operation(
                "POST",
                _BASE + "/reindex",
                self.reindex,
                "Rebuild search index",
                _TAG,
                Access.ADMIN,
                status=202,
                rate="heavy",
                idempotent=True,
            ),
        ]

    async def search(self, call: Call, query: CoreSearchQuery) -> CoreSearchResponse:
        """The caller's own conversations, messages and notes that fit. Slips of the pen are forgiven."""
        started = time.perf_counter()
        kinds = KINDS if query.type == "all" else (query.type,)
        found = await self._search.search(call.caller.user_id, query.q, kinds, query.limit)
        return CoreSearchResponse(
            query=query.q,
            conversations=[_conversation(one) for one in found if one.text.kind == "conversation"],
            messages=[_message(one) for one in found if one.text.kind == "message"],
            notes=[_note(one) for one in found if one.text.kind == "note"],
            took_ms=round((time.perf_counter() - started) * 1000, 2),
        )

    async def status(self, call: Call) -> TypesenseStatusResponse:
        """The search engine and its index."""
        status = await self._search.status()
        return TypesenseStatusResponse(
            engine=status.engine,
            healthy=status.healthy,
            documents=status.documents,
            pending=status.pending,
            last_indexed_at=status.last_indexed_at,
        )

    async def reindex(self, call: Call, body: TypesenseReindexRequest) -> SearchReindexResponse:
        """Rebuild the index in the background; the status shows what is pending."""
        return SearchReindexResponse(job_id=await self._rebuild.queue(body.scope), status="queued")


def _conversation(one: Found) -> CoreSearchConversationResult:
    return CoreSearchConversationResult(id=one.text.id, title=one.text.title, snippet=one.snippet, score=one.score)


def _message(one: Found) -> CoreSearchMessageResult:
    return CoreSearchMessageResult.model_validate(
        {
            "id": one.text.id,
            "conversation_id": one.text.conversation_id,
            "role": one.text.role,
            "snippet": one.snippet,
            "score": one.score,
            "created_at": one.text.created_at,
        }
    )


def _note(one: Found) -> CoreSearchNoteResult:
    return CoreSearchNoteResult(id=one.text.id, title=one.text.title, snippet=one.snippet, score=one.score)
