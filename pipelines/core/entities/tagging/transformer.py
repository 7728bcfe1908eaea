"""The accurate tagger: a transformer over the pieces of words, run by ONNX Runtime."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from pipelines.core.entities.gazetteer import Hit
from pipelines.core.entities.tagging.convolution import ConvolutionTagger
from pipelines.core.entities.tagging.decode import Scores, Tag, decode, level
from pipelines.core.entities.tagging.net import load_net
from pipelines.core.entities.tagging.pieces import Pieces
from pipelines.core.entities.tagging.windows import Window, cut_windows, pad


class TransformerTagger:
    """An encoder of eight layers (Vaswani et al. 2017) in 8 bits, which votes together with the fast tagger.

    Its scores are sums of rounded numbers, which may differ in their last bits from one kind of processor to another.
    """

    def __init__(self, source: bytes, beside: ConvolutionTagger) -> None:
        self._beside = beside
        self._net = load_net(source, as_written=False)
        about = self._net.get_modelmeta().custom_metadata_map
        table = [line.rsplit("\t", 1) for line in about["pieces"].split("\n")]
        self._encode = lru_cache(maxsize=1 << 16)(Pieces([(piece, float(score)) for piece, score in table]).encode)
        self._marks = {mark: number for number, mark in enumerate(about["marks"].split("\n"), start=1)}

    def _scores(self, windows: Sequence[Window]) -> Scores:
        pieces, marks = pad(windows)
        found = self._net.run(None, {"pieces": pieces, "marks": marks})[0]
        return np.concatenate([found[row, window.firsts] for row, window in enumerate(windows)]).astype(np.float64)

    def tag(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> list[list[Tag]]:
        """Find the names in each sentence of folded words (`read_document`'s tokens), given the known names in it."""
        windows = list(cut_windows(sentences, hits, self._encode, self._marks))
        if not windows:
            return [[] for _ in sentences]
        scores = level(self._scores(windows)) + level(self._beside.score(sentences, hits))
        return decode(scores / 2, [len(sentence) for sentence in sentences])
