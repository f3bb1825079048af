"""Speakers; without numpy, for the server's process."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speaker:
    """One who speaks. `language` is "en-US" or "en-GB"."""

    id: str
    name: str
    language: str
    gender: str


SPEAKERS = (
    Speaker("af_heart", "Heart", "en-US", "female"),
    Speaker("af_bella", "Bella", "en-US", "female"),
    Speaker("am_michael", "Michael", "en-US", "male"),
    Speaker("am_fenrir", "Fenrir", "en-US", "male"),
    Speaker("bf_emma", "Emma", "en-GB", "female"),
    Speaker("bm_george", "George", "en-GB", "male"),
    Speaker("bm_fable", "Fable", "en-GB", "male"),
)


def is_speaker(name: str) -> bool:
    """Whether there is a speaker of this name."""
    return any(one.id == name for one in SPEAKERS)


def language_of(speaker: str) -> str:
    """KeyError for one that is not there."""
    return {one.id: one.language for one in SPEAKERS}[speaker]
