import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.files.layout import by_file, file_name
from connectors.message import Delivery


@given(st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)))
def test_whatever_a_producer_calls_a_time_there_is_a_file_for_it(timestamp: int | None) -> None:
    record, date, hour, _ = file_name("rejection", timestamp, ".avro").split("/")
    assert record == "rejection"
    assert date.startswith("date=")
    assert hour.startswith("hour=")


@pytest.mark.parametrize("timestamp", [None, 253_402_300_800_000, 1_773_136_800_000_000, -(2**62)])
def test_a_time_that_no_calendar_holds_is_no_date(timestamp: int | None) -> None:
    assert file_name("event", timestamp, ".avro") == "event/date=undated/hour=00/event-undated.avro"


def test_the_first_hour_of_1970_and_those_before_it_are_dates_too() -> None:
    assert file_name("event", 0, ".avro") == "event/date=1970-01-01/hour=00/event-1970-01-01T00.avro"
    assert file_name("event", -1, ".avro") == "event/date=1969-12-31/hour=23/event-1969-12-31T23.avro"


def test_of_two_versions_with_one_key_in_an_hour_the_newer_stays_in_whatever_order() -> None:
    old, new = Delivery("event", b"k", b"z", 5, 1), Delivery("event", b"k", b"a", 5, 2)
    assert list(by_file([old, new], ".avro").values()) == list(by_file([new, old], ".avro").values()) == [[b"a"]]
