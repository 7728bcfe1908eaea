"""The course's nets read as the nets that are shipped do; CI has no torch, and skips this."""

# ruff: noqa: E402
import math
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the nets need torch: pip install --editable '.[train]'")

from pipelines.core.entities.gazetteer import Hit
from pipelines.core.entities.tagging.roles import buckets
from pipelines.core.entities.tagging.tellings import find_triggers
from pipelines.core.entities.tagging.windows import cut_windows
from pipelines.training.device.course import machine
from pipelines.training.device.course.articles import NOT_ASKED, Articles, Read
from pipelines.training.device.course.encoder import Encoder
from pipelines.training.device.course.heads import Asked
from pipelines.training.device.course.labelling import first_words, label
from pipelines.training.device.course.learning import Mean, Plan, learn
from pipelines.training.device.course.losses import Soft, loss_of_labels, loss_of_news
from pipelines.training.device.course.masking import corrupt
from pipelines.training.device.course.measuring import measure, spans
from pipelines.training.device.course.pieces import END, MASK, START, Pieces
from pipelines.training.device.course.readers import EncoderReader, FastReader, Reader
from pipelines.training.device.course.sampling import ByArticle, ByLength
from pipelines.training.device.unpack import accurate_names, fast_names
from pipelines.training.reading.net import ReadingNet
from pipelines.training.reading.student import Lesson, Stretched, Student, Vocabulary, lay_out
from pipelines.training.tagger.encoder import Encoder as ShippedEncoder

RANDOM = np.random.default_rng(3)
WORDS, FEATURES = 40, 30
COUNTS = RANDOM.integers(1, 4, WORDS)
PIECES = RANDOM.integers(5, 60, COUNTS.sum())
BAGS = RANDOM.integers(0, FEATURES, (WORDS, 5))
LENGTHS = [[4, 9, 7], [3, 30, 8, 50, 60]]
WIDE_AS_SHIPPED = 384


def packed(lengths: list[list[int]] = LENGTHS) -> dict[str, Any]:
    size = sum(map(sum, lengths))
    ids = np.random.default_rng(5).integers(0, WORDS, size)
    return {
        "low": ids.astype(np.uint8),
        "mid": np.zeros(size, np.uint8),
        "high": np.zeros(size, np.uint8),
        "marks": (ids % 3).astype(np.uint8),
        "lengths": np.array([one for article in lengths for one in article], np.uint16),
        "sentences": np.array([len(article) for article in lengths], np.uint16),
    }


def labelled() -> Read:
    rows = [(0, 0, 2, 5, 6), (0, 0, 2, 14, 15), (1, 1, 7, 40, 42), (1, 2, 7, 100, 101), (1, 1, 3, 1, 2)]
    labels = {
        "tags": np.random.default_rng(6).integers(0, 9, sum(map(sum, LENGTHS))).astype(np.uint8),
        "tellings": np.array(rows, np.int32),
        "flags": np.eye(5, 4, dtype=np.uint8),
        "parts": np.array([(0, 0, 2, 4), (0, 1, 7, 8), (2, 2, 44, 46), (4, 0, 0, 1)], np.int32),
        "ignored": np.array([(0, 0, 9, 11)], np.int32),
        "ways": np.array([0, 1], np.uint8),
    }
    return Read(packed() | labels)


def encoder_reader(layers: int = 2, labels: tuple[int, ...] = (9, 9)) -> EncoderReader:
    torch.manual_seed(2)
    encoder = Encoder(60, layers, WIDE_AS_SHIPPED, 12, 64)
    with torch.no_grad():
        encoder.marks.weight[1:].normal_()
    net = EncoderReader(encoder, Pieces(COUNTS, PIECES), torch.arange(3), labels)
    net.eval()
    return net


def fast_reader() -> FastReader:
    torch.manual_seed(4)
    net = FastReader(FEATURES, torch.from_numpy(np.sort(BAGS)), torch.arange(WORDS), torch.arange(3))
    with torch.no_grad():
        net.features.weight[-1] = 0
    net.eval()
    return net


def all_rows(articles: Articles) -> Any:
    return torch.arange(articles.stretches)


def numbers_of(articles: Articles, article: int) -> list[int]:
    first, last = articles.offsets[article : article + 2]
    return [int(one) for one in packed()["low"][first:last]]


def test_pieces_lie_as_in_the_windows_of_the_product() -> None:
    articles, starts = Articles(packed([[4, 9, 7]])), np.cumsum(COUNTS) - COUNTS
    words = [f"{number}" for number in numbers_of(articles, 0)]
    sentences, at = [], 0
    for length in LENGTHS[0]:
        sentences.append(words[at : at + length])
        at += length
    hits = [[Hit(place, place + 1, 0, f"{int(word) % 3}", ()) for place, word in enumerate(one)] for one in sentences]
    marks = {f"B{number}": number for number in (1, 2)}
    (window,) = cut_windows(
        sentences, hits, lambda word: PIECES[starts[int(word)] : starts[int(word)] + COUNTS[int(word)]].tolist(), marks
    )
    laid = Pieces(COUNTS, PIECES).lay(articles, all_rows(articles))
    size = len(window.pieces)
    assert laid.pieces[0, :size].tolist() == window.pieces
    assert not laid.pieces[0, size:].any()
    assert laid.marks[0, :size].tolist() == window.marks
    assert laid.firsts[0, : len(words)].tolist() == window.firsts


def test_lengths_are_those_of_the_pieces_laid_out() -> None:
    articles, pieces = Articles(packed()), Pieces(COUNTS, PIECES)
    laid = pieces.lay(articles, all_rows(articles))
    assert pieces.lengths(articles).tolist() == (laid.pieces > 0).sum(1).tolist()


def test_the_encoder_reads_as_the_one_that_is_shipped() -> None:
    net, articles = encoder_reader(layers=8), Articles(packed())
    shipped = ReadingNet(ShippedEncoder(60, 8, inner=64), [9, 9], 4).eval()
    shipped.load_state_dict(accurate_names(net.state_dict()))
    laid = net.pieces.lay(articles, all_rows(articles))
    with torch.no_grad():
        state = net.read(articles, all_rows(articles))
        wanted = shipped.encoder(laid.pieces, laid.marks)
        for row in range(articles.stretches):
            own = articles.valid[row]
            assert torch.allclose(state[row][own], wanted[row][laid.firsts[row][own]], atol=1e-4)
        assert torch.equal(net.heads.trigger(state), shipped.heads_trigger(state))
        assert torch.equal(net.heads.names[1](state), shipped.heads[1](state))


def test_the_fast_model_and_its_roles_read_as_those_that_are_shipped() -> None:
    net, articles = fast_reader(), labelled()
    vocabulary = Vocabulary([str(number) for number in range(FEATURES)], ["-", "B1", "B2"])
    student = Student(vocabulary).eval()
    student.load_state_dict(fast_names(net.state_dict()))
    student.bags = [np.sort(bag).astype(np.int32) for bag in BAGS]
    with torch.no_grad():
        read = net.read(articles, all_rows(articles))
        for article, lengths in enumerate(LENGTHS):
            ids = np.array(numbers_of(articles, article))
            cut = np.split(ids, np.cumsum(lengths)[:-1])
            wanted = student([Lesson([one.astype(np.int32) for one in cut], [one % 3 for one in cut])])
            for row in articles.of_article[article]:
                own = articles.valid[row]
                assert torch.allclose(read[row][own], wanted[articles.words[row][own].long()], atol=1e-5)
        told = articles.told
        numbers, places = told.of(np.arange(articles.stretches))
        asked = Asked(articles, all_rows(articles), places, told.words[numbers], told.kinds[numbers])
        scores = net.heads.role(read, asked)
        for number, place in enumerate(places.tolist()):
            own = articles.valid[place]
            words, sentences = (part[place][own].tolist() for part in (articles.words, articles.sentences))
            at = int(asked.words[number])
            one = Stretched(words[at], int(asked.kinds[number]), words, sentences, sentences[at])
            pairs = lay_out([(0, one)])
            state = read[place][own]
            assert (buckets(np.array(words) - words[at]) == asked.distances()[number][own].numpy()).all()
            wanted = student.role(state[None], state[at][None], pairs.kinds, pairs.distances, pairs.where)
            assert torch.allclose(scores[number][own], wanted[0], atol=1e-4)


def test_tellings_stand_at_their_triggers_with_their_roles_and_not_in_the_title_read_again() -> None:
    articles = labelled()
    numbers, places = articles.told.of(np.arange(articles.stretches))
    found = [
        (int(articles.article[place]), int(articles.words[place, articles.told.words[number]]))
        for number, place in zip(numbers.tolist(), places.tolist(), strict=True)
    ]
    assert sorted(found) == [(0, 5), (0, 14), (1, 1), (1, 40), (1, 100)]
    roles = articles.told.roles[found.index((0, 5))]
    assert roles[:20, 0].tolist() == [0, 0, 1, 2, *[0] * 5, NOT_ASKED, NOT_ASKED, *[0] * 9]
    assert roles[7, 1] == 1
    assert (roles[20:] == NOT_ASKED).all()


def test_words_are_masked_whole_and_the_signs_between_them_never() -> None:
    torch.manual_seed(1)
    articles, pieces = Articles(packed([[60, 60]] * 30)), Pieces(COUNTS, PIECES)
    laid = pieces.lay(articles, all_rows(articles))
    given, chosen = corrupt(laid, articles.valid, 60)
    assert not chosen[(laid.pieces == START) | (laid.pieces == END) | (laid.pieces == 0)].any()
    assert torch.equal(given[~chosen], laid.pieces[~chosen])
    first = chosen.gather(1, laid.firsts)[articles.valid]
    counts = torch.from_numpy(COUNTS)[articles.numbers][articles.valid]
    last = chosen.gather(1, laid.firsts + torch.from_numpy(COUNTS)[articles.numbers].clamp(min=1) - 1)[articles.valid]
    assert torch.equal(first, last)
    assert int(chosen.sum()) == int(counts[first].sum())
    assert 0.15 < first.float().mean() < 0.25
    assert 0.7 < (given[chosen] == MASK).float().mean() < 0.9


def test_triggers_are_found_as_the_product_finds_them() -> None:
    articles = Articles(packed())
    chances = torch.softmax(4 * torch.randn((articles.stretches, articles.words.shape[1], 17)), -1)
    places, words, kinds = first_words(chances, articles.own, articles.sentences)
    found = []
    for article, lengths in enumerate(LENGTHS):
        flat = np.zeros((sum(lengths), 17))
        for row in articles.of_article[article]:
            flat[articles.words[row][articles.own[row]].numpy()] = chances[row][articles.own[row]].numpy()
        found += [(article, one.first, one.kind) for one in find_triggers(flat, lengths, 0.15)]
    own = [
        (int(articles.article[place]), int(articles.words[place, word]), int(kind))
        for place, word, kind in zip(places, words, kinds, strict=True)
    ]
    # a stretch begins a trigger anew; none of these goes on from one stretch to the next
    assert own == found


def test_what_teachers_say_stands_where_they_say_it_and_survives_being_kept() -> None:
    teachers: list[Reader] = [fast_reader(), encoder_reader()]
    articles = labelled()
    with torch.no_grad():
        for net in teachers:
            net.heads.trigger.weight.mul_(20)
    soft = label(teachers, articles, seconds=1e9, most=10**9)
    assert soft.articles == articles.count
    rows = np.arange(articles.stretches)
    numbers, places = soft.told.of(rows)
    assert len(numbers) > 5
    likely = soft.types[places, soft.told.words[numbers]]
    said = likely[:, 1:].gather(1, soft.told.kinds[numbers][:, None])[:, 0]
    assert torch.allclose(said, likely[:, 1:].max(-1).values, atol=1e-3)
    assert torch.allclose(soft.told.roles.float().sum(-1), torch.ones(1), atol=1e-2)
    again = Soft.from_dict(soft.as_dict())
    lost = [float(loss_of_news(teachers[0], articles, rows, one).detach()) for one in (soft, again)]
    assert lost[0] == lost[1]
    assert math.isfinite(lost[0])


def test_a_reader_that_agrees_with_itself_has_nothing_to_learn_from_news(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "HALVES", False)
    articles, net = labelled(), fast_reader()
    with torch.no_grad():
        net.heads.trigger.weight.mul_(20)
    soft = label([net], articles, seconds=1e9, most=10**9)
    loss_of_news(net, articles, np.arange(articles.stretches), soft).backward()
    steepest = max(float(one.grad.abs().max()) for one in net.parameters() if one.grad is not None)
    assert steepest < 2e-3  # but for the 16 bits that are kept


def test_a_step_on_labels_moves_every_head() -> None:
    articles, net = labelled(), encoder_reader()
    loss_of_labels(net, articles, np.arange(articles.stretches)).backward()
    still = [name for name, one in net.named_parameters() if one.grad is None or not one.grad.any()]
    assert still == ["heads.names.1.weight", "heads.names.1.bias"]


def test_the_further_readers_ways_are_learned_from_what_they_labelled_alone() -> None:
    net, articles = encoder_reader(), labelled()
    for article, moves in ((0, False), (1, True)):
        net.zero_grad()
        loss_of_labels(net, articles, articles.of_article[article]).backward()
        assert bool(net.heads.ways.grad.abs().sum() > 0) is moves


def test_the_rate_follows_the_share_that_is_over() -> None:
    plan = Plan(10.0, 100, 1e-3, 1e-3, warm=0.1)
    assert [round(plan.share(done), 3) for done in (0.0, 0.05, 0.1, 0.55, 0.999)] == [0.01, 0.5, 1.0, 0.5, 0.01]


def test_the_mean_of_the_weights_follows_quickly_at_first() -> None:
    net = torch.nn.Linear(1, 1)
    torch.nn.init.zeros_(net.weight)
    mean = Mean(net, 0.9)
    torch.nn.init.ones_(net.weight)
    mean.follow()
    mean.take()
    assert float(net.weight.detach()) == pytest.approx(1 - 2 / 11)


def test_learning_takes_its_steps_and_stops_at_a_loss_that_is_no_number() -> None:
    net = torch.nn.Linear(3, 1)
    plan = Plan(1e9, 30, 0.1, 0.1, mean=0.5)
    assert learn("line", net, lambda: net(torch.ones(3)).square().sum(), plan) == 30
    assert abs(float(net(torch.ones(3)).detach())) < 0.5
    with pytest.raises(FloatingPointError, match="line"):
        learn("line", net, lambda: net(torch.ones(3)).sum() * math.nan, plan)


def test_every_article_and_every_stretch_comes_before_one_comes_again() -> None:
    articles = Articles(packed([[60, 60]] * 7))
    by_article, by_length = ByArticle(articles, 1, 1), ByLength(np.arange(20, 90), 300, 1)
    assert sorted(int(one) for _ in range(7) for one in articles.article[by_article.draw()].unique()) == list(range(7))
    drawn: list[int] = []
    while by_length.passes < 2:
        rows = by_length.draw()
        assert len(rows) == 1 or (rows.max() + 20) * len(rows) <= 300 + 24 * len(rows)
        drawn += rows.tolist() if by_length.passes == 1 else []
    assert sorted(drawn) == list(range(70))


def test_measures_read_each_batch_once_and_count_what_is_labelled(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    articles, net, reads = labelled(), fast_reader(), []
    read = net.read

    def count(given: Articles, rows: Any) -> Any:
        reads.append(len(rows))
        return read(given, rows)

    monkeypatch.setattr(net, "read", count)
    measure("fast", [net], articles)
    assert reads == [articles.stretches]
    assert "MEASURED fast names 0." in capsys.readouterr().out
    assert spans([0, 2, 2, 1, 0]) == {(1, 3, 1), (3, 4, 1)}
