"""Write the trained taggers in the forms that are shipped."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from pipelines.training.tagger.encoder import Tagging
from pipelines.training.tagger.student import Lesson, Student, Vocabulary
from pipelines.training.tagger.whole_net import build_net

_WHOLE, _CLIPPED, _LEAST = 127.0, 0.9999, 1e-3

Floats = npt.NDArray[np.float32]


def export_fast(
    student: Student, vocabulary: Vocabulary, seen: Sequence[Lesson], path: Path, temperature: float
) -> None:
    """Write the fast tagger in whole numbers; `temperature` divides its scores.

    What its layers read of the sentences `seen` says how large the numbers grow that 8 bits have to hold.
    """
    vectors = student.features.weight.detach().numpy()
    scale = np.quantile(np.abs(vectors), _CLIPPED, axis=0).astype(np.float32) / _WHOLE
    layers = [(_array(layer.weight.T), _array(layer.bias)) for layer in student.layers]
    layers.append((_array(student.out.weight.T) / temperature, _array(student.out.bias) / temperature))
    most = [np.maximum(np.quantile(states, _CLIPPED, axis=0), _LEAST) for states in student.states(seen)]
    marks = np.rint(student.marks.weight.detach().numpy()[: len(vocabulary.marks)] / scale).astype(np.int16)
    np.savez_compressed(
        path,
        features=_bytes(vocabulary.features),
        vectors=np.clip(np.rint(vectors / scale), -_WHOLE, _WHOLE).astype(np.int8),
        marks=_bytes(list(vocabulary.marks)),
        mark_vectors=marks,
        net=np.frombuffer(build_net(scale, marks[list(vocabulary.marks).index("-")], layers, most), np.uint8),
    )


def _array(tensor: Tensor) -> Floats:
    values: Floats = tensor.detach().numpy().astype(np.float32)
    return values


def _bytes(lines: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


class _Product(nn.Module):
    """The encoder with the product's head alone."""

    def __init__(self, net: Tagging, temperature: float) -> None:
        super().__init__()
        self.encoder, self.head, self.temperature = net.encoder, net.heads[0], temperature

    def forward(self, pieces: Tensor, marks: Tensor) -> Tensor:
        return self.head(self.encoder(pieces, marks)) / self.temperature


def export_accurate(
    net: Tagging, pieces: Sequence[tuple[str, float]], marks: Mapping[str, int], path: Path, temperature: float
) -> None:
    """Write the accurate tagger as ONNX with weights of 8 bits; its pieces and marks travel with it."""
    product = _Product(net, temperature).eval()
    example = torch.zeros((2, 16), dtype=torch.int64)
    axes = {0: "windows", 1: "pieces"}
    whole = io.BytesIO()
    torch.onnx.export(
        product,
        (example + 5, example),
        whole,
        input_names=["pieces", "marks"],
        output_names=["scores"],
        dynamic_axes={"pieces": axes, "marks": axes, "scores": axes},
        dynamo=False,
    )
    big = path.with_suffix(".float.onnx")
    big.write_bytes(whole.getvalue())
    quantize_dynamic(big, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    big.unlink()
    model = onnx.load(path)
    table = "\n".join(f"{piece}\t{score:.4f}" for piece, score in pieces)
    ordered = sorted(marks, key=lambda mark: marks[mark])
    onnx.helper.set_model_props(model, {"pieces": table, "marks": "\n".join(ordered)})
    onnx.save(model, path)
