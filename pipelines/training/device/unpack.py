"""Turn what came back from the device into the models that are shipped."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from pipelines.core.entities.tagging.convolution import ConvolutionTagger
from pipelines.core.entities.tagging.transformer import TransformerTagger
from pipelines.training.device.course.arrays import read, rename, restore
from pipelines.training.reading.distil import Taught, teach_labels
from pipelines.training.reading.export import (
    LEAST_ACCURATE,
    LEAST_FAST,
    OWN,
    OWN_FAST,
    SEEN,
    export_accurate,
    export_fast,
)
from pipelines.training.reading.joining import fit_joining
from pipelines.training.reading.labels import LabelledArticle, read_labels
from pipelines.training.reading.same import put_same, whole_arrays
from pipelines.training.reading.start import load_accurate
from pipelines.training.reading.start_student import load_student
from pipelines.training.reading.student import Student, Vocabulary
from pipelines.training.sources import RESOURCES, require

State = Mapping[str, Tensor]
_SAME, _WAYS = "heads.same.", "heads.ways"
_FAST = {"heads.names.0": "names", "heads.names.1": "names_before", "heads.role": "role"}
_ACCURATE = {"heads.names": "heads", "heads.trigger": "heads_trigger", "heads.flags": "heads_flags"}
_ACCURATE |= {"heads.role": "heads_role"}


def unpack(results: Path, data: Path, out: Path) -> None:
    """Write `fast.npz`, `accurate.onnx` and `joining.tsv` to `out`, of those whose nets came back, and their states.

    A state (`fast.pt`, `accurate.pt`) has all weights by the course's names.
    """
    out.mkdir(parents=True, exist_ok=True)
    folder = require(data / "reading")
    articles = list(read_labels(folder / "articles.jsonl.gz", folder / "labels.train.jsonl"))
    fast, whole = out / "fast.npz", out / "accurate.onnx"
    state = _state(results, "fast", out)
    if state:
        export_net(fast_names(state), articles[:SEEN], fast, LEAST_FAST)
        put_same(fast, whole_arrays(_same_head(state)))
    state = _state(results, "accurate", out)
    if state:
        accurate = load_accurate(RESOURCES / "accurate.onnx", data)
        accurate.net.load_state_dict(accurate_names(state))
        export_accurate(accurate.net, accurate.table, accurate.marks, whole, OWN, 1.0, LEAST_ACCURATE)
        put_same(whole, whole_arrays(_same_head(state)))
    if fast.exists() and whole.exists():
        tagger = ConvolutionTagger(fast.read_bytes())
        fit_joining(data, [tagger, TransformerTagger(whole.read_bytes(), tagger)], out / "joining.tsv")
    print(f"Written to {out}: {', '.join(sorted(path.name for path in out.iterdir()))}")


def _state(results: Path, name: str, out: Path) -> dict[str, Tensor]:
    """Return the weights of a net that came back, and keep them all."""
    paths = sorted(results.glob(f"{name}.*.npz"))
    if not paths:
        print(f"{name} is not among the results: left out")
        return {}
    state = {key: torch.from_numpy(np.asarray(value)) for key, value in restore(read(paths)).items()}
    torch.save(state, out / f"{name}.pt")
    return state


def _same_head(state: State) -> dict[str, Tensor]:
    """Return the weights of the head that tells whether two tellings are one event."""
    return {name.removeprefix(_SAME): value for name, value in state.items() if name.startswith(_SAME)}


def fast_names(state: State) -> dict[str, Tensor]:
    """Return the weights of a `FastReader` under the names of a `Student`."""
    found = {"features.weight": state["features.weight"][:-1]}  # the last row stands for no feature
    for kind in ("weight", "bias"):
        found[f"events.{kind}"] = torch.cat([state[f"heads.trigger.{kind}"], state[f"heads.flags.{kind}"]])
    events = ("features.", "heads.trigger.", "heads.flags.", _SAME, _WAYS)
    return found | rename({name: value for name, value in state.items() if not name.startswith(events)}, _FAST)


def accurate_names(state: State) -> dict[str, Tensor]:
    """Return the weights of an `EncoderReader` under the names of a `ReadingNet`."""
    return rename({name: value for name, value in state.items() if not name.startswith((_SAME, _WAYS))}, _ACCURATE)


def export_net(state: State, articles: list[LabelledArticle], path: Path, least: float) -> None:
    """Write a fast model in whole numbers; what it reads of the articles says how large they grow."""
    student, vocabulary = load_student(RESOURCES / "fast.npz")
    student.load_state_dict(dict(state))
    seen = _taught(student, vocabulary, articles)
    export_fast(student, vocabulary, seen, path, OWN_FAST, 1.0, least)


def _taught(student: Student, vocabulary: Vocabulary, articles: list[LabelledArticle]) -> list[Taught]:
    seen = [teach_labels(vocabulary, article) for article in articles]
    student.bags = vocabulary.bags
    return seen
