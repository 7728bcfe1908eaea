"""The accurate model: a transformer over the pieces of words, run by ONNX Runtime."""

import io
from base64 import b64decode
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from pipelines.core.cache_sizes import WORDS
from pipelines.core.entities.gazetteer import Hit
from pipelines.core.entities.tagging.convolution import ConvolutionTagger
from pipelines.core.entities.tagging.decode import Scores as NameScores
from pipelines.core.entities.tagging.decode import Tag, decode, level
from pipelines.core.entities.tagging.net import load_net
from pipelines.core.entities.tagging.pieces import Pieces
from pipelines.core.entities.tagging.reading import Reading
from pipelines.core.entities.tagging.roles import Heads, RoleScorer, Scores
from pipelines.core.entities.tagging.same import SameScorer
from pipelines.core.entities.tagging.tellings import read_tellings
from pipelines.core.entities.tagging.trust import Trust
from pipelines.core.entities.tagging.voting import Voter
from pipelines.core.entities.tagging.windows import Window, cut_windows

_OUTPUTS = ("names", "events", "word_vectors", "trigger_vectors")
_TRUST = Trust(0.651, 0.11)


class TransformerTagger:
    """An encoder of eight layers (Vaswani et al. 2017) in 8 bits, which votes together with the fast model.

    Its scores are sums of rounded numbers, which may differ in their last bits from one kind of processor to another.
    """

    def __init__(self, source: bytes, beside: ConvolutionTagger) -> None:
        self._beside = beside
        self._net = load_net(source, as_written=False)
        about = self._net.get_modelmeta().custom_metadata_map
        table = [line.rsplit("\t", 1) for line in about["pieces"].split("\n")]
        self._encode = lru_cache(maxsize=WORDS)(Pieces([(piece, float(score)) for piece, score in table]).encode)
        self._marks = {mark: number for number, mark in enumerate(about["marks"].split("\n"), start=1)}
        pairs = np.load(io.BytesIO(b64decode(about["roles"])))
        self._roles, self._same = RoleScorer(pairs), SameScorer(pairs)
        self._least = float(about["least"])

    def _scores(self, window: Window) -> list[Scores]:
        """Return what each output says of a window's own words; alone, for what fills up a batch costs time."""
        given = {
            "pieces": np.array([window.pieces]),
            "marks": np.array([window.marks]),
            "firsts": np.array(window.firsts[window.stretch.context :]),
        }
        return [np.asarray(found) for found in self._net.run(_OUTPUTS, given)]

    def tag(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> list[list[Tag]]:
        """Find the names in each sentence of folded words (`read_document`'s tokens), given the known names in it."""
        return self.read(sentences, hits).tags

    def read(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> Reading:
        """Find names and tellings of events in an article, its title first."""
        windows = self._windows(sentences, hits)
        if not windows:
            return Reading([[] for _ in sentences], [])
        names, voter = self._vote(windows)
        lengths = [len(sentence) for sentence in sentences]
        others, beside = self._beside.vote(sentences, hits)
        voted = level(names) + level(others)
        stretches = (window.stretch for window in windows)
        tellings = read_tellings([voter, beside], lengths, stretches, self._least, _TRUST)
        return Reading(decode(voted / 2, lengths), tellings)

    def vote(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> tuple[NameScores, Voter]:
        """Return scores (words, labels) of names, and the rest of what this net alone says of a text with words."""
        return self._vote(self._windows(sentences, hits))

    def _windows(self, sentences: Sequence[Sequence[str]], hits: Sequence[Sequence[Hit]]) -> list[Window]:
        return list(cut_windows(sentences, hits, self._encode, self._marks))

    def _vote(self, windows: Sequence[Window]) -> tuple[NameScores, Voter]:
        names, *heads = (np.concatenate(parts) for parts in zip(*map(self._scores, windows), strict=True))
        return names.astype(np.float64), Voter(Heads(*heads), self._roles, self._same)
