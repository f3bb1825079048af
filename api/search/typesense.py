"""Typesense as the engine, by its documented HTTP interface (collections, documents, search, health).

Reference: https://typesense.org/docs/ (API reference). One collection holds all kinds; `owner` is a facet that every
search filters by, and found rows are read from PostgreSQL again, so a stale index shows no row to another user.
"""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

import orjson

from api.search.models import EngineStatus, Entry, Hit, Hits, Kind, Query
from kit import errors, logs
from kit.outbound import TROUBLE, Outbound

_log = logs.get(__name__)


class TypesenseEngine:
    """Search in a Typesense server."""

    def __init__(self, outbound: Outbound, *, url: str, key: str, collection: str) -> None:
        self._outbound = outbound
        self._url = url.rstrip("/")
        self._headers = {"X-TYPESENSE-API-KEY": key}
        self._collection = collection

    async def prepare(self) -> None:
        """Make the collection if it is not there."""
        status, _ = await self._ask("GET", f"/collections/{self._collection}", accept=(404,))
        if status == 404:
            await self._ask("POST", "/collections", json=self._schema(), accept=(409,))

    async def put(self, entries: Sequence[Entry]) -> None:
        """Write entries."""
        lines = b"\n".join(orjson.dumps(_document(one)) for one in entries)
        path = f"/collections/{self._collection}/documents/import?action=upsert"
        _, body = await self._ask("POST", path, data=lines, headers={"Content-Type": "text/plain"})
        results = [orjson.loads(line) for line in body.splitlines() if line.strip()]
        if len(results) != len(entries) or not all(one.get("success") for one in results):
            raise errors.unavailable("unavailable", "The search engine refused some documents.", 5)

    async def remove(self, keys: Sequence[tuple[Kind, str]]) -> None:
        """Remove entries."""
        for kind, id_ in keys:
            await self._ask("DELETE", f"/collections/{self._collection}/documents/{kind}-{id_}", accept=(404,))

    async def search(self, owner_id: str, query: Query, kinds: Sequence[Kind], limit: int) -> Hits:
        """Hits among the owner's entries."""
        if not query.words:
            return Hits([])
        searches = [
            {
                "collection": self._collection,
                "q": query.text[:500],
                "query_by": "title,body",
                "query_by_weights": "3,1",
                "filter_by": f"owner:={owner_id} && kind:={kind}",
                "sort_by": "_text_match:desc,at:desc",
                "per_page": limit,
                "num_typos": 2,
                "prefix": True,
                "include_fields": "id,kind",
                "highlight_full_fields": "none",
            }
            for kind in kinds
        ]
        _, body = await self._ask("POST", "/multi_search", json={"searches": searches})
        found: list[Hit] = []
        meant: set[str] = set()
        for result in orjson.loads(body)["results"]:
            if "error" in result:
                raise errors.unavailable("unavailable", "The search engine refused the query.", 5)
            for hit in result["hits"]:
                kind, id_ = hit["document"]["kind"], hit["document"]["id"].split("-", 1)[1]
                found.append(Hit(kind, id_, float(hit.get("text_match", 0)) / 1e18))
                meant.update(word.lower() for mark in hit.get("highlights", ()) for word in _words(mark))
        return Hits(sorted(found, key=lambda one: -one.score), frozenset(meant))

    async def status(self) -> EngineStatus:
        """Whether the server answers, and how much it holds."""
        try:
            _, health = await self._ask("GET", "/health", accept=(503,))
            _, body = await self._ask("GET", f"/collections/{self._collection}")
        except errors.Failure:
            return EngineStatus("typesense", False, 0, 0, None)
        return EngineStatus(
            "typesense", bool(orjson.loads(health).get("ok")), orjson.loads(body).get("num_documents", 0), 0, None
        )

    def _schema(self) -> dict[str, Any]:
        return {
            "name": self._collection,
            "fields": [
                {"name": "owner", "type": "string", "facet": True},
                {"name": "kind", "type": "string", "facet": True},
                {"name": "title", "type": "string"},
                {"name": "body", "type": "string"},
                {"name": "at", "type": "int64"},
            ],
            "default_sorting_field": "at",
        }

    async def _ask(self, method: str, path: str, *, accept: tuple[int, ...] = (), **options: Any) -> tuple[int, bytes]:
        headers = self._headers | options.pop("headers", {})
        try:
            async with self._outbound.request(method, self._url + path, headers=headers, **options) as response:
                body = await response.read()
                if response.status < 300 or response.status in accept:
                    return response.status, body
                _log.warning("typesense_refused", method=method, status=response.status)
        except TROUBLE as error:
            _log.warning("typesense_unreachable", error=type(error).__name__)
        raise errors.unavailable("unavailable", "The search engine cannot be reached.", 5)


def _document(one: Entry) -> dict[str, Any]:
    return {
        "id": f"{one.kind}-{one.id}",
        "owner": one.owner_id,
        "kind": one.kind,
        "title": one.title,
        "body": one.body,
        "at": int(one.at.astimezone(UTC).timestamp()),
    }


def _words(highlight: dict[str, Any]) -> list[str]:
    tokens = highlight.get("matched_tokens", [])
    return [token for token in tokens if isinstance(token, str)]
