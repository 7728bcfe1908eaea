"""What the ledger tells: which messages are done, where a restart must begin, and what an audit finds."""

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from statistics import median_low

from pipelines.core.article import Origin

RECENT_LINES = 1000
PRUNE_AT_LEAST = 20_000

Place = tuple[str, int, str]
"""A topic's name, its partition, and its id (`Origin.id`)."""


@dataclass(frozen=True, slots=True)
class Line:
    """What matters here of a ledger line; `published` is in milliseconds, `None` for a rejection.

    `written` is when the line itself was written, in milliseconds, where its topic tells.
    """

    origin: Origin
    published: int | None
    written: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """The messages that have their line, as stretches [start, stop) of each topic's partitions."""

    stretches: Mapping[Place, Sequence[tuple[int, int]]] = field(default_factory=dict)

    def __contains__(self, origin: Origin) -> bool:
        """Return whether a message has its line; one that an earlier version wrote names no id, and is believed.

        >>> done = done_with([Origin("t", 0, 1), Origin("t", 0, 2)])
        >>> Origin("t", 0, 2) in done, Origin("t", 0, 3) in done
        (True, False)
        """
        return any(self._has((origin.topic, origin.partition, one), origin.offset) for one in {origin.id, ""})

    def missing(self, place: Place, first: int, stop: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches of [first, stop) that have no line.

        >>> list(done_with([Origin("t", 0, 1), Origin("t", 0, 2)]).missing(("t", 0, ""), 0, 9))
        [(0, 1), (3, 9)]
        """
        at = first
        named = ((place[0], place[1], one) for one in {place[2], ""})
        for start, end in sorted(chain.from_iterable(self.stretches.get(one, ()) for one in named)):
            if at < min(start, stop):
                yield at, min(start, stop)
            at = max(at, end)
        if at < stop:
            yield at, stop

    def _has(self, place: Place, offset: int) -> bool:
        stretches = self.stretches.get(place, ())
        at = bisect_right(stretches, (offset, 2**63)) - 1
        return at >= 0 and offset < stretches[at][1]


@dataclass
class LinesRead:
    """Lines as they are read: memory grows with the gaps between them, and with what the horizon remembers.

    `horizon` is in milliseconds. `recent` holds the lines of what was published within twice the horizon of the news of
    the moment, which the median of the last lines tells: one date in the future must not hide a week.
    """

    horizon: int
    recent: list[Line] = field(default_factory=list)
    _stretches: dict[Place, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    _last: deque[int] = field(default_factory=lambda: deque(maxlen=RECENT_LINES))
    _prune_at: int = PRUNE_AT_LEAST

    def add(self, line: Line) -> None:
        """Take in a line."""
        _join(self._stretches[place_of(line.origin)], line.origin.offset)
        self.recent.append(line)
        if line.published is not None:
            self._last.append(line.published)
        if len(self.recent) >= self._prune_at:
            self._prune()

    @property
    def done(self) -> Done:
        """Return what has its line."""
        return Done(self._stretches)

    def _prune(self) -> None:
        limit = median_low(self._last) - 2 * self.horizon if self._last else 0
        self.recent = [line for line in self.recent if line.published is None or line.published >= limit]
        self.recent = self.recent if self._last else self.recent[-RECENT_LINES:]
        self._prune_at = max(PRUNE_AT_LEAST, 2 * len(self.recent))


def _join(stretches: list[tuple[int, int]], offset: int) -> None:
    """Add an offset to sorted stretches; most often it follows the last one."""
    at = bisect_right(stretches, (offset, 2**63))
    if at and offset < stretches[at - 1][1]:
        return
    start, stop = offset, offset + 1
    first = last = at
    if at and stretches[at - 1][1] == offset:
        first, start = at - 1, stretches[at - 1][0]
    if at < len(stretches) and stretches[at][0] == offset + 1:
        last, stop = at + 1, stretches[at][1]
    stretches[first:last] = [(start, stop)]


def done_with(origins: Iterable[Origin]) -> Done:
    """Return what is done when these messages have their lines."""
    read = LinesRead(0)
    for origin in origins:
        read.add(Line(origin, None))
    return read.done


def rebuild_from(read: LinesRead, firsts: Mapping[Place, int]) -> dict[Place, int]:
    """Return for each partition with lines the offset at which reading must begin: at what the horizon remembers.

    What comes next may repeat, correct or add to anything published within the horizon before the newest articles.
    Where a crash left a message without a line, from the first offsets still kept (`firsts`) on, reading begins there,
    and the horizon reaches back from the article after it.
    """
    lines = sorted(read.recent, key=lambda line: line.origin.offset)
    dated = [(line.origin, line.published) for line in lines if line.published is not None]
    gaps = _first_gaps(read.done, firsts)
    after = {place_of(one): time for one, time in reversed(dated) if one.offset > gaps.get(place_of(one), one.offset)}
    recent = [published for _, published in dated[-RECENT_LINES:]]
    limit = min([median_low(recent), *after.values()]) - read.horizon if recent else 0
    begin = {place: stretches[-1][1] for place, stretches in read.done.stretches.items()}
    for origin, published in reversed(dated):
        if published >= limit:
            begin[place_of(origin)] = origin.offset
    return {place: min(offset, gaps.get(place, offset)) for place, offset in begin.items()}


def _first_gaps(done: Done, firsts: Mapping[Place, int]) -> dict[Place, int]:
    """Return the first offset of each partition that has no line while a later one has."""
    missing = {
        place: next(done.missing(place, firsts.get(place, stretches[0][0]), stretches[-1][1]), None)
        for place, stretches in done.stretches.items()
    }
    return {place: gap[0] for place, gap in missing.items() if gap is not None}


def place_of(origin: Origin) -> Place:
    """Return the topic, partition and id that a message's offset counts in."""
    return origin.topic, origin.partition, origin.id
