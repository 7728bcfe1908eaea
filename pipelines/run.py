"""Put a run together: where messages come from, the sentence, where records go."""

from collections.abc import Callable
from functools import partial

import apache_beam as beam

from connectors.kafka.admin import id_of_topic
from connectors.kafka.beam.source import ReadFromKafka
from connectors.kafka.offsets import plan_ranges
from connectors.kafka.sink import WriteToKafka
from pipelines.batches.loop import BatchRun
from pipelines.batches.progress import Progress
from pipelines.core.ledger import LinesRead, rebuild_from
from pipelines.inputs import Decoder
from pipelines.ledgers import is_whole, topic_lines
from pipelines.news import ReadNews
from pipelines.options import KafkaSource, Settings
from pipelines.runners.launch import launch
from pipelines.transforms.order_versions import OrderVersions
from schemas.confluent import register_schemas
from schemas.topics import load_topics


def run(settings: Settings, watch: Callable[[Progress], None] = lambda _: None) -> Progress:
    """Run on this machine, batch by batch, and return what was written."""
    return BatchRun(settings, watch).go()


def run_on_flink(settings: Settings) -> None:
    """Run the pipeline on a cluster to its end."""
    launch(settings, partial(build, settings))


def build(settings: Settings, pipeline: beam.Pipeline) -> None:
    """Put the whole job on a pipeline: from a topic, to topics."""
    source, target = settings.source, settings.to_kafka
    assert isinstance(source, KafkaSource)
    assert target is not None
    lines = LinesRead(settings.horizon)
    for written in topic_lines(target) if settings.start == "resume" else ():
        if written.origin.topic == source.topic:
            lines.add(written.line)
    ranges = plan_ranges(
        source.connection,
        source.topic,
        settings.start,
        drain=settings.drain,
        resume_at={place[1]: offset for place, offset in rebuild_from(lines, {}).items()} if is_whole(target) else {},
    )
    topic_id = id_of_topic(source.connection, source.topic)
    decoder = Decoder(settings.max_message_bytes, settings.registry)
    topics = {topic.record: topic.name for topic in load_topics()}
    frame = register_schemas(settings.registry) if settings.registry else None
    _ = (
        pipeline
        | "Read" >> ReadFromKafka(source.connection, topic_id, ranges, decoder.event_time)
        | "News" >> ReadNews(settings, decoder.decode, lines.done)
        | "InOrder" >> OrderVersions(settings.endless)
        | "ToKafka" >> WriteToKafka(target, topics, frame)
    )
