import apache_beam as beam
from apache_beam.testing.util import assert_that, equal_to

from connectors.message import Message
from pipelines.core.article import RawArticle
from pipelines.core.rejection import Undecodable
from pipelines.runners.launch import IN_PROCESS
from pipelines.transforms.decode_articles import DecodeArticles
from pipelines.transforms.map_or_reject import Refusals


def decode(message: Message) -> RawArticle:
    if not message.value:
        raise Undecodable("There is nothing.")
    return RawArticle("masdar", message.value.decode(), "", "")


def test_articles_keep_their_message_beside_them_and_all_that_is_read_is_counted() -> None:
    good, bad = Message("خبر".encode(), "t", 0, 0), Message(b"", "t", 0, 1)
    refusals = Refusals()
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        decoded = pipeline | beam.Create([good, bad]) | DecodeArticles(decode, refusals)
        assert_that(decoded, equal_to([(good, RawArticle("masdar", "خبر", "", ""))]), label="decoded")
        refused = refusals.collected[0] | beam.Map(lambda one: (one.message, one.stage))
        assert_that(refused, equal_to([(bad, "decode")]), label="refused")
