from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.publication import parse_published_at
from pipelines.core.rejection import NoUsableDate

ZONE = "Asia/Riyadh"


@pytest.mark.parametrize(
    "value",
    [
        "2024-05-01T12:30:00+03:00",
        "2024-05-01T09:30:00Z",
        "2024-05-01T09:30Z[UTC]",
        "2024-05-01 09:30:00 UTC",
        "2024-05-01T12:30:00.000000000+0300",
        "2024-05-01 12:30",
        "2024/5/1 12:30",
        "1/5/2024 12:30",
        "01-05-2024, 12:30:00",
        "20240501123000",
        "202405011230",
        "١/٥/٢٠٢٤ ١٢:٣٠",
        "\u200f٢٠٢٤-٠٥-٠١ ١٢:٣٠ ",
        "Wed, 01 May 2024 09:30:00 GMT",
        "Wed, 01 May 2024 09:30:00 -0000",
        "Wed, 01 May 2024 12:30:00",
        "1 May 2024 05:30:00 -0400",
        "1714555800",
        "1714555800.0",
        "1714555800000",
        "1714555800000000",
    ],
)
def test_reads_the_same_moment_from_every_form(value: str) -> None:
    assert parse_published_at(value, ZONE).isoformat() == "2024-05-01T12:30:00+03:00"


@pytest.mark.parametrize("value", ["2024-05-01", "20240501", "1.5.2024", "٢٠٢٤/٥/١"])
def test_a_date_alone_is_midnight_in_the_outlets_zone(value: str) -> None:
    assert parse_published_at(value, ZONE).isoformat() == "2024-05-01T00:00:00+03:00"


def test_the_time_is_given_in_the_outlets_own_zone() -> None:
    moment = parse_published_at("2024-05-01T23:30:00Z", "Africa/Casablanca")
    assert (moment.day, getattr(moment.tzinfo, "key", None)) == (2, "Africa/Casablanca")


def test_a_zone_with_summer_time_gives_the_offset_of_that_day() -> None:
    offsets = [parse_published_at(day, "Asia/Beirut").utcoffset() for day in ("2024-01-15", "2024-07-15")]
    assert offsets == [timedelta(hours=2), timedelta(hours=3)]


@pytest.mark.parametrize("value", ["أمس", "2024", "2024-02-30", "31/13/2024", "0", "99999999999999999999", "12:30"])
def test_refuses_what_it_cannot_read_and_says_what_it_found(value: str) -> None:
    with pytest.raises(NoUsableDate, match="expected ISO 8601") as refusal:
        parse_published_at(value, ZONE)
    assert value in refusal.value.message


@pytest.mark.parametrize("value", ["", "  ", "\u200f"])
def test_refuses_an_absent_time(value: str) -> None:
    with pytest.raises(NoUsableDate, match="empty"):
        parse_published_at(value, ZONE)


@pytest.mark.parametrize(
    "value", ["1989-12-31", "2101-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "600000000"]
)
def test_refuses_years_that_no_news_site_published_in(value: str) -> None:
    with pytest.raises(NoUsableDate, match="expected 1990 to 2100"):
        parse_published_at(value, ZONE)


@given(st.datetimes(datetime(1990, 1, 2), datetime(2100, 12, 30)))
def test_what_python_writes_comes_back(moment: datetime) -> None:
    assert parse_published_at(moment.replace(tzinfo=UTC).isoformat(), ZONE) == moment.replace(tzinfo=UTC)


@given(st.text() | st.text(alphabet="0123456789-/:.TZ+ WMay,٣", max_size=30))
def test_ends_in_a_moment_or_a_refusal(value: str) -> None:
    try:
        moment = parse_published_at(value, ZONE)
    except NoUsableDate:
        return
    assert 1990 <= moment.year <= 2100
