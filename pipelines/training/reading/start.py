"""Put a shipped accurate model back into the form that is trained."""

import io
import re
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper

from pipelines.core.entities.tagging.decode import LABELS
from pipelines.core.entities.tagging.pieces import Pieces
from pipelines.core.entities.tagging.voting import FLAGS
from pipelines.training.reading.net import ReadingNet, restore_roles
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
    """Go on from an `accurate.onnx`: its weights in floats, and its heads; those it lacks are new.

    The head of an older one, which read names only, is taken for the first two corpora.
    """
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
    values = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    state, weights, bias = _state(model, values)
    encoder = Encoder(len(state["words.weight"]), LAYERS)
    encoder.load_state_dict({name: torch.from_numpy(value.copy()) for name, value in state.items()})
    torch.manual_seed(1)
    net = ReadingNet(encoder, labels, len(FLAGS))
    with torch.no_grad():
        for head in list(net.heads)[:2]:
            head.weight.copy_(torch.from_numpy(weights))
            head.bias.copy_(torch.from_numpy(bias.copy()))
    if "net.heads_trigger.bias" in values:
        net.load_state_dict(_heads(values), strict=False)
        about = {one.key: one.value for one in model.metadata_props}
        restore_roles(net.heads_role, np.load(io.BytesIO(b64decode(about["roles"]))))
    return net


def _heads(values: Mapping[str, npt.NDArray[Any]]) -> dict[str, torch.Tensor]:
    """Return the heads of a model that reads events too, in floats, but for the tables of roles."""
    heads = ("heads.0", "heads.1", "heads_trigger", "heads_flags", "heads_role.word", "heads_role.trigger")
    state = {f"{head}.weight": _floats(values, f"net.{head}.weight_Transposed_quantized").T for head in heads}
    state |= {f"{head}.bias": np.asarray(values[f"net.{head}.bias"], np.float32) for head in heads}
    return {name: torch.from_numpy(value.copy()) for name, value in state.items()}


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


def _state(model: onnx.ModelProto, values: Mapping[str, npt.NDArray[Any]]) -> tuple[dict[str, Floats], Floats, Floats]:
    """Return the encoder's weights, and weights and bias of its head of names, all in floats."""
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
    name = next(name for name in values if re.search(r"head(s\.0)?\.bias$", name))
    bias = np.asarray(values[name], np.float32)
    return state, next(head for head in heads if len(head) == len(LABELS)), bias


def _floats(values: Mapping[str, npt.NDArray[Any]], name: str) -> Floats:
    """Turn a tensor of 8 bits back into floats."""
    base = name.removesuffix("_quantized")
    whole = values[name].astype(np.float32) - values[f"{base}_zero_point"].astype(np.float32)
    return np.asarray(whole * values[f"{base}_scale"].astype(np.float32), np.float32)
