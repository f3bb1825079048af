"""Chromium as tests and benchmarks start it: with a recording in the place of its microphone."""

import shutil
from pathlib import Path

import numpy as np
import soundfile

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_CLIPS = Path(__file__).parent.parent / "data" / "audio"
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)


def program() -> str | None:
    """Where Chromium is; None when there is none on this machine."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def arguments(folder: Path, clip: str, lead_seconds: float = 0.0, again_after: float | None = None) -> list[str]:
    """For a microphone that plays the clip each time it is opened, after `lead_seconds` of silence; with `again_after`
    seconds of silence behind it, again and again. `folder` keeps the sound."""
    sound = folder / f"{clip}.wav"
    samples, rate = soundfile.read(_CLIPS / f"{clip}.flac", dtype="int16")
    before, after = (np.zeros(round(one * rate), np.int16) for one in (lead_seconds, again_after or 0.0))
    soundfile.write(sound, np.concatenate([before, samples, after]), rate, subtype="PCM_16")
    return [*_ARGUMENTS, f"--use-file-for-fake-audio-capture={sound}{'%noloop' if again_after is None else ''}"]
