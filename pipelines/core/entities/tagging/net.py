"""Load a net that ONNX Runtime runs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import onnxruntime


def load_net(source: bytes, *, as_written: bool) -> "onnxruntime.InferenceSession":
    """Load a net for one thread, for a worker is one process a core.

    `as_written` has every step computed as the net says, none fused with the next: the same bits everywhere.
    """
    import onnxruntime  # a fifth of a second, which most commands can do without

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    if as_written:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
