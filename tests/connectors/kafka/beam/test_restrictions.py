from apache_beam.io.restriction_trackers import OffsetRange

from connectors.kafka.beam.restrictions import LogTracker, Offsets
from connectors.kafka.topic_range import ENDLESS, TopicRange


def test_a_stretch_is_its_offsets() -> None:
    assert Offsets().initial_restriction(TopicRange("t", 0, 5, 9)) == OffsetRange(5, 9)
    assert Offsets().restriction_size(TopicRange("t", 0, 5, 9), OffsetRange(5, 9)) == 4
    assert Offsets().restriction_size(TopicRange("t", 0, 5), OffsetRange(5, ENDLESS)) < 1_000_000


def test_the_tail_of_a_log_is_checkpointed_and_never_split_in_two() -> None:
    tracker = LogTracker(OffsetRange(0, ENDLESS))
    assert not tracker.is_bounded()
    assert tracker.try_claim(7)
    assert tracker.try_split(0.5) is None
    assert tracker.try_split(0) == (OffsetRange(0, 8), OffsetRange(8, ENDLESS))
    assert not tracker.try_claim(8), "the rest is another's"


def test_a_stretch_that_ends_is_read_to_its_end() -> None:
    tracker = LogTracker(OffsetRange(0, 10))
    assert tracker.is_bounded()
    assert tracker.try_claim(9)
    assert not tracker.try_claim(10)
    assert tracker.check_done() is None


def test_a_job_that_is_drained_finishes_what_ends_and_lets_go_of_what_does_not() -> None:
    assert Offsets().truncate(TopicRange("t", 0, 0), OffsetRange(3, ENDLESS)) is None
    assert Offsets().truncate(TopicRange("t", 0, 0, 9), OffsetRange(3, 9)) == OffsetRange(3, 9)
