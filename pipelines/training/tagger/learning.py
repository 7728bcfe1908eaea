"""The loop that all training shares: steps, a learning rate that rises and falls, a bar, a file to go on from."""

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import torch
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from torch import Tensor, nn

_WARM, _SAVED, _SHOWN = 0.06, 100, 20


class Averages(Protocol):
    """What follows a net's weights while it is trained."""

    net: nn.Module

    def follow(self, net: nn.Module, step: int) -> None:
        """Take the net's weights after a step into account."""


def parameter_groups(net: nn.Module, rate: float, head_rate: float) -> list[dict[str, Any]]:
    """Give heads and marks their own learning rate, and decay matrices only."""
    return [
        {
            "params": [parameter],
            "lr": head_rate if name.startswith("heads") or "marks" in name else rate,
            "weight_decay": 0.01 if parameter.ndim > 1 else 0.0,
        }
        for name, parameter in net.named_parameters()
    ]


def learn(
    name: str,
    net: nn.Module,
    groups: list[dict[str, Any]],
    batches: Iterator[Any],
    loss: Callable[[Any], Tensor],
    steps: int,
    path: Path,
    mean_net: Averages | None = None,
) -> None:
    """Take `steps` steps of AdamW; goes on from `path` where an earlier run was cut off, and removes it at the end.

    `mean_net` follows the net's weights.
    """
    optimizer, schedule = _optimizer(groups, steps)
    kept = {"net": net, "optimizer": optimizer, "schedule": schedule} | ({"mean": mean_net.net} if mean_net else {})
    first = _resume(path, kept)
    deque(islice(batches, first), maxlen=0)  # what was read before the stop
    net.train()
    mean = 0.0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns) as bars:
        bar = bars.add_task(name, total=steps, completed=first)
        for step in range(first, steps):
            found = _step(net, loss(next(batches)), optimizer, schedule)
            if mean_net:
                mean_net.follow(net, step)
            mean += (found - mean) / min(step - first + 1, 100)
            if step % _SHOWN == 0:
                bars.update(bar, completed=step + 1, description=f"{name}, loss {mean:.3f}")
            if step % _SAVED == _SAVED - 1:
                _save(path, kept, step + 1)
    path.unlink(missing_ok=True)


def _optimizer(groups: list[dict[str, Any]], steps: int) -> tuple[Any, Any]:
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (_WARM * steps), max(0.0, 1 - step / steps) / (1 - _WARM))
    )
    return optimizer, schedule


def _step(net: nn.Module, found: Tensor, optimizer: Any, schedule: Any) -> float:
    """Take a step and return the loss."""
    found.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    schedule.step()
    return float(found.item())


def _save(path: Path, kept: dict[str, Any], step: int) -> None:
    torch.save({name: one.state_dict() for name, one in kept.items()} | {"step": step}, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def _resume(path: Path, kept: dict[str, Any]) -> int:
    if not path.exists():
        return 0
    state = torch.load(path)
    for name, one in kept.items():
        one.load_state_dict(state[name])
    return int(state["step"])
