"""ONNX Runtime, as all networks here are run: on the processor, quiet, and with the threads that they are given.

Import it from here. The runtime takes NumPy from C, which fails while another thread imports NumPy; an import in Python
waits for that.
"""

import numpy  # noqa: F401 - before the runtime
import onnxruntime


def options(threads: int = 1) -> onnxruntime.SessionOptions:
    """For a network of its own thread, or of some; waiting threads leave the cores to others."""
    made = onnxruntime.SessionOptions()
    made.intra_op_num_threads = threads
    made.inter_op_num_threads = 1
    made.log_severity_level = 3
    made.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return made


def steady(threads: int = 1) -> onnxruntime.SessionOptions:
    """The same numbers for the same input, and no memory kept between runs."""
    made = options(threads)
    made.use_deterministic_compute = True
    made.enable_cpu_mem_arena = False
    return made


def opened(model: bytes | str, settings: onnxruntime.SessionOptions) -> onnxruntime.InferenceSession:
    """A network of its content or its path. Raises the runtime's errors, which have no common class."""
    return onnxruntime.InferenceSession(model, settings, providers=["CPUExecutionProvider"])
