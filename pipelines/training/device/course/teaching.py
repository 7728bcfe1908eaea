"""The stages up to the news as the teachers read it: adapt two encoders, teach both, let them read together."""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from pipelines.training.device.course.articles import Labelled
from pipelines.training.device.course.encoder import Encoder
from pipelines.training.device.course.heads import LABELS
from pipelines.training.device.course.labelling import label
from pipelines.training.device.course.learning import learn
from pipelines.training.device.course.losses import loss_of_labels, loss_of_names
from pipelines.training.device.course.masking import adapt
from pipelines.training.device.course.material import load
from pipelines.training.device.course.measuring import measure, measure_names
from pipelines.training.device.course.readers import Reader
from pipelines.training.device.course.sampling import ByArticle
from pipelines.training.device.course.stages import ENDLESS, SECONDS, Course

_READ, _SHARES = 110_000, (0.5, 0.15, 0.1, 0.25)
"""Stretches of the news that are read at most; how often each older corpus is drawn."""


def adapt_e5(course: Course) -> None:
    """Adapt the encoder of the accurate model to the news."""
    encoder, material = course.material.e5(), course.material
    plan = course.plan("adapt-e5", ENDLESS, 5e-4, 5e-4, warm=0.04)
    adapt("adapt-e5", encoder, material.e5_pieces, material.news, plan, course.size(49_152))
    course.keep("adapt-e5", encoder.state_dict())


def adapt_bert(course: Course) -> None:
    """Adapt multilingual BERT to the news."""
    material, encoder = course.material, course.material.bert()
    plan = course.plan("adapt-bert", ENDLESS, 1.2e-4, 1.2e-4, warm=0.04)
    guess = material.bert_weights("guess.")
    adapt("adapt-bert", encoder, material.bert_pieces, material.news, plan, course.size(32_768), guess)
    course.keep("adapt-bert", encoder.state_dict())


def adapted_e5(course: Course) -> Encoder:
    """Return e5 as it was adapted."""
    encoder = course.material.e5()
    encoder.load_state_dict(load(course.kept("adapt-e5")))
    return encoder


def measure_all(course: Course, name: str, nets: Sequence[Reader]) -> None:
    """Print how well nets read together what is held out."""
    measure(f"{name}, dev", nets, course.material.dev)
    measure(f"{name}, Maghreb", nets, course.material.maghreb)
    if len(nets) == 1 and len(nets[0].heads.names) > 1:
        measure_names(f"{name}, CLEANANERCorp dev", nets[0], course.material.corpus("cleananercorp", "dev"), 1)


def teach_e5(course: Course) -> None:
    """Teach e5 the labels, and the older corpora's names beside."""
    material = course.material
    torch.manual_seed(1)
    net = material.reader(adapted_e5(course), material.e5_pieces, material.label_counts)
    plan = course.plan("teach-e5", 2_200, 2.5e-4, 1.5e-3, mean=0.998)
    learn("teach-e5", net, taught(course, net, 28, 1, 0.16, material.corpora), plan)
    course.keep("teach-e5", net.state_dict())
    measure_all(course, "teach-e5", [net])


def learn_accurate(course: Course) -> None:
    """Let the accurate model as shipped learn on from the labels: what a processor without any teacher can do."""
    material = course.material
    torch.manual_seed(1)
    net = material.accurate()
    net.encoder.words.weight.requires_grad = False
    plan = course.plan("learn-accurate", ENDLESS, 1.6e-4, 8e-4, mean=0.998)
    learn("learn-accurate", net, taught(course, net, 18, 1, 0.1, material.corpora[:1]), plan)
    course.give("learn-accurate", "accurate", net)
    course.keep("learn-accurate", net.state_dict())
    measure_all(course, "learn-accurate", [net])


def teach_bert(course: Course, seed: int) -> None:
    """Teach BERT the labels, with one of two seeds."""
    material, stage = course.material, f"teach-bert-{seed}"
    torch.manual_seed(seed)
    net = material.reader(material.bert(load(course.kept("adapt-bert"))), material.bert_pieces, [LABELS])
    plan = course.plan(stage, 1_900, 7e-5, 8e-4, mean=0.998)
    learn(stage, net, taught(course, net, 28, seed, 0.0, []), plan)
    course.keep(stage, net.state_dict())
    measure_all(course, stage, [net])


def taught(
    course: Course,
    net: Reader,
    size: int,
    seed: int,
    share: float,
    others: Sequence[Labelled],
    among: Sequence[int] | None = None,
) -> Callable[[], Tensor]:
    """Return what a step loses: on labelled articles (`among` these), or in a `share` of the steps on older names."""
    train, random = course.material.train, np.random.default_rng(seed)
    batches = ByArticle(train, course.size(size), seed, among)
    names = names_loss(course, net, others, seed)
    return lambda: names() if random.random() < share else loss_of_labels(net, train, batches.draw())


def names_loss(course: Course, net: Reader, corpora: Sequence[Labelled], seed: int) -> Callable[[], Tensor]:
    """Return what a step loses on the names of an older corpus, each drawn as often as `_SHARES` says."""
    drawn = [ByArticle(corpus, course.size(40), seed) for corpus in corpora]
    shares, random = np.array(_SHARES[: len(corpora)]), np.random.default_rng(seed + 1)

    def lost() -> Tensor:
        number = int(random.choice(len(corpora), p=shares / shares.sum()))
        return loss_of_names(net, corpora[number], drawn[number].draw(), 1 + number)

    return lost


def read_news(course: Course) -> None:
    """Let the teachers read the news together."""
    teachers = course.teachers()
    measure_all(course, f"{len(teachers)} teachers", teachers)
    most = 300 if course.rehearsal else _READ
    soft = label(teachers, course.material.news, SECONDS["label"] * course.scale, most)
    course.keep("label", soft.as_dict())
