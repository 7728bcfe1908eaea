"""Write what the course needs, in parts that can be carried: words, labels, news, and the weights of three nets."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from torch import nn

from pipelines.core.entities.tagging.features import describe
from pipelines.training.device.bert import Bert
from pipelines.training.device.course.arrays import quantize, write
from pipelines.training.device.course.pieces import MOST
from pipelines.training.device.labels import PARTS, Labelled, read_corpora, read_reading
from pipelines.training.device.news import read_news
from pipelines.training.device.parts import make_parts, room_beside
from pipelines.training.device.wordpiece import bert_pieces
from pipelines.training.device.words import Array, WordNumbers, pack_articles, side_by_side
from pipelines.training.reading.start import Accurate, load_accurate
from pipelines.training.reading.start_student import load_student
from pipelines.training.reading.student import Vocabulary
from pipelines.training.sources import RESOURCES, require

HELD_OUT = ("dev", "maghreb")
_MATRIX, _FILE, _ENDLESS = 20_000, 8_000_000, 2**40
_TREE = Path(__file__).parents[3]


def pack(data: Path, out: Path) -> None:
    """Read everything and write the parts into `out`, a new folder."""
    out.mkdir(parents=True)
    numbers, files = WordNumbers(), []
    labels = {part: read_reading(require(data / "reading"), part, numbers) for part in PARTS}
    labelled = {f"reading/{part}": own for part, (own, _) in labels.items()} | read_corpora(data, numbers)
    news = read_news(data, [article for part in HELD_OUT for article in labels[part][1]], numbers)
    words, uses, places = numbers.ranked()
    print(f"{len(news)} articles of news, {len(words)} different words, {uses.sum()} in all")
    accurate = load_accurate(RESOURCES / "accurate.onnx", data)
    fast, vocabulary = load_student(RESOURCES / "fast.npz")
    with Bert() as bert:
        table, kept = bert_pieces([word for word, _ in words], uses, bert.vocabulary)
        files += _write(out, "words", _tables(words, numbers.marks, accurate, vocabulary) | table)
        files += _write(out, "labels", _arrays(labelled, places))
        files += _write(out, "news", pack_articles(news, places))
        files += _write(out, "accurate", quantize(_weights(accurate.net), _MATRIX))
        files += _write(out, "bert", quantize(bert.weights(kept), _MATRIX), _FILE)
    files += _write(out, "fast", quantize(_weights(fast), _MATRIX))
    for part, own in make_parts(files, out, room_beside(_TREE)).items():
        print(f"part {part}: {', '.join(f'{path.name} {path.stat().st_size / 1e6:.1f} MB' for path in own)}")


def _write(out: Path, name: str, arrays: dict[str, Array], most: int = _ENDLESS) -> list[Path]:
    return write(out, name, arrays, most, np.savez_compressed)


def _weights(net: nn.Module) -> dict[str, Array]:
    return {name: value.detach().numpy() for name, value in net.state_dict().items()}


def _arrays(labelled: dict[str, Labelled], places: Array) -> dict[str, Array]:
    """Return all labelled articles, each array under its part's name."""
    found: dict[str, Array] = {}
    for part, (articles, labels) in labelled.items():
        arrays = (pack_articles(articles, places) if articles else {}) | labels
        found |= {f"{part}/{name}": values for name, values in arrays.items()}
    return found


def _tables(
    words: Sequence[tuple[str, str]], marks: Iterable[str], accurate: Accurate, vocabulary: Vocabulary
) -> dict[str, Array]:
    """Return what the nets that are shipped read of words: folded words, their pieces and features, marks."""
    folded = sorted({one for _, one in words})
    place, feature = ({name: number for number, name in enumerate(names)} for names in (folded, vocabulary.features))
    e5 = side_by_side([accurate.encode(word)[:MOST] for word in folded], np.uint16)
    bags = [sorted({feature[one] for one in describe(word) if one in feature}) for word in folded]
    fast = side_by_side(bags, np.uint32)
    return {
        "folded": np.array([place[one] for _, one in words], np.uint32),
        **dict(zip(("e5_counts", "e5_pieces", "fast_counts", "fast_features"), (*e5, *fast), strict=True)),
        "e5_marks": np.array([accurate.marks.get(mark, 0) for mark in marks], np.uint8),
        "fast_marks": np.array([vocabulary.marks.get(mark, 0) for mark in marks], np.uint8),
    }
