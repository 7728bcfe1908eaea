"""Train both taggers, from e5's weights to the files that are shipped: `python -m pipelines.training.tagger`.

A first teacher learns from labelled text and labels news; the fast tagger learns from both; of what the two say
together a second teacher learns, and becomes the accurate tagger. What these two say of other news the fast tagger
learns last. Every stage keeps its result in the work folder; run it again after a stop, and it goes on from there.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from pipelines.core.entities.tagging.decode import LABELS, level
from pipelines.training.tagger.adapt import adapt
from pipelines.training.tagger.calibrate import temperature
from pipelines.training.tagger.course import Course
from pipelines.training.tagger.distil import Floats16, Pace, Taught, distil
from pipelines.training.tagger.encoder import Encoder, Tagging, load_e5
from pipelines.training.tagger.export import export_accurate, export_fast
from pipelines.training.tagger.material import CORPORA, read_part
from pipelines.training.tagger.student import Student, Vocabulary
from pipelines.training.tagger.teach import EPOCHS, News, label, teach

LAYERS = 8
FIRST_NEWS, OTHER_NEWS = slice(0, None, 3), slice(1, None, 4)  # which articles of the news each teacher labels
LEARNING, GOING_ON = Pace(10_000, 2e-3), Pace(4_000, 1e-3)
SAMPLED, TINY = 8_000, 1e-7
_SMOOTHED = 0.05


def adapted_encoder(course: Course) -> Encoder:
    """Return e5 adapted to news."""
    encoder, path = load_e5(course.table.merged, LAYERS), course.work / "adapted.pt"
    if not path.exists():
        adapt(encoder, course.examples_of_news(course.news), course.work / "adapting.pt")
        torch.save(encoder.state_dict(), path)
    encoder.load_state_dict(torch.load(path))
    return encoder


def teacher(course: Course, name: str, news: News | None) -> Tagging:
    """Return the encoder trained on the labelled corpora, and on news where some is labelled."""
    path = course.work / f"{name}.pt"
    if not path.exists():
        lessons = course.corpus_examples() * EPOCHS
        lessons += news.sample(SAMPLED, np.random.default_rng(1)) if news else []
        net = teach(adapted_encoder(course), course.kinds, lessons, news, course.work / f"{name}.part")
        torch.save(net.state_dict(), path)
    net = Tagging(Encoder(len(course.table.merged) + 5, LAYERS), course.kinds)
    net.load_state_dict(torch.load(path))
    return net


def label_news(course: Course, net: Tagging, part: slice, name: str) -> News:
    """Return a part of the news with what a teacher says of its words."""
    path, examples = course.work / f"{name}.npy", course.examples_of_news(course.news[part])
    if not path.exists():
        np.save(path, label(net, examples))
    return News(examples, np.load(path))


def agree(course: Course, student: Student, vocabulary: Vocabulary, part: slice, news: News) -> News:
    """Return the news as a teacher and the fast tagger see it together, as they vote."""
    lessons = [vocabulary.lesson(sentence) for story in course.news[part] for sentence in story.sentences]
    own = np.concatenate([level(student.score(lessons[at : at + 500])) for at in range(0, len(lessons), 500)])
    together = np.exp(level((own + np.log(news.chances.astype(np.float64) + TINY)) / 2))
    return News(news.examples, together.astype(np.float16))


def new_student(course: Course) -> tuple[Student, Vocabulary]:
    """Return a fast tagger that knows nothing yet, and its vocabulary."""
    read = [sentence for story in course.news[FIRST_NEWS] for sentence in story.sentences]
    vocabulary = Vocabulary([*read, *(words for words, _ in course.corpora[0])])
    torch.manual_seed(1)
    return Student(vocabulary), vocabulary


def teach_student(
    course: Course, student: Student, vocabulary: Vocabulary, part: slice, news: News, pace: Pace, name: str
) -> None:
    """Train the fast tagger on a part of the news as it was labelled, and on labelled text."""
    path, at = course.work / f"{name}.pt", 0
    if not path.exists():
        taught = []
        for sentence in (sentence for story in course.news[part] for sentence in story.sentences):
            taught.append(Taught(vocabulary.lesson(sentence), news.chances[at : at + len(sentence)]))
            at += len(sentence)
        gold = [Taught(vocabulary.lesson(words), one_hot(tags)) for words, tags in course.corpora[0]]
        distil(student, taught, gold, pace, course.work / f"{name}.part")
        torch.save(student.state_dict(), path)
    student.load_state_dict(torch.load(path))


def one_hot(tags: list[str]) -> Floats16:
    """Return (words, labels): nearly all on the label given (Szegedy et al. 2016)."""
    rows = np.full((len(tags), len(LABELS)), _SMOOTHED / len(LABELS), np.float16)
    rows[np.arange(len(tags)), [LABELS.index(tag) for tag in tags]] += np.float16(1 - _SMOOTHED)
    return rows


def main() -> None:
    """Train what is not trained yet and write `fast.npz` and `accurate.onnx`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path(".rasid/training"))
    parser.add_argument("--corpora", nargs="+", default=CORPORA, help="the first one's labels are the product's")
    parser.add_argument("--out", type=Path, default=Path(".rasid/training"), help="`make train-reading` starts there")
    told = parser.parse_args()
    course = Course(told.data, told.work, told.corpora)
    dev = list(read_part(told.data, told.corpora[0], "dev"))
    labels = [LABELS.index(tag) for _, tags in dev for tag in tags]
    student, vocabulary = new_student(course)
    labelled = label_news(course, teacher(course, "first", None), FIRST_NEWS, "chances")
    teach_student(course, student, vocabulary, FIRST_NEWS, labelled, LEARNING, "learnt")
    net = teacher(course, "second", agree(course, student, vocabulary, FIRST_NEWS, labelled))
    heat = temperature(np.log(label(net, course.examples_of(dev)).astype(np.float64) + TINY), labels)
    export_accurate(net, course.table.scored, course.marks, told.out / "accurate.onnx", heat)
    labelled = label_news(course, net, OTHER_NEWS, "other_chances")
    labelled = agree(course, student, vocabulary, OTHER_NEWS, labelled)
    teach_student(course, student, vocabulary, OTHER_NEWS, labelled, GOING_ON, "student")
    heat = temperature(student.score([vocabulary.lesson(words) for words, _ in dev]), labels)
    seen = [vocabulary.lesson(words) for pairs in course.corpora for words, _ in pairs]
    export_fast(student, vocabulary, seen, told.out / "fast.npz", heat)
    print("Written: `make train-reading` goes on from here (--start).")


if __name__ == "__main__":
    main()
