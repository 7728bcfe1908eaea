"""One event, many articles: gather what every article says of it, whatever the order it arrives in.

An event is a log of observations. What is known of it at the end of an hour is a fold over all that was published until
then, so each hour's version is the same however the observations were shuffled; a later version never rests on fewer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.core.events.event import Event
from pipelines.core.events.reports import Copied, Corrected, Evidence, Observed, Report
from pipelines.core.packed import Value
from pipelines.core.units import HOUR


@dataclass(frozen=True, slots=True)
class EventVersion(Value):
    """What is known of an event; `version` grows with every report that changes it."""

    version: int
    published: int
    event: Event
    evidence: tuple[Evidence, ...]
    retracted: bool


@dataclass
class EventIndex:
    """What one shard knows of its events; `horizon` is in milliseconds of event time."""

    horizon: int
    _observed: dict[str, tuple[Observed, ...]] = field(default_factory=dict)
    _reporting: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _followed: dict[str, tuple[Corrected | Copied, ...]] = field(default_factory=dict)

    def add(self, batch: Sequence[Report]) -> tuple[list[tuple[int, EventVersion]], list[Report]]:
        """Take in reports; return the versions they change, hour by hour, and the reports to keep."""
        changed: dict[str, int] = {}
        for report in batch:
            for event_id in self._take(report):
                changed[event_id] = min(report.published, changed.get(event_id, report.published))
        versions = [one for event_id in sorted(changed) for one in self._versions(event_id, changed[event_id])]
        return [(version.published, version) for version in versions], list(batch)

    def load(self, entries: Iterable[Report]) -> None:
        """Take back reports that `add` gave to keep."""
        for report in entries:
            self._take(report)

    def expire(self, before: int) -> list[Report]:
        """Forget events and corrections last touched before `before` less the horizon; return what stays."""
        limit = before - self.horizon
        stay: list[Report] = [
            report
            for reports in self._observed.values()
            if max(one.published for one in reports) >= limit
            for report in reports
        ]
        articles = {report.article_id for report in stay}
        stay += [
            report
            for about, reports in self._followed.items()
            for report in reports
            if report.published >= limit or about in articles
        ]
        self._observed.clear()
        self._reporting.clear()
        self._followed.clear()
        self.load(stay)
        return stay

    def _take(self, report: Report) -> Iterable[str]:
        if isinstance(report, Observed):
            known, reported = self._observed.get(report.event_id, ()), self._reporting.get(report.article_id, ())
            event_id = known[0].event_id if known else report.event_id
            self._observed[event_id] = (*known, report)
            if event_id not in reported:
                self._reporting[report.article_id] = (*reported, event_id)
            return (event_id,)
        about = _about(report)
        self._followed[about] = (*self._followed.get(about, ()), report)
        return self._reporting.get(about, ())

    def _versions(self, event_id: str, since: int) -> Iterator[EventVersion]:
        in_order = sorted(self._observed[event_id], key=lambda one: (one.published, one.article_id, one.revision))
        observed = [_Told(one.published, one.article_id, one.revision, *one.told) for one in in_order]
        first = {one.article_id: one.published for one in reversed(observed)}
        # What is dated before the article it is about, as copies may be, counts from when that was published.
        followed = [
            (max(report.published, published), report)
            for article, published in first.items()
            for report in self._followed.get(article, ())
        ]
        times = sorted([one.published for one in observed] + [time for time, _ in followed])
        for hour in sorted({time // HOUR for time in times if time // HOUR >= since // HOUR}):
            until = (hour + 1) * HOUR
            seen = [one for one in observed if one.published < until]
            if seen:
                after = [report for time, report in followed if time < until]
                last = max(time for time in times if time < until)
                yield _fold(seen, after, last)


class _Told(NamedTuple):
    """What an article reports, unpacked."""

    published: int
    article_id: str
    revision: int
    event: Event
    evidence: Evidence


def _about(report: Corrected | Copied) -> str:
    return report.original_id if isinstance(report, Copied) else report.article_id


def _fold(observed: list[_Told], followed: list[Corrected | Copied], last: int) -> EventVersion:
    newest: dict[str, int] = defaultdict(int)
    corrected = [report for report in followed if isinstance(report, Corrected)]
    told: list[_Told | Corrected] = [*observed, *corrected]
    for one in told:
        newest[one.article_id] = max(newest[one.article_id], one.revision)
    # A message that came twice, out of order, may have been read twice: it is one piece of evidence all the same.
    once: dict[tuple[str, int], _Told] = {}
    for one in observed:
        once.setdefault((one.article_id, one.revision), one)
    current = [one for one in once.values() if one.revision == newest[one.article_id]]
    resting_on = current or list(once.values())
    evidence = [one.evidence for one in resting_on] + [
        {**one.evidence, **copied.evidence, "copy_of": one.article_id}
        for one in resting_on
        for copied in sorted(_copies(one, followed), key=lambda copied: (copied.published, copied.article_id))
    ]
    return EventVersion(
        version=len(observed) + len(followed),
        published=last,
        event=resting_on[0].event,
        evidence=tuple(evidence),
        retracted=not current,
    )


def _copies(observed: _Told, followed: list[Corrected | Copied]) -> Iterator[Copied]:
    for report in followed:
        if isinstance(report, Copied) and report.original_id == observed.article_id:
            yield report
