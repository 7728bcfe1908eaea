"""Train both models on the hand-labelled articles: `python -m pipelines.training.reading`, or `make train-reading`.

Both go on from models that know names (`--start`: a folder with an `accurate.onnx` and a `fast.npz`, as `make
train-entities` writes them, or as shipped). The fast one learns from the labels; the encoder of the accurate one too;
then the two together read news, and the fast one learns from what they say as well. Every stage keeps its result in the
work folder; run it again after a stop, and it goes on from there.
"""

import argparse
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import starmap
from pathlib import Path
from typing import Any

import numpy as np
import torch

from pipelines.core.entities.tagging.convolution import ConvolutionTagger
from pipelines.core.entities.tagging.transformer import TransformerTagger
from pipelines.training.reading.distil import Taught, chunks, loss_of_either, named_sentences, remember, teach_labels
from pipelines.training.reading.export import (
    LEAST_ACCURATE,
    LEAST_FAST,
    OWN,
    OWN_FAST,
    SEEN,
    export_accurate,
    export_fast,
)
from pipelines.training.reading.further.articles import LEARNED, add_names, read_further
from pipelines.training.reading.joining import fit_joining
from pipelines.training.reading.labels import LabelledArticle, label_articles, read_labels
from pipelines.training.reading.made.write import VARIANTS, write_articles
from pipelines.training.reading.news import Teacher, choose_news, label_news, teach_news
from pipelines.training.reading.same import teach_same
from pipelines.training.reading.start import CORPORA, Accurate, load_accurate
from pipelines.training.reading.start_student import load_student
from pipelines.training.reading.student import Student, Vocabulary
from pipelines.training.reading.teach import Averaged, draw, groups_of, step_loss
from pipelines.training.reading.windows import cut_article
from pipelines.training.scores import DEV
from pipelines.training.sources import RESOURCES, require
from pipelines.training.tagger.learning import learn
from pipelines.training.tagger.material import read_labelled

TEACHER_STEPS, LABEL_STEPS, NEWS_STEPS, NEWS = 3_600, 1_400, 5_300, 9_000
RATE, LATER_RATE, LATER_DROPPED, LABEL_SHARES, NEWS_SHARES = 2e-3, 1.2e-3, 0.1, (0.8, 0.2), (0.4, 0.12, 0.48)
"""With 500 articles of news dev events F1 is .596, and .627 where the fast model votes; with 9,000 .601 and .644."""
JOINING = RESOURCES.parent / "events" / "joining.tsv"


@dataclass
class Course:
    """The labels, the models to begin with, and the work folder."""

    data: Path
    work: Path
    start: Path

    def read(self, part: str, articles: str = "articles.jsonl.gz") -> list[LabelledArticle]:
        """Read a part of the labelled articles, once."""
        path, folder = self.work / f"{part}.pickle", require(self.data / "reading")
        if not path.exists():
            path.write_bytes(pickle.dumps(list(read_labels(folder / articles, folder / f"labels.{part}.jsonl"))))
        return list(pickle.loads(path.read_bytes()))

    @cached_property
    def train(self) -> list[LabelledArticle]:
        """Return the articles to learn from: the labelled ones, those made for training, those labelled further."""
        path = self.work / "further.pickle"
        if not path.exists():
            path.write_bytes(pickle.dumps(list(label_articles(starmap(add_names, read_further(self.data, LEARNED))))))
        further: list[LabelledArticle] = pickle.loads(path.read_bytes())
        return [*self.read("train"), *label_articles(write_articles(VARIANTS)), *further]

    def teacher(self) -> Accurate:
        """Return the accurate model, trained."""
        accurate, path = load_accurate(self.start / "accurate.onnx", self.data), self.work / "teacher.pt"
        if not path.exists():
            windows = [
                given for article in self.train for given in cut_article(article, accurate.encode, accurate.marks)
            ]
            mean, net = Averaged(accurate.net), accurate.net
            given = draw(windows, accurate.others, np.random.default_rng(1))
            loss = partial(step_loss, net)
            learn("teaching", net, groups_of(net), given, loss, TEACHER_STEPS, self.work / "teacher.part", mean)
            torch.save(mean.net.state_dict(), path)
        accurate.net.load_state_dict(torch.load(path))
        return accurate

    def student(self) -> tuple[Student, Vocabulary, list[Taught]]:
        """Return the fast model, trained on the labels, and what they teach it."""
        student, vocabulary = load_student(self.start / "fast.npz")
        start, _ = load_student(self.start / "fast.npz")
        gold = [teach_labels(vocabulary, article) for article in self.train]
        start.bags = student.bags = vocabulary.bags
        gold = remember(start, gold)
        self._train(student, "labels", self._by_turns(gold, vocabulary), LABEL_STEPS, RATE)
        return student, vocabulary, gold

    def teach_news(self, student: Student, vocabulary: Vocabulary, gold: list[Taught], teacher: Teacher) -> None:
        """Train the fast model further, a part on news as the two models together read it."""
        held = [*self.read("dev"), *self.read("maghreb", "articles.maghreb.jsonl")]
        read = label_news(choose_news(self.data, held, NEWS), teacher, self.work / "news.pickle", NEWS)
        news, (start, _) = [teach_news(vocabulary, one) for one in read], load_student(self.start / "fast.npz")
        start.bags = vocabulary.bags
        student.dropped = LATER_DROPPED
        given = self._by_turns(gold, vocabulary, remember(start, news))
        self._train(student, "student", given, NEWS_STEPS, LATER_RATE, Averaged(student))

    def from_labels(self, articles: Sequence[LabelledArticle], name: str, steps: int) -> ConvolutionTagger:
        """Return the fast model as it learns from these articles alone: a learning curve is made of such."""
        student, vocabulary = load_student(self.start / "fast.npz")
        gold, student.dropped = [teach_labels(vocabulary, article) for article in articles], LATER_DROPPED
        student.bags, path = vocabulary.bags, self.work / f"{name}.npz"
        self._train(student, name, chunks(gold, np.random.default_rng(1)), steps, RATE, Averaged(student))
        export_fast(student, vocabulary, gold[:SEEN], path, OWN_FAST, 1.0, LEAST_FAST)
        return ConvolutionTagger(path.read_bytes())

    def _by_turns(self, gold: list[Taught], vocabulary: Vocabulary, news: Sequence[Taught] = ()) -> Iterator[list[Any]]:
        random = np.random.default_rng(1)
        pairs = read_labelled(self.data, CORPORA[0], DEV, own=False)
        named = chunks(named_sentences(vocabulary, pairs), random)
        sources: list[Iterator[list[Any]]] = [chunks(gold, random), named]
        sources += [chunks(news, random)] if news else []
        while True:
            yield next(sources[random.choice(len(sources), p=NEWS_SHARES if news else LABEL_SHARES)])

    def _train(
        self,
        student: Student,
        name: str,
        given: Iterator[list[Any]],
        steps: int,
        rate: float,
        mean: Averaged | None = None,
    ) -> None:
        path = self.work / f"{name}.pt"
        if not path.exists():
            torch.manual_seed(1)
            groups = [{"params": list(student.parameters()), "lr": rate, "weight_decay": 0.01}]
            learn(
                name, student, groups, given, partial(loss_of_either, student), steps, self.work / f"{name}.part", mean
            )
            torch.save((mean.net if mean else student).state_dict(), path)
        student.load_state_dict(torch.load(path))


def main() -> None:
    """Train what is not trained yet and write `fast.npz` and `accurate.onnx`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path(".rasid/reading"))
    parser.add_argument("--start", type=Path, default=RESOURCES)
    parser.add_argument("--out", type=Path, default=RESOURCES)
    told = parser.parse_args()
    told.work.mkdir(parents=True, exist_ok=True)
    course = Course(told.data, told.work, told.start)
    student, vocabulary, gold = course.student()
    first = told.work / "fast.npz"
    export_fast(student, vocabulary, gold[:SEEN], first, OWN_FAST, 1.0, LEAST_FAST)
    accurate = course.teacher()
    whole = told.work / "accurate.onnx"
    export_accurate(accurate.net, accurate.table, accurate.marks, whole, OWN, 1.0, LEAST_ACCURATE)
    teacher = Teacher(whole.read_bytes(), ConvolutionTagger(first.read_bytes()))
    course.teach_news(student, vocabulary, gold, teacher)
    export_fast(student, vocabulary, gold[:SEEN], told.out / "fast.npz", OWN_FAST, 1.0, LEAST_FAST)
    (told.out / "accurate.onnx").write_bytes(whole.read_bytes())
    _learn_to_join(told.data, told.out / "fast.npz", told.out / "accurate.onnx")
    print("Written. `make evaluate` tells how good they are.")


def _learn_to_join(data: Path, fast: Path, accurate: Path) -> None:
    """Teach both models which tellings are one event, then fit the score that joins tellings as they read them."""
    teach_same(data, ConvolutionTagger(fast.read_bytes()), fast)
    beside = ConvolutionTagger(fast.read_bytes())
    teach_same(data, TransformerTagger(accurate.read_bytes(), beside), accurate)
    fit_joining(data, [beside, TransformerTagger(accurate.read_bytes(), beside)], JOINING)


if __name__ == "__main__":
    main()
