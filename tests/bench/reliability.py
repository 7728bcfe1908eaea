"""Say and draw whether what is said to be so likely is right so often."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean

from pipelines.core.entities.model import EntityModel

Judged = Sequence[tuple[float, bool]]
"""How sure each of many things is, and whether it is right."""


def steps_of(judged: Judged, bounds: Sequence[float]) -> Iterator[tuple[float, float, int, float, float]]:
    """Give for each step of confidence its bounds, how many things are in it, the mean said and the share right."""
    for low, high in pairwise(bounds):
        step = [one for one in judged if low <= one[0] < high]
        if step:
            yield low, min(high, 1), len(step), fmean(sure for sure, _ in step), fmean(right for _, right in step)


def show_confidence(kind: str, judged: Judged, bounds: Sequence[float]) -> None:
    """Print how sure things are, and how many are right."""
    for low, high, count, said, right in steps_of(judged, bounds):
        print(f"    said {low:.2f} to {high:.2f}: {count:4} {kind}, mean {said:.2f}, right {right:.2f}")


def plot_reliability(judged: Mapping[str, Mapping[EntityModel, Judged]], bounds: Sequence[float], path: Path) -> None:
    """Draw for each kind what share is right against what is said; a dot's size tells of how many."""
    from matplotlib import pyplot  # only who trains models has it

    size = 4.5 if len(judged) == 1 else 3
    figure, panels = pyplot.subplots(1, len(judged), figsize=(size * len(judged), size), layout="constrained")
    for axes, (title, models) in zip([panels] if len(judged) == 1 else panels, judged.items(), strict=True):
        axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
        for model, things in models.items():
            _, _, sizes, said, right = zip(*steps_of(things, bounds), strict=True)
            axes.plot(said, right, linewidth=1)
            axes.scatter(said, right, s=[size / 2 for size in sizes], label=model)
        axes.set(xlabel="said", ylabel="right", title=title, xlim=(0, 1), ylim=(0, 1))
        axes.legend()
    figure.savefig(path, dpi=110, metadata={"Software": None})
