"""The last stages: two models learn of the labels and of the news as teachers read it."""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from pipelines.training.device.course.articles import Labelled
from pipelines.training.device.course.learning import learn
from pipelines.training.device.course.losses import Soft, loss_of_labels, loss_of_news
from pipelines.training.device.course.material import load
from pipelines.training.device.course.readers import Reader
from pipelines.training.device.course.sampling import ByArticle
from pipelines.training.device.course.stages import ENDLESS, Course
from pipelines.training.device.course.teaching import adapted_e5, measure_all, names_loss

_NAMES = 0.3
"""In what share of the steps an older corpus's names are read too."""


def distilled(
    course: Course, net: Reader, own: int, more: int, others: Sequence[Labelled], seed: int = 1
) -> Callable[[], Tensor]:
    """Return what a step loses on `own` stretches with labels and `more` of the news, and now and then on old names."""
    soft, train, news = Soft.from_dict(load(course.kept("label"))), course.material.train, course.material.news
    assert soft.articles, "the teachers read no article"
    labelled, read = (
        ByArticle(train, course.size(own), seed),
        ByArticle(news, course.size(more), seed, range(soft.articles)),
    )
    random, names = np.random.default_rng(seed), names_loss(course, net, others, seed)

    def lost() -> Tensor:
        total = loss_of_labels(net, train, labelled.draw()) + loss_of_news(net, news, read.draw(), soft)
        return total + names() if random.random() < _NAMES else total

    return lost


def distil_fast(course: Course) -> None:
    """Train the fast model further."""
    torch.manual_seed(1)
    net = course.material.fast()
    measure_all(course, "fast as shipped", [net])
    plan = course.plan("distil-fast", ENDLESS, 2e-3, 2e-3, mean=0.999)
    learn("distil-fast", net, distilled(course, net, 18, 110, course.material.corpora[:1]), plan)
    course.give("distil-fast", "fast", net)
    measure_all(course, "distil-fast", [net])


def distil_accurate(course: Course) -> None:
    """Train the accurate model, from e5 as it was adapted."""
    material = course.material
    torch.manual_seed(1)
    net = material.reader(adapted_e5(course), material.e5_pieces, material.label_counts)
    plan = course.plan("distil-accurate", ENDLESS, 3e-4, 1e-3, mean=0.999)
    learn("distil-accurate", net, distilled(course, net, 14, 56, material.corpora), plan)
    course.give("distil-accurate", "accurate", net)
    measure_all(course, "distil-accurate", [net])
