"""What all stages of the training share: the material, its pieces, its marks."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

from pipelines.core.entities.tagging.decode import LABELS
from pipelines.core.entities.tagging.features import find_known, known_names
from pipelines.core.entities.tagging.pieces import Pieces
from pipelines.training.scores import DEV
from pipelines.training.tagger.batches import Example, cut_examples
from pipelines.training.tagger.material import Sentence, Story, read_labelled, read_news
from pipelines.training.tagger.vocabulary import choose_pieces

_SHUFFLED = "caraner"  # its sentences come in no order: none is read with another


class Course:
    """Labelled corpora, news, the table of pieces, the numbers of known-name marks, each corpus's labels."""

    def __init__(self, data: Path, work: Path, corpora: Sequence[str]) -> None:
        work.mkdir(parents=True, exist_ok=True)
        self.work, self.names = work, corpora
        self.corpora = [read_labelled(data, name, DEV, own=place > 0) for place, name in enumerate(corpora)]
        self.news = read_news(data, work / "news.pickle")
        read = chain.from_iterable(chain.from_iterable(story.sentences) for story in self.news)
        labelled = [words for pairs in self.corpora for words, _ in pairs]
        self.table = choose_pieces(chain(read, chain.from_iterable(labelled)))
        self.encode = lru_cache(maxsize=None)(Pieces(self.table.scored).encode)
        marks = {mark for words in labelled for mark in known_names(len(words), find_known(words))} - {"-"}
        self.marks = {mark: number for number, mark in enumerate(sorted(marks), start=1)}
        self.kinds = [list(LABELS), *(_kinds(pairs) for pairs in self.corpora[1:])]

    def examples_of_news(self, stories: Sequence[Story]) -> list[Example]:
        """Return the windows of articles, with the labels that the shipped tagger gives."""
        return [
            example
            for story in stories
            for example in cut_examples(story.sentences, story.labels.tolist(), 0, self.encode, self.marks)
        ]

    def examples_of(self, pairs: Sequence[Sentence]) -> list[Example]:
        """Return the windows of sentences that follow one another, without labels."""
        blank = [0] * sum(len(words) for words, _ in pairs)
        return list(cut_examples([words for words, _ in pairs], blank, 0, self.encode, self.marks))

    def corpus_examples(self) -> list[Example]:
        """Return the windows of all corpora, each with its own head."""
        examples: list[Example] = []
        for head, (name, pairs, kinds) in enumerate(zip(self.names, self.corpora, self.kinds, strict=True)):
            for part in [[pair] for pair in pairs] if name == _SHUFFLED else [pairs]:
                labels = [kinds.index(tag) for _, tags in part for tag in tags]
                examples += cut_examples([words for words, _ in part], labels, head, self.encode, self.marks)
        return examples


def _kinds(pairs: Sequence[Sentence]) -> list[str]:
    return ["O", *sorted({tag for _, tags in pairs for tag in tags} - {"O"})]
