"""The loop that all training shares: steps, a learning rate that rises and falls, a bar, a file to go on from."""

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from torch import Tensor, nn

_WARM, _SAVED, _SHOWN = 0.08, 300, 20


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
) -> None:
    """Take `steps` steps of AdamW; goes on from `path` where an earlier run was cut off, and removes it at the end."""
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (_WARM * steps), max(0.0, 1 - step / steps) / (1 - _WARM))
    )
    first = _resume(path, net, optimizer, schedule)
    deque(islice(batches, first), maxlen=0)  # what was read before the stop
    net.train()
    mean = 0.0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns) as bars:
        bar = bars.add_task(name, total=steps, completed=first)
        for step in range(first, steps):
            found = loss(next(batches))
            found.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            mean += (found.item() - mean) / min(step - first + 1, 100)
            if step % _SHOWN == 0:
                bars.update(bar, completed=step + 1, description=f"{name}, loss {mean:.3f}")
            if step % _SAVED == _SAVED - 1:
                _save(path, net, optimizer, schedule, step + 1)
    path.unlink(missing_ok=True)


def _save(path: Path, net: nn.Module, optimizer: Any, schedule: Any, step: int) -> None:
    state = {
        "net": net.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "step": step,
    }
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def _resume(path: Path, net: nn.Module, optimizer: Any, schedule: Any) -> int:
    if not path.exists():
        return 0
    state = torch.load(path)
    net.load_state_dict(state["net"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return int(state["step"])
