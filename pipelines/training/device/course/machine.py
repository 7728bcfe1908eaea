"""The machine that the course runs on: a GPU, or the processor where there is none."""

import time
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
_BEGAN = time.monotonic()


def say(*what: object) -> None:
    """Print a line with the seconds since the beginning."""
    print(f"[{time.monotonic() - _BEGAN:6.1f}]", *what, flush=True)


def half_precision() -> Any:
    """Return a context in which products are taken in bfloat16 on a GPU; on a processor it changes nothing."""
    return torch.autocast(DEVICE.type, torch.bfloat16, enabled=DEVICE.type == "cuda")


def tensor(values: npt.NDArray[Any]) -> Tensor:
    """Bring an array to the device."""
    return torch.from_numpy(np.ascontiguousarray(values)).to(DEVICE)
