"""Old encodings of texts, detected: `python3 run.py bench encodings`.

The texts of tests/data/encodings.json in every encoding that people have such texts in, in pieces of 60 to 80
characters and at 2,000. Parley beside the libraries that are installed (charset-normalizer is; chardet and cchardet
can be). Counts texts that are read right (but for a letter in fifty), that are refused as not sure, and that become
nonsense. Prints the processor time for 5 MB, too.
"""

import argparse
import importlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from api.knowledge.extraction import charsets
from api.knowledge.extraction.blocks import Unreadable
from tests.support.encoded_texts import CHOSEN_ON, HELD_OUT, WESTERN, Sample, wrong_letters

Reader = Callable[[bytes], str | None]
_MEGABYTES = 5


def _parley(raw: bytes) -> str | None:
    try:
        return charsets.text(raw)
    except Unreadable:
        return None


def _normalizer(library: Any) -> Reader:
    def read(raw: bytes) -> str | None:
        best = library.from_bytes(raw).best()
        return None if best is None else raw.decode(best.encoding, errors="replace")

    return read


def _detector(library: Any) -> Reader:
    def read(raw: bytes) -> str | None:
        found = library.detect(raw)["encoding"]
        try:
            return None if found is None else raw.decode(found, errors="replace")
        except LookupError:
            return None

    return read


def _readers() -> Iterator[tuple[str, Reader]]:
    yield "Parley", _parley
    for name, made in (("charset_normalizer", _normalizer), ("chardet", _detector), ("cchardet", _detector)):
        try:
            library = importlib.import_module(name)
        except ImportError:
            continue
        yield f"{name} {getattr(library, '__version__', '')}", made(library)


def _encoded(samples: list[Sample], *, long: bool) -> Iterator[tuple[str, bytes]]:
    for sample in samples:
        for encoding in sample.encodings:
            for text in [sample.long] if long else sample.short:
                raw = text.encode(encoding)
                if not raw.isascii():
                    yield text, raw


def _verdict(text: str, found: str | None) -> str:
    if found is None:
        return "refused"
    high = sum(one > "\x7f" for one in text)
    return "right" if len(found) == len(text) and wrong_letters(found, text) * 50 <= high else "nonsense"


def main(argv: list[str]) -> int:
    """Print the table."""
    argparse.ArgumentParser(prog="run.py bench encodings", description=__doc__).parse_args(argv)
    kinds = {
        "short": list(_encoded(CHOSEN_ON, long=False)),
        "long": list(_encoded(CHOSEN_ON, long=True)),
        "short, held out": list(_encoded(HELD_OUT, long=False)),
        "long, held out": list(_encoded(HELD_OUT, long=True)),
        "Windows-1252 with few accents": [(text, text.encode("cp1252")) for text in WESTERN],
    }
    for name, read in _readers():
        print(name)
        for kind, texts in kinds.items():
            verdicts = [_verdict(text, read(raw)) for text, raw in texts]
            counts = ", ".join(f"{one} {verdicts.count(one)}" for one in ("right", "refused", "nonsense"))
            print(f"  {kind:<30} {len(texts):>4}: {counts}")
        raw = (CHOSEN_ON[0].long * 3000).encode("cp1251")[: _MEGABYTES * 1_000_000]
        began = time.process_time()
        read(raw)
        print(f"  {_MEGABYTES} MB of Windows-1251: {time.process_time() - began:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
