"""The machine that the course runs on: a GPU, or the processor where there is none."""

import time
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
HALVES = DEVICE.type == "cuda" or torch.cpu._is_amx_tile_supported()
"""Whether products are quicker in bfloat16: on a GPU, and on a processor with AMX."""
_BYTE, _SEED = 256, 1
_BEGAN, _random = time.monotonic(), np.random.Generator(np.random.SFC64(_SEED))


def say(*what: object) -> None:
    """Print a line with the seconds since the beginning."""
    print(f"[{time.monotonic() - _BEGAN:6.1f}]", *what, flush=True)


def half_precision() -> Any:
    """Return a context in which products are taken in bfloat16, where that is quicker."""
    return torch.autocast(DEVICE.type, torch.bfloat16, enabled=HALVES)


def drop(state: Tensor, share: float, training: bool) -> Tensor:
    """Drop a share of the numbers while training; on a processor by random bytes, which cost less than floats."""
    if DEVICE.type == "cuda" or not training or not share:
        return functional.dropout(state, share, training)
    kept = round(_BYTE * (1 - share))
    mask = torch.from_numpy(np.frombuffer(_random.bytes(state.numel()), np.uint8) < kept).view(state.shape)
    return state * (mask.to(state.dtype) * (_BYTE / kept))


def tensor(values: npt.NDArray[Any]) -> Tensor:
    """Bring an array to the device."""
    return torch.from_numpy(np.ascontiguousarray(values)).to(DEVICE)
