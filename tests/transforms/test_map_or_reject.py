import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that, equal_to

from connectors.message import Message
from pipelines.core.article import Origin
from pipelines.core.rejection import MissingField
from pipelines.runners.launch import IN_PROCESS
from pipelines.transforms.map_or_reject import MapOrReject, Refusals
from pipelines.transforms.refused import Refused


def number(text: str) -> int:
    if not text:
        raise MissingField("There is no number.")
    return int(text)


def message(offset: int, text: str) -> Message:
    return Message(text.encode(), "t", 0, offset, headers=(("from", b"desk"),), timestamp=7)


def told(refused: Refused) -> tuple[Message, Origin, str, str, str]:
    return refused.message, refused.origin, refused.stage, refused.refusal.reason, refused.refusal.message


def test_maps_what_it_can_and_keeps_the_whole_message_of_what_it_refuses() -> None:
    messages = [message(0, "1"), message(1, ""), message(2, "3")]
    refusals = Refusals()
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        pairs = pipeline | beam.Create([(one, one.value.decode()) for one in messages])
        passed = pairs | MapOrReject("count", number, refusals)
        assert_that(passed, equal_to([(messages[0], 1), (messages[2], 3)]), label="passed")
        [refused] = refusals.collected
        expected = [(messages[1], Origin("t", 0, 1), "count", "missing_field", "There is no number.")]
        assert_that(refused | beam.Map(told), equal_to(expected), label="refused")


def test_a_bug_is_no_refusal() -> None:
    pipeline = beam.Pipeline(runner=IN_PROCESS)
    _ = pipeline | beam.Create([(message(0, "x"), "x")]) | MapOrReject("count", number, Refusals())
    with pytest.raises(Exception, match="invalid literal for int"):
        pipeline.run().wait_until_finish()


def test_the_refusals_of_all_stages_are_gathered_in_their_order() -> None:
    refusals = Refusals()
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        pairs = pipeline | beam.Create([(message(0, ""), ""), (message(1, "5"), "5")])
        once = pairs | "One" >> MapOrReject("one", number, refusals)
        _ = once | "Two" >> MapOrReject("two", lambda _: number(""), refusals)
        stages = refusals.collected | beam.Flatten() | beam.Map(lambda refused: (refused.stage, refused.origin.offset))
        assert_that(stages, equal_to([("one", 0), ("two", 1)]))
