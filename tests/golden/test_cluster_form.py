"""The sentence as a cluster runs it, whole and in shards, makes the records that batches in one process make."""

from itertools import chain
from pathlib import Path

import apache_beam as beam
from apache_beam.testing.util import assert_that

from connectors.kafka.connection import KafkaConnection
from connectors.message import Delivery, Message
from pipelines.batches.sources import identify
from pipelines.core.ledger import Done
from pipelines.inputs import Decoder, read_messages
from pipelines.news import ReadNews
from pipelines.options import KafkaSource, Settings
from pipelines.runners.launch import IN_PROCESS
from schemas.codec import decode
from tests.golden.job import SAMPLES
from tests.golden.test_batches import last_words

MERGED = {"event": "event_id", "story": "story_id", "trend": "trend_id"}


def test_a_drained_cluster_ends_with_the_records_of_the_direct_run(written: Path) -> None:
    messages = [identify(one) for one in chain.from_iterable(map(read_messages, SAMPLES.files))]
    topic = KafkaSource(KafkaConnection("nobody:9092"), "never read")
    settings = Settings(topic, runner="flink", drain=True, shards=3)
    assert settings.keeping == "nowhere"

    def compare(deliveries: list[Delivery]) -> None:
        for record, key in MERGED.items():
            newest: dict[str, Delivery] = {}
            for one in sorted((one for one in deliveries if one.record == record), key=lambda one: one.version):
                newest[one.key.decode()] = one
            found = {name: decode(one.value).fields for name, one in newest.items()}
            assert found == last_words(written, record, key), record

    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        read = pipeline | beam.Create(messages).with_output_types(Message)
        deliveries = read | ReadNews(settings, Decoder(settings.max_message_bytes, None).decode, Done())
        assert_that(deliveries, compare)
