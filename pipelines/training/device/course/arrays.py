"""Arrays in files of a bounded size, and weights as numbers of 8 bits."""

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]
T = TypeVar("T")
CONTENTS = "contents.json"
_BLOCK, _MOST, _LEAST, _AGAIN = 64, 127.0, 1e-6, 0.5
_WHOLE, _SCALES = ".whole", ".scales"


def quantize(state: Arrays, least: int, others: npt.DTypeLike = np.float32) -> dict[str, Array]:
    """Return weights with the matrices of at least `least` numbers in 8 bits, the others as they are.

    64 numbers side by side share a scale of 16 bits: on average a number moves by a 500th of the largest beside it.
    """
    found: dict[str, Array] = {}
    for name, values in state.items():
        if values.ndim == 2 and values.size >= least and values.shape[1] % _BLOCK == 0:
            blocks = values.astype(np.float32).reshape(len(values), -1, _BLOCK)
            scales = np.maximum(np.abs(blocks).max(2, keepdims=True) / _MOST, _LEAST).astype(np.float16)
            whole = np.clip(np.rint(blocks / scales.astype(np.float32)), -_MOST, _MOST).astype(np.int8)
            found |= {name + _WHOLE: whole.reshape(values.shape), name + _SCALES: scales[:, :, 0]}
        else:
            found[name] = values.astype(others)
    return found


def restore(arrays: Arrays) -> dict[str, npt.NDArray[np.float32]]:
    """Return weights in floats that `quantize` gave."""
    found: dict[str, npt.NDArray[np.float32]] = {}
    for name, values in arrays.items():
        if name.endswith(_WHOLE):
            base = name.removesuffix(_WHOLE)
            blocks = values.astype(np.float32).reshape(len(values), -1, _BLOCK)
            found[base] = (blocks * arrays[base + _SCALES].astype(np.float32)[:, :, None]).reshape(values.shape)
        elif not name.endswith(_SCALES):
            found[name] = values.astype(np.float32)
    return found


def rename(state: Mapping[str, T], leads: Mapping[str, str]) -> dict[str, T]:
    """Return weights whose names that begin with a lead begin otherwise.

    >>> rename({"heads.0.bias": 1, "other": 2}, {"heads": "heads.names"})
    {'heads.names.0.bias': 1, 'other': 2}
    """
    found = {}
    for name, value in state.items():
        lead = next((lead for lead in leads if name.startswith(f"{lead}.")), "")
        found[leads[lead] + name.removeprefix(lead) if lead else name] = value
    return found


def write(folder: Path, name: str, arrays: Arrays, most: int, save: Callable[..., None] = np.savez) -> list[Path]:
    """Write `name.0.npz` and so on, each of at most `most` bytes before it is compressed by `save`.

    An array stands in one file whole: one that is larger makes its file so. A file appears when it is complete.
    """
    parts: list[dict[str, Array]] = [{}]
    for key, values in arrays.items():
        if parts[-1] and sum(one.nbytes for one in parts[-1].values()) + values.nbytes > most:
            parts.append({})
        parts[-1][key] = values
    paths = [folder / f"{name}.{number}.npz" for number in range(len(parts))]
    for path, part in zip(paths, parts, strict=True):
        with path.with_suffix(".part").open("wb") as out:
            save(out, allow_pickle=False, **part)
        path.with_suffix(".part").replace(path)
    return paths


def read(paths: list[Path]) -> dict[str, Array]:
    """Return all arrays of files that `write` wrote."""
    found: dict[str, Array] = {}
    for path in paths:
        with np.load(path, allow_pickle=False) as arrays:
            found |= dict(arrays)
    return found


class Carried:
    """The files that `pack` wrote, in folders of which each is carried to the device by a call of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (contents,) = folder.glob(f"*/{CONTENTS}")
        self.hashes: dict[str, str] = json.loads(contents.read_text("utf-8"))

    def arrays(self, name: str) -> dict[str, Array]:
        """Return the arrays of that name; waits until all its files are there, whole."""
        wanted = [file for file in self.hashes if file.split(".")[0] == name]
        if not wanted:
            raise KeyError(f"{name} is in no part")
        return read([self._wait(file) for file in wanted])

    def _wait(self, file: str) -> Path:
        part = file_part(self.hashes[file])
        path, told = self.folder / part / file, False
        while not path.exists() or hash_of(path) != self.hashes[file].split()[1]:
            if not told:
                print(f"waiting for {file} of part {part}", flush=True)
            told = True
            time.sleep(_AGAIN)
        return path


def file_part(entry: str) -> str:
    """Return the part that a line of the contents names."""
    return entry.split(maxsplit=1)[0]


def hash_of(path: Path) -> str:
    """Return a file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
