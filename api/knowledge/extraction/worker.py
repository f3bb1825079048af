"""The process that opens a document: `python -m api.knowledge.extraction.worker PARENT FILE TYPE SECONDS MEGABYTES`.

A hostile file cannot harm the server: memory and processor time are limited before the file is opened, nothing is
written, and the parent ends the process when it takes too long. Prints JSON lines: passages, or an error.
"""

import sys
from pathlib import Path

import orjson

from kit import confined


def main(parent: int, path: str, media_type: str, seconds: int, megabytes: int) -> None:
    confined.limit(parent, seconds=seconds, megabytes=megabytes)
    # Imported under the limits, and only what the worker needs.
    from api.knowledge.embedding import local
    from api.knowledge.extraction import chunks, read
    from api.knowledge.extraction.blocks import Unreadable

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


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
