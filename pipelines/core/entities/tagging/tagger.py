"""Tag names in sentences: one small interface, two models."""

from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Protocol

from pipelines.core.entities.gazetteer import Hit
from pipelines.core.entities.model import EntityModel
from pipelines.core.entities.names import RESOURCES
from pipelines.core.entities.tagging.convolution import ConvolutionTagger
from pipelines.core.entities.tagging.decode import Tag
from pipelines.core.entities.tagging.reading import Reading
from pipelines.core.entities.tagging.transformer import TransformerTagger


class Tagger(Protocol):
    """What finds names in sentences."""

    def tag(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> list[list[Tag]]:
        """Find the names in each sentence of folded words (`read_document`'s tokens), given the known names in it."""

    def read(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> Reading:
        """Find names and tellings of events in an article, its title first."""


_loading = Lock()


def load_tagger(model: EntityModel = "fast") -> Tagger:
    """Load a model once; `accurate` is slower than `fast` and right more often.

    One thread loads, the others wait: where several read the headers of arrays at once, CPython 3.11 may raise
    "SystemError: AST constructor recursion depth mismatch".
    """
    with _loading:
        return _load_fast() if model == "fast" else _load_accurate()


@cache
def _load_fast() -> ConvolutionTagger:
    return ConvolutionTagger((RESOURCES / "fast.npz").read_bytes())


@cache
def _load_accurate() -> TransformerTagger:
    return TransformerTagger((RESOURCES / "accurate.onnx").read_bytes(), _load_fast())
