"""Train the tagger, a linear-chain CRF (Lafferty et al. 2001): `python -m pipelines.training.train_tagger`."""

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pycrfsuite

from pipelines.core.entities.features import sentence_features
from pipelines.core.entities.tagger import LABELS
from pipelines.training.scores import score_corpora
from pipelines.training.sources import RESOURCES, read_corpus

TRAIN = ("cleananercorp", "caraner", "aqmar")
SETTINGS = {"c1": 0.02, "c2": 0.5, "max_iterations": 120, "feature.minfreq": 1}


def own_ways(corpus: str, rows: list[list[str]]) -> list[list[str]]:
    """Repeat what is known of each word itself as a feature of this corpus alone.

    What a corpus labels in its own way is learnt there, and left out of the model (Daumé 2007).
    """
    return [[*row, f"@{corpus}", *(f"@{corpus}{feature}" for feature in row if feature[0] == "0")] for row in rows]


def train(data: Path, corpora: Sequence[str], model: Path, settings: dict[str, float]) -> None:
    """Train on the corpora's training parts and write CRFsuite's model; the first corpus's ways are the ones kept."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=settings, verbose=False)
    for corpus in corpora:
        for tokens, tags in read_corpus(data / "ner" / corpus / "train.conll"):
            rows = sentence_features(tokens)
            trainer.append(rows if corpus == corpora[0] else own_ways(corpus, rows), tags)
    trainer.train(str(model))


def export(model: Path, path: Path) -> int:
    """Write a CRFsuite model as arrays that numpy reads at once: features, their weights a label, transitions."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    info = tagger.info()
    features = sorted({feature for feature, _ in info.state_features if feature[0] != "@"})
    number = {feature: index for index, feature in enumerate(features)}
    weights = np.zeros((len(features), len(LABELS)), np.float16)
    for (feature, label), weight in info.state_features.items():
        if feature in number:
            weights[number[feature], LABELS.index(label)] = weight
    transitions = np.full((len(LABELS), len(LABELS)), -4.0, np.float32)
    for (before, after), weight in info.transitions.items():
        transitions[LABELS.index(before), LABELS.index(after)] = weight
    names = np.frombuffer("\n".join(features).encode(), np.uint8)
    np.savez_compressed(path, features=names, weights=weights, transitions=transitions)
    return len(features)


def main() -> None:
    """Train, write `tagger.npz`, and print entity F1 on the development parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpora", nargs="+", default=TRAIN)
    parser.add_argument("--out", type=Path, default=RESOURCES / "tagger.npz")
    arguments = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "tagger.crfsuite"
        train(arguments.data, arguments.corpora, model, SETTINGS)
        kept = export(model, arguments.out)
    print(f"{kept} features, {arguments.out.stat().st_size} bytes, {time.perf_counter() - began:.0f} s")
    score_corpora(arguments.data, arguments.out)


if __name__ == "__main__":
    main()
