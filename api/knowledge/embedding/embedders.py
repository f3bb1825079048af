"""The two kinds of embedder: ours, and any server with the OpenAI API."""

import asyncio
import math
from collections.abc import Sequence
from typing import Any

from api.knowledge.embedding import local
from kit import errors, logs
from kit.openai_servers import ServerTrouble, translated
from kit.outbound import Outbound

_BATCH = 64
_SECONDS = 30.0
_log = logs.get(__name__)


class LocalEmbedder:
    """Needs no network and no model file."""

    @property
    def name(self) -> str:
        """What its vectors are stored under."""
        return local.NAME

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector for each text; long lists in a thread."""
        if sum(map(len, texts)) < 2000:
            return [local.embed(text).tolist() for text in texts]
        return [(await asyncio.to_thread(local.embed, text)).tolist() for text in texts]


class CompatibleEmbedder:
    """A model on a server with the OpenAI API."""

    def __init__(self, outbound: Outbound, *, base_url: str, key: str | None, model: str) -> None:
        self._outbound = outbound
        self._base_url = base_url
        self._key = key
        self._model = model

    @property
    def name(self) -> str:
        """What its vectors are stored under."""
        return f"remote:{self._model}"

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector for each text, from the server."""
        vectors: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            vectors += await self._some(texts[start : start + _BATCH])
        return vectors

    async def _some(self, texts: Sequence[str]) -> list[list[float]]:
        try:
            breaker = self._outbound.breakers.of("embeddings", self._base_url, self._model)
            return await breaker.call(lambda: self._asked(texts))
        except ServerTrouble as trouble:
            _log.warning("embedder_failed", reason=trouble.reason)
            raise errors.unavailable("unavailable", "The embedding model cannot be reached.", 5) from trouble

    async def _asked(self, texts: Sequence[str]) -> list[list[float]]:
        """ServerTrouble."""
        client: Any = await self._outbound.openai.client(self._base_url, self._key)
        with translated():
            async with asyncio.timeout(_SECONDS):
                answer = await client.embeddings.create(model=self._model, input=list(texts), encoding_format="float")
            return _vectors(answer.data, len(texts))


def _vectors(data: Sequence[Any], count: int) -> list[list[float]]:
    rows = sorted(data, key=lambda row: row.index)
    if len(rows) != count:
        raise ValueError("vectors are missing")
    return [_unit(row.embedding) for row in rows]


def _unit(vector: Sequence[float]) -> list[float]:
    length = math.sqrt(sum(value * value for value in vector)) or 1.0
    return [value / length for value in vector]
