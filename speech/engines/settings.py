"""What decides how speech is recognized here."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from speech.engines.cluster.messages import Cluster
from speech.engines.remote import RemoteServer
from speech.transcription.policy import Policy
from speech.weights import store as models


@dataclass(frozen=True, slots=True)
class ListeningSettings:
    """How to listen.

    `engine`: "auto" (Whisper, else PocketSphinx), "whisper", "sphinx", "remote" (the server named by `remote`) or "ray"
    (actors of `cluster`); Whisper or PocketSphinx serve when one of the last two is lost. `model`: a folder with a
    CTranslate2 Whisper model or a name. `compute`: CTranslate2's type, by default int8 on a CPU and float16 on a GPU.
    `data`: where fetched models are kept when they cannot be in `shared_models`. `download`: may a missing model be
    fetched? `wait_s`: how long sound waits for it.
    `workers`: processes, by default one for a GPU, else one less than the cores and at least one. `rss_limit_mb`: a
    worker that grows beyond it is restarted. `installer` is asked for uv when the model has to come from the package
    index.
    """

    data: Path
    engine: Literal["auto", "whisper", "sphinx", "remote", "ray"] = "auto"
    model: str = "base"
    device: Literal["cpu", "cuda"] = "cpu"
    compute: str | None = None
    threads: int = 1
    workers: int | None = None
    download: bool = True
    shared_models: Path | None = None
    wait_s: float = 30.0
    rss_limit_mb: int = 2048
    policy: Policy = field(default_factory=Policy)
    installer: models.Installer = models.on_path
    remote: RemoteServer | None = None
    cluster: Cluster | None = None

    def compute_on(self, device: str) -> str:
        """CTranslate2's type there."""
        return self.compute or {"cuda": "float16"}.get(device, "int8")
