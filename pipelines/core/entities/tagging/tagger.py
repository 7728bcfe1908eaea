"""Tag names in sentences: one small interface, two models."""

from collections.abc import Sequence
from functools import cache
from typing import Literal, Protocol

from pipelines.core.entities.gazetteer import Hit
from pipelines.core.entities.names import RESOURCES
from pipelines.core.entities.tagging.convolution import ConvolutionTagger
from pipelines.core.entities.tagging.decode import Tag
from pipelines.core.entities.tagging.transformer import TransformerTagger

EntityModel = Literal["fast", "accurate"]


class Tagger(Protocol):
    """What finds names in sentences."""

    def tag(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> list[list[Tag]]:
        """Find the names in each sentence of folded words (`read_document`'s tokens), given the known names in it."""


@cache
def load_tagger(model: EntityModel = "fast") -> Tagger:
    """Load a model once; `accurate` is slower than `fast` and right more often."""
    if model == "fast":
        return _load_fast()
    return TransformerTagger((RESOURCES / "accurate.onnx").read_bytes(), _load_fast())


@cache
def _load_fast() -> ConvolutionTagger:
    return ConvolutionTagger((RESOURCES / "fast.npz").read_bytes())
