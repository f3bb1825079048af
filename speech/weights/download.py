"""A model's files from the model hub or its release: a process of its own.

The hub's own client discards a partial file and starts again. Here a file grows in FOLDER as NAME.incomplete, and the
next try, or the next start of the server, requests the rest.
"""

import sys
import time
from pathlib import Path

from speech.weights.known import KNOWN, WHISPER_FILES

OPTIONAL = ("preprocessor_config.json", "vocabulary.txt", "vocabulary.json")

_TRIES = 4  # without a new byte
_WAIT_S = 1.0
_PATIENCE_S = 10.0
_PIECE = 1 << 18
_NOT_FOUND, _PARTIAL, _BEYOND_THE_END = 404, 206, 416


def file(url: str, target: Path, headers: dict[str, str], *, needed: bool) -> None:
    """Fetch one file. Raises httpx2.HTTPError when it cannot be had; a missing one that is not needed is left out."""
    import httpx2
    from huggingface_hub import get_session

    part, tag = target.with_name(target.name + ".incomplete"), target.with_name(target.name + ".etag")
    tries, best = 0, -1
    while True:
        have = part.stat().st_size if part.exists() and tag.exists() else 0
        tries, best = (1, have) if have > best else (tries + 1, best)
        asked = {"Range": f"bytes={have}-", "If-Range": tag.read_text()} if have else {}
        try:
            with get_session().stream(
                "GET", url, headers={**headers, **asked}, follow_redirects=True, timeout=_PATIENCE_S
            ) as response:
                if response.status_code == _NOT_FOUND and not needed:
                    return
                if response.status_code == _BEYOND_THE_END:
                    tag.unlink()
                response.raise_for_status()
                tag.write_text(response.headers.get("ETag", ""))
                with part.open("ab" if response.status_code == _PARTIAL else "wb", buffering=0) as out:
                    for piece in response.iter_raw(_PIECE):
                        out.write(piece)
        except httpx2.HTTPError:
            if tries >= _TRIES:
                raise
            time.sleep(_WAIT_S)
            continue
        tag.unlink()
        part.replace(target)
        return


def main(model: str, folder: str, revision: str | None = None) -> None:
    """What cannot be had is one line of the standard error, and status 1."""
    try:
        fetch(model, Path(folder), revision)
    except Exception as error:
        print(f"{type(error).__name__}: {error}".replace("\n", " "), file=sys.stderr)
        sys.exit(1)


def fetch(model: str, folder: Path, revision: str | None) -> None:
    """Get a model into a folder. Raises OSError."""
    known = KNOWN.get(model)
    if known is None or not known.releases:
        from_hub(model, folder, revision)
        return
    for name, url in known.releases.items():
        if not (folder / name).exists():
            file(url, folder / name, {"Accept-Encoding": "identity"}, needed=True)


def from_hub(model: str, folder: Path, revision: str | None) -> None:
    """Get a model from the hub of models."""
    from faster_whisper.utils import _MODELS
    from huggingface_hub import hf_hub_url
    from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]

    repository = model if "/" in model else _MODELS[model]
    headers = {**build_hf_headers(), "Accept-Encoding": "identity"}
    for name in (*WHISPER_FILES, *OPTIONAL):
        if not (folder / name).exists():
            url = hf_hub_url(repository, name, revision=revision)
            file(url, folder / name, headers, needed=name in WHISPER_FILES)
