"""Put a shipped fast model back into the form that is trained."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper

from pipelines.core.entities.tagging.decode import LABELS
from pipelines.training.reading.net import restore_roles
from pipelines.training.reading.student import WIDTH, Floats, Student, Vocabulary

Arrays = Mapping[str, npt.NDArray[Any]]


def load_student(path: Path) -> tuple[Student, Vocabulary]:
    """Go on from the fast model at `path`: its vectors and layers in floats; heads that it lacks are new."""
    arrays = np.load(io.BytesIO(path.read_bytes()))
    text = {name: arrays[name].tobytes().decode().split("\n") for name in ("features", "marks")}
    vocabulary = Vocabulary(text["features"], text["marks"])
    torch.manual_seed(1)
    student = Student(vocabulary)
    scale, layers = _layers(onnx.load_from_string(arrays["net"].tobytes()))
    with torch.no_grad():
        student.features.weight.copy_(torch.from_numpy(arrays["vectors"] * scale))
        student.marks.weight[: len(vocabulary.marks)] = torch.from_numpy(arrays["mark_vectors"] * scale)
        for layer, (weights, bias) in zip(student.layers, layers, strict=False):
            if weights.shape[1] == WIDTH:
                layer.weight.copy_(torch.from_numpy(weights.T))
                layer.bias.copy_(torch.from_numpy(bias.copy()))
        weights, bias = layers[-1]
        _load_events(student, weights.T, bias, arrays)
        for head in (student.names, student.names_before):
            head.weight.copy_(torch.from_numpy(weights.T[: len(LABELS)].copy()))
            head.bias.copy_(torch.from_numpy(bias[: len(LABELS)].copy()))
    return student, vocabulary


def _load_events(student: Student, weights: Floats, bias: Floats, arrays: Arrays) -> None:
    """Take over the heads of a model that reads events too, in floats."""
    heads = (student.events, student.role.word, student.role.trigger)
    first = len(LABELS)
    if len(weights) == first:
        return
    for head in heads:
        head.weight.copy_(torch.from_numpy(weights[first : first + head.out_features].copy()))
        head.bias.copy_(torch.from_numpy(bias[first : first + head.out_features].copy()))
        first += head.out_features
    restore_roles(student.role, arrays)


def _layers(net: onnx.ModelProto) -> tuple[Floats, list[tuple[Floats, Floats]]]:
    """Turn a net of whole numbers back into floats: the scale of its input, and weights and bias of each layer."""
    values = {one.name: numpy_helper.to_array(one) for one in net.graph.initializer}
    nodes, scale, layers, steps = list(net.graph.node), None, [], np.ones(0, np.float32)
    for at, node in enumerate(nodes):
        if node.op_type == "Mul" and node.input[1] in values:
            if scale is None:
                scale = values[node.input[1]]
            elif nodes[at + 1].op_type == "Round":
                steps = values[node.input[1]]
        if node.op_type == "MatMulInteger":
            whole = values[node.input[1]].astype(np.float32) * values[nodes[at + 2].input[1]]
            layers.append((whole * np.tile(steps, len(whole) // len(steps))[:, None], values[nodes[at + 3].input[1]]))
    assert scale is not None
    return scale, layers
