"""The process that opens a document, started by `extractor`.

A hostile file cannot harm the server: memory and processor time are limited before this is imported, nothing is
written, and the parent ends the process when it takes too long. Prints JSON lines: passages, or an error.
"""

import sys
from pathlib import Path

import orjson

from api.knowledge.embedding import local
from api.knowledge.extraction import chunks, read
from api.knowledge.extraction.blocks import Unreadable


def main(path: str, media_type: str) -> None:
    """Read a document and print its passages with vectors, one JSON object a line."""
    try:
        for chunk in chunks.cut(read.blocks(Path(path), media_type)):  # type: ignore[arg-type]
            vector = local.embed(f"{chunk.heading} {chunk.text}")
            _say(
                {
                    "text": chunk.text,
                    "heading": chunk.heading,
                    "page": chunk.page,
                    "words": chunk.words,
                    "vector": vector.tolist(),
                }
            )
        _say({"done": True})
    except Unreadable as verdict:
        _say({"error": verdict.code})
    except (MemoryError, RecursionError):
        _say({"error": "too_much_memory"})


def _say(value: object) -> None:
    sys.stdout.buffer.write(orjson.dumps(value) + b"\n")
    sys.stdout.buffer.flush()
