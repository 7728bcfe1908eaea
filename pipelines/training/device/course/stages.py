"""What all stages share: the material, each one's seconds, and what they leave."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from pipelines.training.device.course.arrays import quantize, write
from pipelines.training.device.course.heads import LABELS
from pipelines.training.device.course.learning import Plan
from pipelines.training.device.course.machine import say
from pipelines.training.device.course.material import Material, load
from pipelines.training.device.course.readers import EncoderReader

SECONDS = {
    "adapt-e5": 110,
    "teach-e5": 40,
    "adapt-bert": 150,
    "teach-bert-1": 36,
    "teach-bert-2": 36,
    "label": 55,
    "learn-accurate": 3_000,
    "distil-fast": 80,
    "distil-accurate": 110,
}
RESULT_BYTES, TABLE = 16_000_000, 1_500_000
"""A file of results has at most so many bytes; matrices from so many numbers on are kept in 8 bits."""
ENDLESS, _STEPS = 10**9, 2


@dataclass
class Course:
    """The material, where stages leave what they made, and how much of each one's seconds is taken.

    A rehearsal takes two steps a stage, of small batches.
    """

    material: Material
    work: Path
    results: Path
    scale: float = 1.0
    rehearsal: bool = False

    def plan(self, stage: str, steps: int, rate: float, head_rate: float, **more: float) -> Plan:
        """Return a stage's plan: its seconds, scaled."""
        if self.rehearsal:
            return Plan(1e9, _STEPS, rate, head_rate, **more)
        return Plan(SECONDS[stage] * self.scale, steps, rate, head_rate, **more)

    def size(self, size: int) -> int:
        """Return how large a batch is."""
        return max(2, size // 100) if self.rehearsal else size

    def kept(self, stage: str) -> Path:
        """Return the file that a stage leaves."""
        return self.work / f"{stage}.pt"

    def keep(self, stage: str, made: Any) -> None:
        """Leave what a stage made; the file appears when it is whole."""
        part = self.kept(stage).with_suffix(".part")
        torch.save(made, part)
        part.replace(self.kept(stage))

    def give(self, stage: str, name: str, net: nn.Module) -> None:
        """Write a net's weights to the results, and note that the stage is done."""
        state = {key: value.float().cpu().numpy() for key, value in net.state_dict().items()}
        paths = write(self.results, name, quantize(state, TABLE, np.float16), RESULT_BYTES)
        self.keep(stage, len(paths))
        say(f"{name} is written: {sum(path.stat().st_size for path in paths) / 1e6:.1f} MB in {len(paths)} files")

    def teachers(self) -> list[EncoderReader]:
        """Return those that have been taught."""
        material, found = self.material, []
        for stage in ("teach-e5", "learn-accurate"):
            if self.kept(stage).exists():
                found.append(material.reader(material.e5(), material.e5_pieces, material.label_counts))
                found[-1].load_state_dict(load(self.kept(stage)))
        for stage in ("teach-bert-1", "teach-bert-2"):
            if self.kept(stage).exists():
                weights = load(self.kept(stage))
                encoder = material.bert({key.removeprefix("encoder."): value for key, value in weights.items()})
                found.append(material.reader(encoder, material.bert_pieces, [LABELS]))
                found[-1].load_state_dict(weights)
        return found
