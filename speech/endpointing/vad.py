"""Is this frame speech? An energy gate, then the Silero v6 network that ships inside the faster-whisper wheel.

A frame is 32 ms (512 samples). The network costs about 0.1 ms a frame, so it runs where the audio arrives; silence is
answered by the gate alone. Model: Silero VAD v6, MIT licence, https://github.com/snakers4/silero-vad.

The network misses a sixth of speech that was made 35 dB quieter, so quiet streams are amplified (a fiftieth is missed
then). The level of a stream is that of its loudest frame, with a half-life of ten seconds.
"""

import importlib.util
from pathlib import Path
from typing import Protocol

from speech.audio import pcm

FRAME = 512
_CONTEXT = 64
_HANGOVER = 16  # frames of quiet after which the network may rest
QUIET_RMS = 10 ** (-78 / 20)
_LOUD_RMS = 10 ** (-26 / 20)  # speech of usual loudness
_MOST_GAIN = 16.0
_FORGET = 0.5 ** (FRAME / pcm.RATE / 10)


class Detector(Protocol):
    """The network without a stream's state."""

    def run(
        self, frame: pcm.Samples, hidden: pcm.Samples, cell: pcm.Samples
    ) -> tuple[float, pcm.Samples, pcm.Samples]: ...


def model_file() -> Path:
    """Where the wheel keeps the network, found without importing the package (that would take half a second)."""
    spec = importlib.util.find_spec("faster_whisper")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the faster-whisper package is not installed")
    return Path(spec.origin).parent / "assets" / "silero_vad_v6.onnx"


class Silero:
    """The loaded network, shared by all streams. Loading imports onnxruntime: do it in a thread."""

    def __init__(self, file: Path | None = None) -> None:
        from speech import inference

        self._session = inference.opened(str(file or model_file()), inference.options())

    def run(self, frame: pcm.Samples, hidden: pcm.Samples, cell: pcm.Samples) -> tuple[float, pcm.Samples, pcm.Samples]:
        """`frame` is float32 [1, 576]: 64 samples of context and 512 new ones; states are float32 [1, 1, 128]."""
        probability, hidden, cell = self._session.run(None, {"input": frame, "h": hidden, "c": cell})
        return float(probability.reshape(-1)[0]), hidden, cell


class VoiceActivity:
    """One stream's state: push samples, get a probability for every frame they complete."""

    def __init__(self, detector: Detector) -> None:
        self._detector = detector
        self._quiet = _HANGOVER
        self._loudest = 0.0
        self._reset()
        self._rest = self._context[:0]

    def _reset(self) -> None:
        import numpy as np

        self._hidden = np.zeros((1, 1, 128), np.float32)
        self._cell = np.zeros((1, 1, 128), np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)

    def push(self, samples: pcm.Samples) -> list[float]:
        import numpy as np

        samples = np.concatenate([self._rest, samples])
        whole = len(samples) // FRAME * FRAME
        self._rest = samples[whole:]
        return [self._frame(samples[at : at + FRAME]) for at in range(0, whole, FRAME)]

    def _frame(self, frame: pcm.Samples) -> float:
        import numpy as np

        loudness = float(np.sqrt(np.dot(frame, frame) / FRAME))
        self._loudest = max(loudness, self._loudest * _FORGET)
        frame = frame * np.float32(min(_MOST_GAIN, max(1.0, _LOUD_RMS / max(self._loudest, QUIET_RMS))))
        if loudness < QUIET_RMS:
            self._quiet += 1
            if self._quiet == _HANGOVER:
                self._reset()
            if self._quiet >= _HANGOVER:
                self._context = frame[-_CONTEXT:]
                return 0.0
        else:
            self._quiet = 0
        probability, self._hidden, self._cell = self._detector.run(
            np.concatenate([self._context, frame])[None], self._hidden, self._cell
        )
        self._context = frame[-_CONTEXT:]
        return probability
