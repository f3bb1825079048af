"""What a Ray actor is: one engine and its scorer, one job at a time, with what it remembers of its streams.

The program of a worker process (`speech.engines.worker`), but for how messages come. Imported on the cluster's
machines, which need the same Parley and the model. It knows nothing of Ray.
"""

import os

from kit.processes import environment
from speech.engines.cluster.messages import Wanted, code
from speech.pool import isa, jobs
from speech.weights import store as models


class Recognizer:
    """Errors are returned, never raised: an exception would be pickled with whatever it holds."""

    def __init__(self, wanted: Wanted, silence: object = None) -> None:
        """Loads the engine. `silence`: see `jobs.Load`."""
        for name, value in isa.variables().items():
            if not environment.inherited(name):
                os.putenv(name, value)  # for CTranslate2, which is imported next
        from speech.engines.worker import EngineWorker

        self._worker = EngineWorker()
        self._loaded = self._load(wanted, silence)

    def loaded(self) -> jobs.Reply:
        """Loaded, or Failed with the reason."""
        return self._loaded

    def handle(self, job: jobs.Job) -> jobs.Reply:
        """Do one job."""
        try:
            return self._worker.handle(job)
        except Exception as error:
            return jobs.Failed(type(error).__name__, str(error))

    def _load(self, wanted: Wanted, silence: object) -> jobs.Reply:
        if wanted.code != code():
            return jobs.Failed("engine_broken", "the cluster's machines have another version of Parley")
        problems: list[str] = []
        try:
            store = models.Store(wanted.data, models.Progress(), shared=wanted.shared)
            folder = store.find(wanted.model, lambda _code, message: problems.append(message))
            if folder is None:
                why = " ".join(problems) or f"the model {wanted.model} is not on the cluster's machine"
                return jobs.Failed("engine_broken", why)
            spec = jobs.EngineSpec("whisper", folder, wanted.device, wanted.compute, wanted.threads)
            return self._worker.handle(jobs.Load(spec, silence))
        except Exception as error:
            return jobs.Failed("engine_broken", f"{type(error).__name__}: {error}")
