"""The operations of documents."""

from api.knowledge import documents
from api.knowledge.answers import Quote
from api.knowledge.documents import Documents, Placement
from api.knowledge.models import Document, Filters, Found, Reader
from api.knowledge.rag import Questions
from api.knowledge.retrieval import Retrieval
from api.knowledge.schemas import (
    KnowledgeSearchRequest,
    KnowledgeSearchResponse,
    KnowledgeSearchResultItem,
    RagCitation,
    RagDocument,
    RagDocumentList,
    RagDocumentQuery,
    RagDocumentUpload,
    RagQueryRequest,
    RagQueryResponse,
    RagUploadResponse,
)
from kit.caller import Caller
from kit.http import spooled
from kit.http.operation import MEBIBYTE, Access, Call, Operation
from kit.http.wire import Id

_TAG = "Knowledge Base"
_KEY = Access.BEARER_OR_KEY
_READ, _WRITE = "rag:read", "rag:write"


class KnowledgeRoutes:
    """The operations of documents."""

    def __init__(self, documents: Documents, retrieval: Retrieval, questions: Questions) -> None:
        self._documents = documents
        self._retrieval = retrieval
        self._questions = questions

    def operations(self) -> list[Operation]:
        return [
            Operation(
                "POST",
                "/api/knowledge/search",
                self.search,
                "Search the knowledge base",
                _TAG,
                _KEY,
                _READ,
                errors=(404,),
            ),
            Operation("GET", "/api/rag/documents", self.list_documents, "List documents", _TAG, _KEY, _READ),
            Operation(
                "POST",
                "/api/rag/documents",
                self.upload,
                "Upload document",
                _TAG,
                _KEY,
                _WRITE,
                status=202,
                rate="heavy",
                consumes="multipart",
                multipart=RagDocumentUpload,
                idempotent=True,
                errors=(404, 413, 415),
                max_bytes=documents.MOST_BYTES + MEBIBYTE,
            ),
            Operation(
                "DELETE",
                "/api/rag/documents/{document_id}",
                self.delete,
                "Delete a document",
                _TAG,
                _KEY,
                _WRITE,
                status=204,
                added=True,
            ),
            Operation(
                "POST",
                "/api/rag/query",
                self.query,
                "Query knowledge",
                _TAG,
                _KEY,
                _READ,
                rate="heavy",
                errors=(404,),
            ),
        ]

    async def search(self, call: Call, body: KnowledgeSearchRequest) -> KnowledgeSearchResponse:
        """The best passages of all documents that the caller may see, found by words and by vectors."""
        filters = Filters()
        if body.filters is not None:
            filters = Filters(body.filters.document_ids, body.filters.visibility, body.filters.media_type)
        reader = _reader(call.caller, body.conversation_id)
        found = await self._retrieval.search(reader, body.query, body.top_k, filters)
        return KnowledgeSearchResponse(query=body.query, results=[_passage(one) for one in found])

    async def list_documents(self, call: Call, query: RagDocumentQuery) -> RagDocumentList:
        """The caller's documents and those of their organizations, newest first."""
        found, cursor = await self._documents.page(
            _reader(call.caller), query.conversation_id, query.cursor, query.limit
        )
        return RagDocumentList(items=[_document(one) for one in found], next_cursor=cursor)

    async def upload(self, call: Call) -> RagUploadResponse:
        """Upload a file. It is read in the background: its status goes from `processing` to `ready` or `failed`."""
        async with spooled.received(call.http, RagDocumentUpload, file="file", max_bytes=documents.MOST_BYTES) as (
            upload,
            form,
        ):
            placement = Placement(form.title, form.visibility, form.organization_id, form.conversation_id)
            made = await self._documents.add(_reader(call.caller), upload, placement)
        return RagUploadResponse(document=_document(made))

    async def delete(self, call: Call, document_id: Id) -> None:
        """Delete a document with its file and its passages. Only its owner can."""
        await self._documents.delete(_reader(call.caller), document_id)

    async def query(self, call: Call, body: RagQueryRequest) -> RagQueryResponse:
        """Answer from the caller's documents only, with exact quotes; `grounded` is false when they do not answer."""
        answer = await self._questions.answer(_reader(call.caller, body.conversation_id), body.query, body.top_k)
        return RagQueryResponse(
            answer=answer.text,
            citations=[_citation(one) for one in answer.quotes],
            provider=answer.provider,
            model=answer.model,
            grounded=answer.grounded,
        )


def _reader(caller: Caller, conversation_id: str | None = None) -> Reader:
    return Reader(caller.user_id, caller.organization_id, conversation_id)


def _document(one: Document) -> RagDocument:
    return RagDocument(
        id=one.id,
        title=one.title,
        filename=one.filename,
        media_type=one.media_type,
        size_bytes=one.size_bytes,
        chunks=one.chunks,
        status=one.status,
        error=one.error,
        visibility=one.visibility,
        organization_id=one.organization_id,
        conversation_id=one.conversation_id,
        created_at=one.created_at,
    )


def _passage(one: Found) -> KnowledgeSearchResultItem:
    return KnowledgeSearchResultItem(
        document_id=one.document_id,
        title=one.title,
        chunk_id=one.chunk_id,
        heading=one.heading,
        text=one.text,
        score=round(one.score, 4),
        page=one.page,
    )


def _citation(one: Quote) -> RagCitation:
    return RagCitation(
        document_id=one.passage.document_id,
        title=one.passage.title,
        chunk_id=one.passage.chunk_id,
        page=one.passage.page,
        quote=one.text,
    )
