"""Put a shipped accurate model back into the form that is trained."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper

from pipelines.core.entities.tagging.decode import LABELS
from pipelines.core.entities.tagging.pieces import Pieces
from pipelines.core.entities.tagging.tellings import FLAGS
from pipelines.training.reading.net import ReadingNet
from pipelines.training.scores import DEV
from pipelines.training.tagger.batches import Example, cut_examples
from pipelines.training.tagger.encoder import Encoder
from pipelines.training.tagger.material import Sentence, read_labelled

LAYERS = 8
CORPORA = ("cleananercorp", "aqmar", "caraner", "newsfane_gold")
_SHUFFLED = "caraner"  # its sentences come in no order: none is read with another
_TWICE = "cleananercorp"

Floats = npt.NDArray[np.float32]


class Accurate(NamedTuple):
    """The net, its pieces and marks, and windows of the other corpora's names."""

    net: ReadingNet
    table: list[tuple[str, float]]
    encode: Callable[[str], Sequence[int]]
    marks: dict[str, int]
    others: list[Example]


def load_accurate(path: Path, data: Path) -> Accurate:
    """Go on from an `accurate.onnx`: its weights in floats, its head of names for the first two corpora."""
    model = onnx.load(path)
    about = {one.key: one.value for one in model.metadata_props}
    table = [(line.rsplit("\t", 1)[0], float(line.rsplit("\t", 1)[1])) for line in about["pieces"].split("\n")]
    marks = {mark: number for number, mark in enumerate(about["marks"].split("\n"), start=1)}
    encode = lru_cache(maxsize=None)(Pieces(table).encode)
    corpora = [read_labelled(data, name, DEV, own=place > 0) for place, name in enumerate(CORPORA)]
    kinds = [list(LABELS)]
    kinds += [["O", *sorted({tag for _, tags in pairs for tag in tags} - {"O"})] for pairs in corpora[1:]]
    net = _load_net(model, [len(LABELS), *map(len, kinds)])
    return Accurate(net, table, encode, marks, _examples(corpora, kinds, encode, marks))


def _load_net(model: onnx.ModelProto, labels: Sequence[int]) -> ReadingNet:
    state, weights, bias = _state(model)
    encoder = Encoder(len(state["words.weight"]), LAYERS)
    encoder.load_state_dict({name: torch.from_numpy(value.copy()) for name, value in state.items()})
    torch.manual_seed(1)
    net = ReadingNet(encoder, labels, len(FLAGS))
    with torch.no_grad():
        for head in list(net.heads)[:2]:
            head.weight.copy_(torch.from_numpy(weights))
            head.bias.copy_(torch.from_numpy(bias.copy()))
    return net


def _examples(
    corpora: Sequence[Sequence[Sentence]],
    kinds: Sequence[list[str]],
    encode: Callable[[str], Sequence[int]],
    marks: dict[str, int],
) -> list[Example]:
    """Cut the corpora into windows, each for its own head; the first corpus counts twice."""
    examples: list[Example] = []
    for head, (name, pairs, labels) in enumerate(zip(CORPORA, corpora, kinds, strict=True), start=1):
        for part in [[pair] for pair in pairs] if name == _SHUFFLED else [pairs]:
            numbers = [labels.index(tag) for _, tags in part for tag in tags]
            cut = list(cut_examples([words for words, _ in part], numbers, head, encode, marks))
            examples += cut * (2 if name == _TWICE else 1)
    return examples


def _state(model: onnx.ModelProto) -> tuple[dict[str, Floats], Floats, Floats]:
    """Return the encoder's weights, and weights and bias of its head of names, all in floats."""
    values = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    norm = next(name for name in values if re.fullmatch(r"(net\.)?encoder\.norm\.weight", name))
    lead = norm.removesuffix("norm.weight")
    state = {
        name.removeprefix(lead): value
        for name, value in values.items()
        if name.startswith(lead) and value.dtype == np.float32 and not name.endswith("_scale")
    }
    heads: list[Floats] = []
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            weights = _floats(values, node.input[1]).T
            layer = re.search(r"encoder/layers\.(\d+)/(\w+)/MatMul", node.name)
            if layer:
                state[f"layers.{layer[1]}.{layer[2]}.weight"] = weights
            else:
                heads.append(weights)
    for table in ("words", "marks"):
        state[f"{table}.weight"] = _floats(values, f"{lead}{table}.weight_quantized")
    bias = next(value for name, value in values.items() if re.search(r"head(s\.0)?\.bias$", name))
    return state, next(head for head in heads if len(head) == len(LABELS)), bias


def _floats(values: Mapping[str, npt.NDArray[np.generic]], name: str) -> Floats:
    """Turn a tensor of 8 bits back into floats."""
    base = name.removesuffix("_quantized")
    whole = values[name].astype(np.float32) - values[f"{base}_zero_point"].astype(np.float32)
    return np.asarray(whole * values[f"{base}_scale"].astype(np.float32), np.float32)
