"""The two kinds of embedder: ours, and any server with the OpenAI embeddings interface."""

import asyncio
import math
from collections.abc import Sequence
from typing import Any

import orjson

from api.knowledge.embedding import local
from kit import errors, logs
from kit.outbound import TROUBLE, Outbound

_BATCH = 64
_log = logs.get(__name__)


class LocalEmbedder:
    """Needs no network and no model file."""

    @property
    def name(self) -> str:
        return local.NAME

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        if sum(map(len, texts)) < 2000:
            return [local.embed(text).tolist() for text in texts]
        return [(await asyncio.to_thread(local.embed, text)).tolist() for text in texts]


class CompatibleEmbedder:
    """`POST {base_url}/embeddings` (https://platform.openai.com/docs/api-reference/embeddings)."""

    def __init__(self, outbound: Outbound, *, base_url: str, key: str | None, model: str) -> None:
        self._outbound = outbound
        self._url = base_url.rstrip("/") + "/embeddings"
        self._headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
        self._model = model

    @property
    def name(self) -> str:
        return f"remote:{self._model}"

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        vectors: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            vectors += await self._some(texts[start : start + _BATCH])
        return vectors

    async def _some(self, texts: Sequence[str]) -> list[list[float]]:
        body = orjson.dumps({"model": self._model, "input": list(texts), "encoding_format": "float"})
        try:
            async with self._outbound.request("POST", self._url, data=body, headers=self._headers) as response:
                raw = await response.read()
                if response.status != 200:
                    raise _down(f"status {response.status}")
            return _vectors(orjson.loads(raw), len(texts))
        except TROUBLE as error:
            raise _down(type(error).__name__) from error
        except (KeyError, TypeError, ValueError) as error:
            raise _down("an answer that cannot be read") from error


def _vectors(answer: dict[str, Any], count: int) -> list[list[float]]:
    rows = sorted(answer["data"], key=lambda row: row["index"])
    if len(rows) != count:
        raise ValueError("vectors are missing")
    return [_unit(row["embedding"]) for row in rows]


def _unit(vector: list[float]) -> list[float]:
    length = math.sqrt(sum(value * value for value in vector)) or 1.0
    return [value / length for value in vector]


def _down(reason: str) -> errors.Failure:
    _log.warning("embedder_failed", reason=reason)
    return errors.unavailable("unavailable", "The embedding model cannot be reached.", 5)
