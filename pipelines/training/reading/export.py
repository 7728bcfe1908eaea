"""Write the trained net in the form that is shipped: ONNX with weights of 8 bits."""

import io
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from pipelines.core.events.event import TYPES
from pipelines.training.reading.distil import Taught
from pipelines.training.reading.net import ReadingNet, RoleHead
from pipelines.training.reading.same import blank_arrays
from pipelines.training.reading.student import Student, Vocabulary, lay_out
from pipelines.training.tagger.whole_net import build_net

_EXAMPLE, _WHOLE, _CELL, _WEIGHT, _CLIPPED, _LEAST = 16, 127.0, 255.0, 63.0, 0.9999, 1e-3
OUTPUTS = ("names", "events", "word_vectors", "trigger_vectors")
OWN, OWN_FAST, LEAST_ACCURATE, LEAST_FAST, SEEN = 0.7, 0.5, 0.3, 0.3, 300
"""The share of the labels' own head of names, how likely a trigger must be (from dev), articles to measure on."""

Floats = npt.NDArray[np.float32]


class _Shipped(nn.Module):
    """The net as the product asks it: of words by the number of their first piece in all windows together."""

    def __init__(self, net: ReadingNet, own: float, heat: float) -> None:
        super().__init__()
        self.net, self.own, self.heat = net, own, heat

    def forward(self, pieces: Tensor, marks: Tensor, words: Tensor) -> tuple[Tensor, ...]:
        state = self.net.encoder(pieces, marks).flatten(0, 1)[words]
        said = [functional.log_softmax(head(state), -1) for head in list(self.net.heads)[:2]]
        names = said[0] * self.own + said[1] * (1 - self.own)
        events = torch.cat([self.net.heads_trigger(state) / self.heat, self.net.heads_flags(state)], -1)
        return names, events, self.net.heads_role.word(state), self.net.heads_role.trigger(state)


def role_arrays(head: RoleHead, most: Floats | None = None) -> dict[str, npt.NDArray[np.generic]]:
    """Return what `RoleScorer` needs beside the vectors of words and triggers.

    With the largest number `most` of each channel the weights are whole numbers of 7 bits, for numbers of 8.
    """
    weights, scales, steps = _array(head.out.weight.T), np.ones(1, np.float32), np.zeros(0, np.float32)
    if most is not None:
        exact = weights * (most / _CELL)[:, None]
        scales, steps = (np.abs(exact).max(axis=0) / _WEIGHT).astype(np.float32), (_CELL / most).astype(np.float32)
        weights = np.rint(exact / scales)
    return {
        "kinds": _array(head.kind.weight),
        "distances": _array(head.distance.weight),
        "where": _array(head.where.weight),
        "role_weights": weights.astype(np.float32 if most is None else np.int8),
        "role_bias": _array(head.out.bias),
        "role_steps": steps,
        "role_scales": scales,
    }


def _array(tensor: Tensor) -> Floats:
    values: Floats = tensor.detach().numpy().astype(np.float32)
    return values


def export_accurate(
    net: ReadingNet,
    pieces: Sequence[tuple[str, float]],
    marks: Mapping[str, int],
    path: Path,
    own: float,
    heat: float,
    least: float,
) -> None:
    """Write the accurate model; its pieces, marks and the tables of its roles travel with it.

    Which tellings are one event it learns behind that (`same.py`).

    `own` is the share of the reading labels' head in the names, `heat` divides the scores of triggers, `least` is how
    likely a trigger has to be.
    """
    big = path.with_suffix(".float.onnx")
    big.write_bytes(_trace(_Shipped(net, own, heat).eval()))
    quantize_dynamic(big, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    big.unlink()
    model = onnx.load(path)
    held = io.BytesIO()
    pairs = role_arrays(net.heads_role) | blank_arrays(2 * net.heads_role.word.out_features)
    np.savez(held, allow_pickle=False, **pairs)
    about = {
        "pieces": "\n".join(f"{piece}\t{score:.4f}" for piece, score in pieces),
        "marks": "\n".join(sorted(marks, key=lambda mark: marks[mark])),
        "roles": b64encode(held.getvalue()).decode(),
        "least": f"{least:.3f}",
    }
    onnx.helper.set_model_props(model, about)
    onnx.save(model, path)


def _trace(shipped: _Shipped) -> bytes:
    example = torch.zeros((2, _EXAMPLE), dtype=torch.int64)
    axes = {name: {0: "windows", 1: "pieces"} for name in ("pieces", "marks")}
    axes |= {name: {0: "words"} for name in ("firsts", *OUTPUTS)}
    whole = io.BytesIO()
    torch.onnx.export(
        shipped,
        (example + 5, example, torch.arange(_EXAMPLE)),
        whole,
        input_names=["pieces", "marks", "firsts"],
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        dynamo=False,
    )
    return whole.getvalue()


def export_fast(
    student: Student,
    vocabulary: Vocabulary,
    seen: Sequence[Taught],
    path: Path,
    own: float,
    heat: float,
    least: float,
) -> None:
    """Write the fast model in whole numbers; `own`, `heat` and `least` as in `export_accurate`.

    What its layers read of the articles `seen` says how large the numbers grow that 8 bits have to hold.
    """
    vectors = _array(student.features.weight)
    scale = np.quantile(np.abs(vectors), _CLIPPED, axis=0).astype(np.float32) / _WHOLE
    layers = [(_array(layer.weight.T), _array(layer.bias)) for layer in student.layers]
    layers.append(_outputs(student, own, heat))
    states, joined = _states(student, seen)
    marks = np.rint(_array(student.marks.weight)[: len(vocabulary.marks)] / scale).astype(np.int16)
    np.savez_compressed(
        path,
        allow_pickle=False,
        features=_bytes(vocabulary.features),
        vectors=np.clip(np.rint(vectors / scale), -_WHOLE, _WHOLE).astype(np.int8),
        marks=_bytes(list(vocabulary.marks)),
        mark_vectors=marks,
        net=np.frombuffer(build_net(scale, marks[list(vocabulary.marks).index("-")], layers, states), np.uint8),
        least=np.float32(least),
        **role_arrays(student.role, joined),
        **blank_arrays(2 * student.role.word.out_features),
    )


def _outputs(student: Student, own: float, heat: float) -> tuple[Floats, Floats]:
    """Put the heads side by side: names, triggers, flags, and the vectors of words and triggers."""
    heads = (student.events, student.role.word, student.role.trigger)
    weights, biases = [_array(head.weight.T) for head in heads], [_array(head.bias) for head in heads]
    weights[0][:, : 1 + len(TYPES)] /= heat
    biases[0][: 1 + len(TYPES)] /= heat
    names = [_array(student.names.weight.T), _array(student.names_before.weight.T)]
    weights.insert(0, own * names[0] + (1 - own) * names[1])
    biases.insert(0, own * _array(student.names.bias) + (1 - own) * _array(student.names_before.bias))
    return np.concatenate(weights, axis=1), np.concatenate(biases)


def _states(student: Student, seen: Sequence[Taught]) -> tuple[list[Floats], Floats]:
    """Return the largest number of each channel: of what each layer reads, and of the sums that roles are read from."""
    student.eval()
    with torch.no_grad():
        states = student.read([taught.lesson for taught in seen])
        most = [np.maximum(np.quantile(state.numpy(), _CLIPPED, axis=0), _LEAST).astype(np.float32) for state in states]
        shifts = np.cumsum([0, *(taught.size for taught in seen)]).tolist()
        found = [(at, told.stretched) for at, taught in zip(shifts, seen, strict=False) for told in taught.told]
        pairs = lay_out(found)
        sums = student.role.join(states[-1][pairs.words], states[-1][pairs.triggers], *pairs[1:2], *pairs[3:])
        cells = torch.relu(sums).flatten(0, 1).numpy()
    return most, np.maximum(np.quantile(cells, _CLIPPED, axis=0), _LEAST).astype(np.float32)


def _bytes(lines: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)
