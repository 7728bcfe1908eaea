"""Write the convolutions of the fast tagger as a net of whole numbers, in ONNX."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from pipelines.core.entities.tagging.convolution import DILATIONS

_CELL, _WEIGHT = 255.0, 63.0
"""Activations have 8 bits and weights 7: two products fit 16 bits, where processors without VNNI add them up."""
_OPSET, _IR = 17, 8

Floats = npt.NDArray[np.float32]


class WholeNet:
    """A net under construction; `scale` (width,) turns sums of features into floats.

    Its inputs are `words` (places, width), sums of features in 16 bits, and `inside` (places, 1), 1 where a word stands
    and 0 in the gaps between sentences; its output are `scores` (places, labels).
    """

    def __init__(self, scale: Floats) -> None:
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []
        floats = self._node("Cast", "words", to=TensorProto.FLOAT)
        self._state = self._node("Mul", self._node("Relu", floats), self._constant(scale))
        self._width = len(scale)

    def convolve(self, weights: Floats, bias: Floats, most: Floats, dilation: int) -> None:
        """Add what a convolution over three words finds; `weights` (3 * width, width), `most` (width,) per channel."""
        here = self._cut(most)
        gap = self._constant(np.zeros((dilation, self._width), np.uint8))
        left = self._node("Concat", gap, self._slice(here, 0, -dilation), axis=0)
        right = self._node("Concat", self._slice(here, dilation, np.iinfo(np.int64).max), gap, axis=0)
        triple = self._node("Concat", left, here, right, axis=1)
        found = self._node("Relu", self._multiply(triple, weights, bias, np.tile(most, 3)))
        self._state = self._node("Mul", self._node("Add", self._state, found), "inside")

    def finish(self, weights: Floats, bias: Floats, most: Floats) -> bytes:
        """Return the net that scores labels: `weights` (width, labels)."""
        scores = self._multiply(self._cut(most), weights, bias, most)
        self._nodes.append(helper.make_node("Identity", [scores], ["scores"]))
        return bytes(self._model(len(bias)).SerializeToString())

    def _model(self, labels: int) -> ModelProto:
        words = helper.make_tensor_value_info("words", TensorProto.INT16, ["places", self._width])
        inside = helper.make_tensor_value_info("inside", TensorProto.FLOAT, ["places", 1])
        scores = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["places", labels])
        graph = helper.make_graph(self._nodes, "convolutions", [words, inside], [scores], self._constants)
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

    def _slice(self, name: str, first: int, last: int) -> str:
        bounds = [self._constant(np.array([bound], np.int64)) for bound in (first, last, 0)]
        return self._node("Slice", name, *bounds)

    def _constant(self, value: npt.NDArray[np.generic]) -> str:
        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(value, name))
        return name

    def _node(self, kind: str, *inputs: str, **attributes: int) -> str:
        name = f"{kind.lower()}{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name


def build_net(scale: Floats, layers: Sequence[tuple[Floats, Floats]], most: Sequence[Floats]) -> bytes:
    """Build the net from the weights and bias of each layer, the one that scores labels last.

    `most` holds the largest number in each channel that each layer reads.
    """
    net = WholeNet(scale)
    for (weights, bias), largest, dilation in zip(layers[:-1], most[:-1], DILATIONS, strict=True):
        net.convolve(weights, bias, largest, dilation)
    return net.finish(*layers[-1], most[-1])
