"""Find out where a run begins: from what the last one remembered, or else from what its outputs say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from connectors.kafka.admin import id_of_topic
from connectors.kafka.log_reader import LogReader
from connectors.kafka.offsets import partition_bounds, plan_ranges
from pipelines.batches.batches import Batches
from pipelines.batches.outputs import Outputs
from pipelines.batches.sources import FileBatches, TopicBatches
from pipelines.batches.state import Batch, StateLog
from pipelines.core.ledger import LinesRead, Place, rebuild_from
from pipelines.ledgers import is_whole
from pipelines.options import FileSource, KafkaSource, Settings
from pipelines.transforms.memory import MEMORY, no_collection

SLOWER = 5
"""The accurate model takes longer by some ten times: what is read together must still be done soon after a stop."""

GO_ON_EVERY = 10_000


@dataclass
class Beginning:
    """What a run reads, and the state of things it goes on from; `position` is that of everything read before.

    Lines written before the mark `since` are of messages that were read before; {} where nothing is known of that.
    """

    batches: Batches
    position: dict[str, Any] = field(default_factory=dict)
    events: list[int] = field(default_factory=list)
    since: Mapping[str, Any] = field(default_factory=dict)


def begin(settings: Settings, outputs: Outputs, state: StateLog, go_on: Callable[[], None] = lambda: None) -> Beginning:
    """Recall what was remembered, tell the outputs what they hold, and open the source behind it.

    With any other start than `resume` everything is forgotten, and all that is read is recorded. A long ledger takes
    minutes to be read: `go_on` is called now and then.
    """
    MEMORY.clear()
    if settings.start != "resume":
        state.forget()
        return Beginning(_open(settings, outputs, {}, {}))
    recalled = _recall(outputs, state)
    if recalled is None:
        return _from_ledger(settings, outputs, go_on)
    position, since = dict(recalled.mark["position"]), recalled.mark["since"]
    _read_lines(outputs, settings.source.names, since, go_on)
    read_all = cache(partial(_read_lines, outputs, settings.source.names, {}, go_on))
    batches = _open(settings, outputs, position, {}, read_all if since else lambda: None)
    return Beginning(batches, position, recalled.mark["events"], since)


def _recall(outputs: Outputs, state: StateLog) -> Batch | None:
    """Load the state, if it belongs to these outputs as they are; return its last batch."""
    with no_collection():
        batches = state.read()
    if not batches or not all(output.goes_on_from(batches[-1].mark) for output in outputs.all):
        state.forget()
        return None
    for batch in batches:
        MEMORY.load(batch.kept)
    return batches[-1]


def _from_ledger(settings: Settings, outputs: Outputs, go_on: Callable[[], None]) -> Beginning:
    """Read the whole ledger; then read again what the horizon must remember, and record what has no line."""
    firsts = _firsts(settings, outputs)
    for output in outputs.all:
        output.lines = LinesRead(settings.horizon)
    _read_lines(outputs, settings.source.names, {}, go_on)
    begins: dict[Place, int] = {}
    if isinstance(settings.source, KafkaSource):
        found = [rebuild_from(output.lines, firsts) for output in outputs.all]
        everywhere = set.intersection(*map(set, found)) if found else set()
        begins = {place: min(one[place] for one in found) for place in everywhere}
    if outputs.kafka is not None and outputs.kafka.lines.recent:
        outputs.kafka.remember_standing(begins)
    return Beginning(_open(settings, outputs, {}, begins))


def _read_lines(outputs: Outputs, names: set[str], since: Mapping[str, Any], go_on: Callable[[], None]) -> None:
    """Read the lines of these topics or files that were written since a mark; the whole ledger, where there is none."""
    for output in outputs.all:
        for number, written in enumerate(output.lines_since(since) if since else output.all_lines()):
            if number % GO_ON_EVERY == 0:
                go_on()
            if written.origin.topic in names:
                output.lines.add(written.line)
        output.done = output.lines.done


def _firsts(settings: Settings, outputs: Outputs) -> dict[Place, int]:
    """Return where the input begins, if the ledger says all about it: else what came before may have had its line."""
    source = settings.source
    if isinstance(source, FileSource) or not (outputs.kafka is None or is_whole(outputs.kafka.connection)):
        return {}
    topic_id = id_of_topic(source.connection, source.topic)
    bounds = partition_bounds(source.connection, source.topic)
    return {(source.topic, partition, topic_id): first for partition, (first, _) in bounds.items()}


def _open(
    settings: Settings,
    outputs: Outputs,
    position: Mapping[str, Any],
    begin_at: Mapping[Place, int],
    meet: Callable[[], None] = lambda: None,
) -> Batches:
    source, done = settings.source, tuple(output.done for output in outputs.all)
    slower = 1 if settings.entity_model == "fast" else SLOWER
    if isinstance(source, FileSource):
        return FileBatches(source, position, done, meet, slower)
    return TopicBatches(_open_topic(settings, source, position, begin_at), done, slower)


def _open_topic(
    settings: Settings, source: KafkaSource, position: Mapping[str, Any], begin_at: Mapping[Place, int]
) -> LogReader:
    """Open a topic at the offsets that are known, each other partition at its beginning."""
    topic_id = id_of_topic(source.connection, source.topic)
    bounds = partition_bounds(source.connection, source.topic)
    known = dict(position.get(topic_id, {}))
    known |= {place[1]: at for place, at in begin_at.items() if place[0] == source.topic and place[2] in (topic_id, "")}
    if settings.start != "resume":
        ranges = plan_ranges(source.connection, source.topic, settings.start, drain=False, resume_at={})
        known = {topic_range.partition: topic_range.start for topic_range in ranges}
    positions = {partition: min(known.get(partition, first), last) for partition, (first, last) in bounds.items()}
    ends = {partition: last for partition, (_, last) in bounds.items()} if settings.drain else None
    return LogReader(source.connection, source.topic, topic_id, positions, ends)
