"""A file of a form."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Upload:
    """`media_type` as in `audio/wav` or `application/pdf`."""

    content: bytes
    filename: str
    media_type: str
