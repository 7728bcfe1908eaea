"""Write the convolutions of the fast tagger as a net of whole numbers, in ONNX."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from pipelines.core.entities.tagging.convolution import DILATIONS, DISTANCES

_CELL, _WEIGHT = 255.0, 63.0
"""Activations have 8 bits and weights 7: two products fit 16 bits, where processors without VNNI add them up."""
_OPSET, _IR = 17, 8

Floats = npt.NDArray[np.float32]


class WholeNet:
    """A net under construction; `scale` (width,) turns sums of features into floats.

    Its inputs are `words` (words, width), sums of features in 16 bits, and `beside` (2 x dilations, words): for each of
    `DISTANCES` where the word so far before, and for each where the one so far behind stands, and the number of words
    where the sentence has none; its output are `scores` (words, labels). What the first layer reads beyond a sentence's
    ends are the sums `outside` (width,), all others read zeros.
    """

    def __init__(self, scale: Floats, outside: npt.NDArray[np.int16]) -> None:
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []
        floats = self._node("Cast", "words", to=TensorProto.FLOAT)
        self._state = self._node("Mul", self._node("Relu", floats), self._constant(scale))
        self._width = len(scale)
        self._outside = np.maximum(outside.astype(np.float32), 0) * scale
        self._beside = [
            self._node("Gather", "beside", self._constant(np.array(at)), axis=0) for at in range(2 * len(DISTANCES))
        ]

    def convolve(self, weights: Floats, bias: Floats, most: Floats, dilation: int) -> None:
        """Add what a convolution over three words finds; `weights` (3 * width, width), `most` (width,) per channel."""
        here = self._cut(most)
        outside = np.clip(np.rint(self._outside * (_CELL / most).astype(np.float32)), 0, _CELL).astype(np.uint8)
        self._outside = np.zeros_like(self._outside)
        cells, at = self._node("Concat", here, self._constant(outside[None]), axis=0), DISTANCES.index(dilation)
        before, behind = (self._node("Gather", cells, self._beside[at + part]) for part in (0, len(DISTANCES)))
        triple = self._node("Concat", before, here, behind, axis=1)
        found = self._node("Relu", self._multiply(triple, weights, bias, np.tile(most, 3)))
        self._state = self._node("Add", self._state, found)

    def finish(self, weights: Floats, bias: Floats, most: Floats) -> bytes:
        """Return the net that scores labels: `weights` (width, labels)."""
        scores = self._multiply(self._cut(most), weights, bias, most)
        self._nodes.append(helper.make_node("Identity", [scores], ["scores"]))
        return bytes(self._model(len(bias)).SerializeToString())

    def _model(self, labels: int) -> ModelProto:
        words = helper.make_tensor_value_info("words", TensorProto.INT16, ["words", self._width])
        beside = helper.make_tensor_value_info("beside", TensorProto.INT64, [2 * len(DISTANCES), "words"])
        scores = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["words", labels])
        graph = helper.make_graph(self._nodes, "convolutions", [words, beside], [scores], self._constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)

    def _cut(self, most: Floats) -> str:
        """Cut the state to 8 bits: `most` is each channel's largest number."""
        steps = self._node("Mul", self._state, self._constant((_CELL / most).astype(np.float32)))
        limits = [self._constant(np.array(limit, np.float32)) for limit in (0.0, _CELL)]
        return self._node("Cast", self._node("Clip", self._node("Round", steps), *limits), to=TensorProto.UINT8)

    def _multiply(self, cells: str, weights: Floats, bias: Floats, most: Floats) -> str:
        exact = weights * (most / _CELL)[:, None]
        scales = (np.abs(exact).max(axis=0) / _WEIGHT).astype(np.float32)
        whole = np.rint(exact / scales).astype(np.int8)
        product = self._node("Cast", self._node("MatMulInteger", cells, self._constant(whole)), to=TensorProto.FLOAT)
        scaled = self._node("Mul", product, self._constant(scales))
        return self._node("Add", scaled, self._constant(bias.astype(np.float32)))

    def _constant(self, value: npt.NDArray[np.generic]) -> str:
        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(value, name))
        return name

    def _node(self, kind: str, *inputs: str, **attributes: int) -> str:
        name = f"{kind.lower()}{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name


def build_net(
    scale: Floats, outside: npt.NDArray[np.int16], layers: Sequence[tuple[Floats, Floats]], most: Sequence[Floats]
) -> bytes:
    """Build the net from the weights and bias of each layer, the one that scores labels last.

    `outside` are the sums of features beyond a sentence's ends, `most` holds the largest number in each channel that
    each layer reads.
    """
    net = WholeNet(scale, outside)
    for (weights, bias), largest, dilation in zip(layers[:-1], most[:-1], DILATIONS, strict=True):
        net.convolve(weights, bias, largest, dilation)
    return net.finish(*layers[-1], most[-1])
