"""What the ledger tells: which messages are done, where a restart must begin, and what an audit finds."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median_low

from pipelines.core.article import Origin
from pipelines.core.ids import digest

RECENT_LINES = 1000

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """What matters here of a ledger line; `published` is in milliseconds, `None` for a rejection."""

    origin: Origin
    published: int | None


@dataclass(frozen=True, slots=True)
class Done:
    """The messages that have their line, as stretches [start, stop) of each topic's partitions."""

    stretches: Mapping[Place, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def __contains__(self, origin: Origin) -> bool:
        """Return whether a message has its line.

        >>> done = done_with([Origin("t", 0, 1), Origin("t", 0, 2)])
        >>> Origin("t", 0, 2) in done, Origin("t", 0, 3) in done
        (True, False)
        """
        stretches = self.stretches.get((origin.topic, origin.partition), ())
        at = bisect_right(stretches, (origin.offset, 2**63)) - 1
        return at >= 0 and origin.offset < stretches[at][1]

    def missing(self, place: Place, first: int, stop: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches of [first, stop) that have no line.

        >>> list(done_with([Origin("t", 0, 1), Origin("t", 0, 2)]).missing(("t", 0), 0, 9))
        [(0, 1), (3, 9)]
        """
        at = first
        for start, end in self.stretches.get(place, ()):
            if at < min(start, stop):
                yield at, min(start, stop)
            at = max(at, end)
        if at < stop:
            yield at, stop

    @property
    def name(self) -> str:
        """Return a short name for this state of affairs, empty where nothing is done."""
        return digest("done", repr(sorted(self.stretches.items())))[:8] if self.stretches else ""


def done_with(origins: Iterable[Origin]) -> Done:
    """Return what is done when these messages have their lines."""
    offsets: dict[Place, set[int]] = defaultdict(set)
    for origin in origins:
        offsets[origin.topic, origin.partition].add(origin.offset)
    return Done({place: tuple(_stretches(sorted(seen))) for place, seen in sorted(offsets.items())})


def rebuild_from(lines: Iterable[Line], horizon: int, firsts: Mapping[Place, int]) -> dict[Place, int]:
    """Return for each partition with lines the offset at which reading must begin: at what the horizon remembers.

    What comes next may repeat, correct or add to anything published within the horizon (milliseconds) before the
    newest articles. The newest are judged by the median of the last lines: one date in the future must not hide a week.
    Where a crash left a message without a line, from the first offsets still kept (`firsts`) on, reading begins there,
    and the horizon reaches back from the article after it.
    """
    lines = sorted(lines, key=lambda line: line.origin.offset)
    dated = [(line.origin, line.published) for line in lines if line.published is not None]
    gaps = _first_gaps(done_with(line.origin for line in lines), firsts)
    after = {_place(one): time for one, time in reversed(dated) if one.offset > gaps.get(_place(one), one.offset)}
    recent = [published for _, published in dated[-RECENT_LINES:]]
    limit = min([median_low(recent), *after.values()]) - horizon if recent else 0
    begin = {_place(line.origin): line.origin.offset + 1 for line in lines}
    for origin, published in reversed(dated):
        if published >= limit:
            begin[_place(origin)] = origin.offset
    return {place: min(offset, gaps.get(place, offset)) for place, offset in begin.items()}


def _first_gaps(done: Done, firsts: Mapping[Place, int]) -> dict[Place, int]:
    """Return the first offset of each partition that has no line while a later one has."""
    missing = {
        place: next(done.missing(place, firsts.get(place, stretches[0][0]), stretches[-1][1]), None)
        for place, stretches in done.stretches.items()
    }
    return {place: gap[0] for place, gap in missing.items() if gap is not None}


def _place(origin: Origin) -> Place:
    return origin.topic, origin.partition


def twice(origins: Iterable[Origin]) -> list[tuple[Origin, int]]:
    """Return the messages that have more than one line, with how many."""
    return sorted((origin, count) for origin, count in Counter(origins).items() if count > 1)


def _stretches(offsets: list[int]) -> Iterator[tuple[int, int]]:
    start = None
    for offset, after in zip(offsets, [*offsets[1:], None], strict=True):
        start = offset if start is None else start
        if after != offset + 1:
            yield start, offset + 1
            start = None
