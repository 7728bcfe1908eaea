"""Put a run together: where messages come from, the sentence, where records go."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import apache_beam as beam

from connectors.files.reader import ReadFromFiles
from connectors.files.writer import WriteToFiles
from connectors.kafka.beam.source import ReadFromKafka, close_consumers
from connectors.kafka.offsets import partition_bounds, plan_stretches
from connectors.kafka.sink import WriteToKafka, close_producers
from connectors.kafka.stretch import Stretch
from pipelines.core.ledger import Done, done_with, rebuild_from
from pipelines.inputs import Decoder, read_messages
from pipelines.ledgers import is_whole, read_ledger
from pipelines.news import ReadNews
from pipelines.options import FileSource, KafkaSource, Settings
from pipelines.runners.launch import launch
from schemas.confluent import register_schemas
from schemas.containers import pack_container
from schemas.topics import load_topics


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will read, and which of it is done already and read only to remember it."""

    settings: Settings
    stretches: tuple[Stretch, ...]
    done: Done

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is left to do."""
        if isinstance(self.settings.source, FileSource):
            return False
        return not any(
            next(self.done.missing((one.topic, one.partition), one.start, one.stop), None) for one in self.stretches
        )


def plan(settings: Settings) -> Plan:
    """Find out what to read. `resume` begins as far back as the horizon asks, and writes only what has no line yet."""
    source = settings.source
    resuming = settings.start == "resume" and isinstance(source, KafkaSource)
    lines = read_ledger(settings.to_kafka, settings.to_files) if resuming else []
    done = done_with(line.origin for line in lines)
    if isinstance(source, FileSource):
        return Plan(settings, (), done)
    firsts = {}
    if resuming and is_whole(settings.to_kafka):  # else what came before its first line may have had one
        bounds = partition_bounds(source.connection, source.topic)
        firsts = {(source.topic, partition): first for partition, (first, _) in bounds.items()}
    begin = rebuild_from([line for line in lines if line.origin.topic == source.topic], settings.horizon, firsts)
    stretches = plan_stretches(
        source.connection,
        source.topic,
        settings.start,
        drain=settings.drain,
        resume_at={partition: offset for (_, partition), offset in begin.items()},
    )
    return Plan(settings, stretches, done)


def run(planned: Plan) -> Any:
    """Run the pipeline to its end and return Beam's result."""
    try:
        return launch(planned.settings, partial(build, planned))
    finally:
        if not planned.settings.endless:  # an endless run is stopped in the middle of things
            close_consumers()
            close_producers()


def build(planned: Plan, pipeline: beam.Pipeline) -> None:
    """Put the whole job on a pipeline."""
    settings = planned.settings
    decoder = Decoder(settings.max_message_bytes, settings.registry)
    deliveries = (
        pipeline | "Read" >> _source(planned, decoder) | "News" >> ReadNews(settings, decoder.decode, planned.done)
    )
    if settings.to_kafka is not None:
        topics = {topic.record: topic.name for topic in load_topics()}
        frame = register_schemas(settings.registry) if settings.registry else None
        deliveries | "ToKafka" >> WriteToKafka(settings.to_kafka, topics, frame)
    if settings.to_files is not None:
        suffix = f"-{planned.done.name}.avro" if planned.done.name else ".avro"
        deliveries | "ToFiles" >> WriteToFiles(settings.to_files, pack_container, suffix, settings.endless)


def _source(planned: Plan, decoder: Decoder) -> beam.PTransform:
    source = planned.settings.source
    if isinstance(source, KafkaSource):
        return ReadFromKafka(source.connection, planned.stretches, decoder.event_time)
    return ReadFromFiles(source.files, read_messages, decoder.event_time)
