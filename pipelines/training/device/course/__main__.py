"""Run the course: `python -m pipelines.training.device.course FOLDER`, where only torch and numpy are.

FOLDER holds the parts that `python -m pipelines.training.device pack` wrote, each carried or still to come: a stage
waits for what it needs. Stages leave what they made in FOLDER/work and what is to be taken home in FOLDER/results; one
that has left something is not run again.
"""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pipelines.training.device.course.arrays import Carried
from pipelines.training.device.course.distilling import distil_accurate, distil_fast
from pipelines.training.device.course.machine import DEVICE, say
from pipelines.training.device.course.material import Material
from pipelines.training.device.course.stages import Course
from pipelines.training.device.course.teaching import (
    adapt_bert,
    adapt_e5,
    learn_accurate,
    read_news,
    teach_bert,
    teach_e5,
)

STAGES: dict[str, Callable[[Course], None]] = {
    "adapt-e5": adapt_e5,
    "teach-e5": teach_e5,
    "adapt-bert": adapt_bert,
    "teach-bert-1": partial(teach_bert, seed=1),
    "teach-bert-2": partial(teach_bert, seed=2),
    "learn-accurate": learn_accurate,
    "label": read_news,
    "distil-fast": distil_fast,
    "distil-accurate": distil_accurate,
}
_ON_A_PROCESSOR = "learn-accurate"
_FEW = 2


def main() -> None:
    """Run the stages that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "stages",
        nargs="*",
        metavar="STAGE",
        help=f"of {', '.join(STAGES)}; all but {_ON_A_PROCESSOR} where none is named",
    )
    parser.add_argument("--scale", type=float, default=1.0, help="take so much of each stage's seconds, 0.8 say")
    parser.add_argument("--rehearse", action="store_true", help="two steps a stage on two articles, one layer of BERT")
    asked = parser.parse_args()
    strange = set(asked.stages) - set(STAGES)
    if strange:
        parser.error(f"there is no stage {', '.join(sorted(strange))}")
    work, results = asked.folder / "work", asked.folder / "results"
    for folder in (work, results):
        folder.mkdir(exist_ok=True)
    material = Material(Carried(asked.folder), _FEW if asked.rehearse else None)
    course = Course(material, work, results, asked.scale, asked.rehearse)
    say(f"on {DEVICE}")
    for stage in asked.stages or [stage for stage in STAGES if stage != _ON_A_PROCESSOR]:
        if not course.kept(stage).exists():
            STAGES[stage](course)
            say(f"{stage} is done")


if __name__ == "__main__":
    main()
