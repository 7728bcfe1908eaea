"""The loop that all stages share: steps for so many seconds, a rate that rises and falls, the mean of the weights."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from pipelines.training.device.course.machine import DEVICE, half_precision, say

_BETAS, _DECAY, _CLIPPED, _LOWEST, _SHOWN = (0.9, 0.98), 0.01, 1.0, 0.01, 100
_OWN_RATE = ("heads.", "marks", "turn")


@dataclass(frozen=True)
class Plan:
    """How a stage is trained: for so many seconds or `steps`, whichever is over first.

    `rate` is the highest learning rate of what was read before, `head_rate` that of heads; `mean` is how much of the
    mean of the weights is kept at each step (0: the last weights count), `warm` the share in which the rate rises.
    """

    seconds: float
    steps: int
    rate: float
    head_rate: float
    mean: float = 0.0
    warm: float = 0.06

    def share(self, done: float) -> float:
        """Return the share of the highest rate when `done` (0 to 1) of the stage is over."""
        return max(_LOWEST, min(done / self.warm, (1 - done) / (1 - self.warm)))


class Mean:
    """The mean of the weights over the last steps (Polyak & Juditsky 1992)."""

    def __init__(self, net: nn.Module, kept: float) -> None:
        self._weights = [weight for weight in net.parameters() if weight.requires_grad]
        self._means, self._kept, self._step = [weight.detach().clone() for weight in self._weights], kept, 0

    def follow(self) -> None:
        """Move towards the weights; in the first steps faster."""
        self._step += 1
        moved = 1 - min(self._kept, (1 + self._step) / (10 + self._step))
        with torch.no_grad():
            for mean, weight in zip(self._means, self._weights, strict=True):
                mean.lerp_(weight, moved)

    def take(self) -> None:
        """Put the mean into the net."""
        with torch.no_grad():
            for weight, mean in zip(self._weights, self._means, strict=True):
                weight.copy_(mean)


def groups_of(net: nn.Module, plan: Plan) -> list[dict[str, Any]]:
    """Give heads, marks and new layers their own rate, and decay matrices only."""
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, weight in net.named_parameters():
        peak = plan.head_rate if any(part in name for part in _OWN_RATE) else plan.rate
        groups.setdefault((peak, _DECAY if weight.ndim > 1 else 0.0), []).append(weight)
    return [{"params": own, "peak": peak, "weight_decay": decay} for (peak, decay), own in groups.items()]


def learn(name: str, net: nn.Module, loss: Callable[[], Tensor], plan: Plan) -> int:
    """Take steps of AdamW until the plan is over, and return how many.

    The rate follows the share of the seconds, or of the steps, that is over. Raises FloatingPointError where the loss
    is no number any more.
    """
    optimizer = torch.optim.AdamW(groups_of(net, plan), betas=_BETAS, fused=DEVICE.type == "cuda")
    mean = Mean(net, plan.mean) if plan.mean else None
    net.train()
    began, step, losses = time.monotonic(), 0, torch.zeros((), device=DEVICE)
    while (done := max((time.monotonic() - began) / plan.seconds, step / plan.steps)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * plan.share(done)
        losses += _step(net, loss, optimizer)
        if mean:
            mean.follow()
        step += 1
        if step % _SHOWN == 0:
            _show(name, step, done, losses)
    if step % _SHOWN:
        _show(name, step, done, losses)
    if mean:
        mean.take()
    net.eval()
    return step


def _step(net: nn.Module, loss: Callable[[], Tensor], optimizer: Any) -> Tensor:
    with half_precision():
        found = loss()
    found.backward()
    nn.utils.clip_grad_norm_(net.parameters(), _CLIPPED)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return found.detach()


def _show(name: str, step: int, done: float, losses: Tensor) -> None:
    """Print the mean loss of the steps since the last line; waits for the device, so that the clock is right."""
    mean = losses.item() / (step % _SHOWN or _SHOWN)
    if math.isnan(mean):
        raise FloatingPointError(f"{name}: the loss is no number at step {step}")
    say(name, f"step {step}, {done:.0%} over, loss {mean:.4f}")
    losses.zero_()
