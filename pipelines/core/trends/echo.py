"""Count copies as what they are: the same names in another paper, though only the first print was read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.core.packed import Packing, Value
from pipelines.core.trends.count import Counted
from pipelines.core.trends.trend import Key

Things = Sequence[tuple[Key, Counted]]

_PACKING = Packing(
    (
        "masdar",
        (
            ("entity", "Q79", "مصر", "LOC"),
            ("entity", "n0123456789abcdefabcd", "عبد الرحمن محمد", "PER"),
            ("entity", "n456789abcdef01234567", "وزارة الخارجية", "ORG"),
            ("event_type", "CONSULT", "CONSULT", "EVENT"),
            ("event_type_in", "CONSULT EG", "CONSULT EG", "EVENT"),
            ("pair", "Q79 Q858", "مصر - سوريا", "PAIR"),
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Spoken(Value):
    """What an article speaks of. `published` is in milliseconds, UTC; `speak` makes one."""

    published: int
    article_id: str
    packed: bytes

    @property
    def things(self) -> Things:
        """Return what it counts for."""
        source, things = _PACKING.unpack(self.packed)
        return [((kind, one), Counted(self.article_id, source, name, of)) for kind, one, name, of in things]


def speak(published: int, article_id: str, things: Things) -> Spoken:
    """Return what an article of one outlet speaks of: packed, for it is kept as long as copies of it may come."""
    source = things[0][1].source if things else ""
    packed = _PACKING.pack((source, tuple((*key, counted.name, counted.type) for key, counted in things)))
    return Spoken(published, article_id, packed)


@dataclass(frozen=True, slots=True)
class Echoed(Value):
    """A copy speaks of what `root_id` speaks of."""

    published: int
    article_id: str
    source: str
    root_id: str


Word = Spoken | Echoed


@dataclass
class EchoIndex:
    """What the articles of one shard speak of, and which copies they have; `horizon` is in milliseconds.

    A copy and its original may come in either order. A copy of an article with several revisions counts for all.
    """

    horizon: int
    _spoken: dict[str, tuple[Spoken, ...]] = field(default_factory=dict)
    _echoed: dict[str, tuple[Echoed, ...]] = field(default_factory=dict)

    def add(self, batch: Sequence[Word]) -> tuple[list[tuple[int, tuple[Key, Counted]]], list[Word]]:
        """Take in words; return what they count for, with the event time of the article that counts."""
        counted = [pair for word in batch for pair in self._tell(word)]
        return counted, list(batch)

    def load(self, entries: Iterable[Word]) -> None:
        """Take back words that `add` gave to keep."""
        for word in entries:
            self._take(word)

    def expire(self, before: int) -> list[Word]:
        """Forget what was published before `before` less the horizon; return what stays."""
        limit = before - self.horizon
        groups: list[Sequence[Word]] = [*self._spoken.values(), *self._echoed.values()]
        stay: list[Word] = [word for group in groups for word in group if word.published >= limit]
        self._spoken.clear()
        self._echoed.clear()
        self.load(stay)
        return stay

    def _take(self, word: Word) -> None:
        if isinstance(word, Spoken):
            self._spoken[word.article_id] = (*self._spoken.get(word.article_id, ()), word)
        else:
            self._echoed[word.root_id] = (*self._echoed.get(word.root_id, ()), word)

    def _tell(self, word: Word) -> Iterator[tuple[int, tuple[Key, Counted]]]:
        self._take(word)
        if isinstance(word, Spoken):
            yield from ((word.published, thing) for thing in word.things)
            yield from (pair for echo in self._echoed.get(word.article_id, ()) for pair in _repeat(echo, word))
        else:
            yield from (pair for spoken in self._spoken.get(word.root_id, ()) for pair in _repeat(word, spoken))


def _repeat(echo: Echoed, spoken: Spoken) -> Iterator[tuple[int, tuple[Key, Counted]]]:
    for key, one in spoken.things:
        yield echo.published, (key, Counted(echo.article_id, echo.source, one.name, one.type))
