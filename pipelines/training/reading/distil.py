"""What the fast model learns of: labelled articles, and news as the teacher reads it (Hinton et al. 2015)."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from pipelines.core.entities.tagging.decode import LABELS
from pipelines.core.entities.tagging.features import find_known
from pipelines.core.entities.tagging.roles import ROLES
from pipelines.core.entities.tagging.voting import FLAGS
from pipelines.core.events.event import TYPES
from pipelines.training.reading.labels import LabelledArticle, Telling
from pipelines.training.reading.student import Lesson, Stretched, Student, Vocabulary, lay_out, stretch_of

WORDS, SMOOTHED = 3_000, 0.03
_KINDS = 1 + len(TYPES)
_PER_TELLING, _BEFORE, _TOGETHER = 30.0, 0.5, 8

Halves = npt.NDArray[np.float16]


class Told(NamedTuple):
    """A trigger in its stretch, how likely each flag is, and of each word there how likely O, B and I of each role.

    A row of `roles` (words, roles, 3) that holds zeros only is not asked.
    """

    stretched: Stretched
    flags: Halves
    roles: Halves


class Taught(NamedTuple):
    """An article as numbers, how likely each label of a name and each type is of each word, and its tellings.

    `before` is how likely the model that the training began with held each label of a name.
    """

    lesson: Lesson
    size: int
    names: Halves
    types: Halves
    told: list[Told]
    before: Halves | None = None


def teach_labels(vocabulary: Vocabulary, article: LabelledArticle) -> Taught:
    """Return what the labels of an article teach."""
    size = len(article.spans)
    types = np.zeros(size, np.int64)
    for telling in article.tellings:
        types[telling.first : telling.last] = 1 + TYPES.index(telling.type)
    names = [LABELS.index(tag) for tag in article.tags]
    lengths = [len(sentence) for sentence in article.sentences]
    tellings = {telling.first: telling for telling in article.tellings}
    firsts = [(first, TYPES.index(telling.type)) for first, telling in tellings.items()]
    told = [_told(one, tellings[one.first]) for one in stretch_of(lengths, firsts)]
    return Taught(
        vocabulary.lesson(article.sentences, article.hits),
        size,
        smooth(names, len(LABELS)),
        smooth(types, _KINDS),
        told,
    )


def smooth(labels: Sequence[int] | npt.NDArray[np.int64], kinds: int) -> Halves:
    """Return (words, labels): nearly all on the label given (Szegedy et al. 2016)."""
    rows = np.full((len(labels), kinds), SMOOTHED / kinds, np.float16)
    rows[np.arange(len(labels)), labels] += np.float16(1 - SMOOTHED)
    return rows


def _told(stretched: Stretched, telling: Telling) -> Told:
    place = {word: at for at, word in reversed(list(enumerate(stretched.words)))}
    roles = np.zeros((len(stretched.words), len(ROLES), 3), np.float16)
    roles[:, :, 0] = 1
    for part in telling.ignored:
        roles[[place[word] for word in range(part.first, part.last) if word in place], part.role] = 0
    for part in telling.parts:
        for word in range(part.first, part.last):
            if word in place:
                roles[place[word], part.role] = (0, 1, 0) if word == part.first else (0, 0, 1)
    return Told(stretched, np.array([flag in telling.flags for flag in FLAGS], np.float16), roles)


def loss_of(student: Student, batch: Sequence[Taught]) -> Tensor:
    """Return what all heads lose on a batch of articles."""
    state = student([taught.lesson for taught in batch])
    lost = _surprise(student.names(state), [taught.names for taught in batch])
    before = [taught.before for taught in batch if taught.before is not None]
    if before:
        lost = lost + _BEFORE * _surprise(student.names_before(state), before)
    events = student.events(state)
    lost = lost + 1.5 * _surprise(events[:, :_KINDS], [taught.types for taught in batch])
    shifts = np.cumsum([0, *(taught.size for taught in batch)]).tolist()
    found = [(shift, told) for shift, taught in zip(shifts, batch, strict=False) for told in taught.told]
    if not found:
        return lost
    pairs = lay_out([(shift, told.stretched) for shift, told in found])
    wanted = torch.from_numpy(np.stack([told.flags for _, told in found]).astype(np.float32))
    flags = functional.binary_cross_entropy_with_logits(events[pairs.triggers, _KINDS:], wanted)
    scores = student.role(state[pairs.words], state[pairs.triggers], pairs.kinds, pairs.distances, pairs.where)
    roles = np.zeros(scores.shape, np.float32)
    for row, (_, told) in enumerate(found):
        roles[row, : len(told.roles)] = told.roles
    lost_roles = -(torch.from_numpy(roles) * functional.log_softmax(scores, -1)).sum() / (_PER_TELLING * len(found))
    return lost + 0.7 * flags + lost_roles


def remember(start: Student, articles: Sequence[Taught]) -> list[Taught]:
    """Add what the model `start` says of names (learning without forgetting, Li & Hoiem 2016)."""
    start.eval()
    found: list[Taught] = []
    with torch.no_grad():
        for taught in articles:
            said = functional.softmax(start.names(start([taught.lesson])), -1).numpy().astype(np.float16)
            found.append(taught._replace(before=said))
    return found


class Named(NamedTuple):
    """Sentences of an older corpus as numbers, and the labels of their words."""

    lesson: Lesson
    size: int
    names: Halves


def named_sentences(vocabulary: Vocabulary, pairs: Sequence[tuple[list[str], list[str]]]) -> list[Named]:
    """Return sentences of an older corpus, eight together."""
    found = []
    for first in range(0, len(pairs), _TOGETHER):
        sentences = [words for words, _ in pairs[first : first + _TOGETHER]]
        labels = [LABELS.index(tag) for _, tags in pairs[first : first + _TOGETHER] for tag in tags]
        hits = [find_known(sentence) for sentence in sentences]
        found.append(Named(vocabulary.lesson(sentences, hits), len(labels), smooth(labels, len(LABELS))))
    return found


def loss_of_either(student: Student, batch: Sequence[Taught] | Sequence[Named]) -> Tensor:
    """Return the loss of a batch of articles or of sentences of an older corpus."""
    articles = [one for one in batch if isinstance(one, Taught)]
    return (
        loss_of(student, articles)
        if articles
        else loss_of_names(student, [one for one in batch if isinstance(one, Named)])
    )


def loss_of_names(student: Student, batch: Sequence[Named]) -> Tensor:
    """Return what the head of the older names loses."""
    state = student([named.lesson for named in batch])
    return _surprise(student.names_before(state), [named.names for named in batch])


def _surprise(scores: Tensor, wanted: Sequence[Halves]) -> Tensor:
    rows = torch.from_numpy(np.concatenate(wanted).astype(np.float32))
    return -(rows * functional.log_softmax(scores, -1)).sum(1).mean()


Sized = TypeVar("Sized", Taught, Named)


def chunks(articles: Sequence[Sized], random: np.random.Generator) -> Iterator[list[Sized]]:
    """Give batches of some 3,000 words for ever."""
    while True:
        chunk: list[Sized] = []
        words = 0
        for number in random.permutation(len(articles)).tolist():
            chunk.append(articles[number])
            words += articles[number].size
            if words >= WORDS:
                yield chunk
                chunk, words = [], 0
