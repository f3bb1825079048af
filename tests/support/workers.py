"""Processes that this one has started, and tasks that wait for them."""

import asyncio
import gc
import inspect
import os
from pathlib import Path
from typing import Any


def decoders() -> list[int]:
    """Those that decode recordings."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                command = (folder / "cmdline").read_bytes()
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:  # it ended meanwhile
                continue
            if parent == os.getpid() and b"speech.decoding.worker" in command:
                found.append(int(folder.name))
    return found


def waiting_in(function: str) -> bool:
    """Whether some task of ours waits inside a coroutine function of this name."""
    for task in asyncio.all_tasks():
        inner: Any = task.get_coro()
        while inner is not None:
            code = getattr(inner, "cr_code", None) or getattr(inner, "ag_code", None)
            if code is not None and code.co_name == function:
                return True
            inner = getattr(inner, "cr_await", None) or getattr(inner, "ag_await", None) or _generator(inner)
    return False


def _generator(step: object) -> Any:
    """The asynchronous generator whose next value is waited for: what stands for that step only refers to it."""
    return next((one for one in gc.get_referents(step) if inspect.isasyncgen(one)), None)
