import time

import pytest

from connectors.kafka.event_clock import EventClock

NOW = 1_800_000_000.0


class WallClock:
    """A clock on the wall that a test turns."""

    def __init__(self) -> None:
        self.time = NOW


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> WallClock:
    clock = WallClock()
    monkeypatch.setattr(time, "time", lambda: clock.time)
    monkeypatch.setattr(EventClock, "clocks", {})
    return clock


def test_on_a_topic_where_nothing_ever_was_no_time_passes(wall: WallClock) -> None:
    clock = EventClock.of("t")
    wall.time += 5
    assert clock.now() is None


def test_a_pause_in_a_replay_goes_on_from_the_last_messages_at_the_pace_of_the_wall(wall: WallClock) -> None:
    clock = EventClock.of("t")
    clock.advance(1000)
    assert clock.now() == 1000
    wall.time += 3
    assert clock.now() == 4000
    for _ in range(2):
        clock.advance(2000)
    assert clock.now() == 2000, "the time waited is counted from the last message, of whatever age"


def test_a_few_messages_from_the_future_or_the_past_move_it_little(wall: WallClock) -> None:
    clock = EventClock.of("t")
    for at in range(1000, 2000):
        clock.advance(at)
    usual = clock.now()
    assert usual is not None
    for at in (10**15, 0, 10**15):
        clock.advance(at)
    assert abs((clock.now() or 0) - usual) < 10


def test_it_never_goes_beyond_the_present(wall: WallClock) -> None:
    clock = EventClock.of("t")
    clock.advance(int(NOW + 1e9) * 1000)
    assert clock.now() == NOW * 1000
    wall.time += 1
    assert clock.now() == (NOW + 1) * 1000


def test_partitions_of_one_topic_share_a_clock_and_topics_do_not(wall: WallClock) -> None:
    EventClock.of("t").advance(1000)
    assert EventClock.of("t").now() == 1000
    assert EventClock.of("other").now() is None


def test_a_partition_that_has_more_holds_time_back_until_nothing_came_of_it_for_a_minute(wall: WallClock) -> None:
    clock = EventClock(began=wall.time)
    clock.advance(5_000, 0)
    clock.advance(3_000, 1)
    assert clock.hold(9_000, []) == 9_000
    assert clock.hold(9_000, [0]) == 5_000
    assert clock.hold(9_000, [0, 1]) == 3_000
    assert clock.hold(9_000, [2]) == 0, "nothing was read of it yet"
    assert clock.hold(2_000, [0, 1]) == 2_000
    wall.time += 61
    assert clock.hold(9_000, [0, 1, 2]) == 9_000
