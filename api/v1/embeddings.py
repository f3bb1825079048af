"""`POST /v1/embeddings`: the vectors that documents are found by."""

import base64
import struct
from collections.abc import Sequence

from api.v1.ports import Embedder
from api.v1.schemas import EmbeddingList, EmbeddingObject, EmbeddingRequest, EmbeddingUsage
from kit import errors


async def answer(embedder: Embedder, wanted: EmbeddingRequest) -> EmbeddingList:
    """Failure `invalid_request`, or `unavailable` when the model cannot be reached."""
    texts = [wanted.input] if isinstance(wanted.input, str) else list(wanted.input)
    vectors = await embedder.embed(texts)
    if wanted.dimensions is not None and wanted.dimensions != len(vectors[0]):
        only = f"The vectors of this server have {len(vectors[0])} dimensions."
        raise errors.invalid(only, [("/dimensions", f"{len(vectors[0])} or nothing")])
    coded = wanted.encoding_format == "base64"
    words = sum(len(text.split()) for text in texts)
    return EmbeddingList(
        data=[
            EmbeddingObject(embedding=_base64(vector) if coded else vector, index=index)
            for index, vector in enumerate(vectors)
        ],
        model=embedder.name,
        usage=EmbeddingUsage(prompt_tokens=words, total_tokens=words),
    )


def _base64(vector: Sequence[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()
