"""Networks are loaded in a thread while another imports what they need."""

import subprocess
import sys

from tests.support.source import ROOT

PROGRAM = """
import sys, threading, time
from speech.endpointing import vad

begun = threading.Event()

class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "numpy.__config__":
            begun.set()
            time.sleep(1)
        if name == "onnxruntime":
            assert not sys.modules["numpy"].__spec__._initializing, "it would be taken half loaded"

assert "numpy" not in sys.modules
sys.meta_path.insert(0, Slow())
other = threading.Thread(target=__import__, args=("numpy",))
other.start()
begun.wait()
vad.Silero()
other.join()
"""


def test_it_waits_for_a_numpy_that_another_thread_imports() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
