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


@pytest.mark.parametrize(
    "value",
    [
        "Wed, 01 May 2024 11:30:00 +02:00",
        "Wed, 01 May 2024 11:30 +02",
        "1 May 2024 09:30 Z",
        "Wed, 01 May 2024 12:30:00 EEST",
        "Wed, 01 May 2024 12:30:00 AST",
        "01-May-24 12:30 MSK",
        "Wed May 01 2024 12:30:00 GMT+0300 (Arabian Standard Time)",
        "Wed May 01 2024 12:30:00 UTC+3",
        "Wed May  1 11:30:00 CEST 2024",
        "Wed May 01 05:30:00 -0400 2024",
        "May 1, 2024 12:30 PM",
        "Wednesday, May 1st, 2024 at 12.30 p.m.",
        "1/5/2024 12:30 PM +0300",
        "2024-05-01 12:30 Asia/Baghdad",
        "2024-05-01T12:30:00+03:00[Asia/Kuwait]",
        "1er mai 2024 à 12h30",
        "mer., 01 mai 2024 10:30:00 +0100",
        "الأربعاء 1 مايو 2024 - 12:30 م",
        "الأربعاء، ١ أيّار/مايو ٢٠٢٤ الساعة ١٢:٣٠ ظهراً",
        "12:30 - 1 ماي 2024",
        "نُشر في 2024/5/1 الساعة 11:30 صباحا CEST",
        "1 أيار 2024 9:30 ص بتوقيت غرينتش",
        "22 شوال 1445 هـ الموافق 1 مايو 2024م 12:30 م",
        "22 شوال 1445 هـ 12:30 م",
        "/Date(1714555800000)/",
        "1714555800000000000",
    ],
)
def test_reads_every_form_that_feeds_sitemaps_and_sites_write(value: str) -> None:
    assert parse_published_at(value, ZONE).isoformat() == "2024-05-01T12:30:00+03:00"


@pytest.mark.parametrize(
    "value",
    [
        "مايو 1, 2024 12:30 م",
        "الأربعاء, مايو 1, 2024 - 12:30",
        "أيار/مايو 1، 2024 12:30",
        "2024 مايو 1 12:30",
        "Wed, 05/01/2024 - 12:30",
        "الأربعاء 05/01/2024 12:30",
        "01 / 05 / 2024 | 12:30",
        "2024–05–01 12:30",
        "01/05/2024 - 22/10/1445 12:30",
        "1445-10-22T12:30:00",
        "2024-05-01 12.30",
        "1 مايو 2024 12.30",
        "01.05.2024 12.30.00",
        "01-MAY-24 12.30.00.000000 PM",
        "01-MAY-24 12.30.00.000000 PM +03:00",
        "[01/May/2024:12:30:00 +0300]",
        "2024:05:01 12:30:00",
        "20240501123000+0300",
        "20240501T093000Z",
        "20240501-1230",
        "20240501123000000",
        "2024-05-01 12:30:00 +0300 +03",
        "2024-05-01 09:30:00.0 +0000 UTC m=+0.000012",
        "Wed, 01 May 2024 12:30:00 (GMT+03:00) Riyadh",
        "1 مايو 2024 12:30 (بتوقيت السعودية)",
        "1 مايو 2024 9:30 التوقيت العالمي",
        "1 مايو 2024 12:30 حسب التوقيت المحلي",
        "12:30 بتوقيت مكة الأربعاء 1 مايو 2024",
        "12:30 بتوقيت مكة - Wed, 01 May 2024",
        "1 مايو 2024 12:30 بتوقيت غرينتش+3",
        "20240501 - 12:30 pm",
        "2024-05-01+12:30:00",
        "2024-05-01T12%3A30%3A00%2B03%3A00",
        "1 مايو 2024 12:30 - 3 دقائق للقراءة",
        "1 مايو 2024 12:30 | المشاهدات: 1234",
        "العدد 1234 الأربعاء 1 مايو 2024 12:30",
        "PM 12:30 01/05/2024",
        "2024/05/01 - م 12:30",
        "١ مايو ٢٠٢٤ ١٢:٣٠ \ufee1",
        "1&nbsp;مايو 2024 12:30",
        "<time>Wed, 01 May 2024 12:30</time>",
        'ISODate("2024-05-01T09:30:00Z")',
        "mer. 1 mai 2024 12:30",
        "Publié le 1 mai 2024 à 12h30",
        "نُشر في Wed, 01 May 2024 12:30:00 +0300",
        "Date(1714555800000)",
        "@1714555800",
        "1714555800,000",
        "1714555800000.0",
        "1.7145558E9",
    ],
)
def test_reads_what_other_programs_and_other_printers_write(value: str) -> None:
    assert parse_published_at(value, ZONE).isoformat() == "2024-05-01T12:30:00+03:00"


@pytest.mark.parametrize(
    ("value", "hour"),
    [
        ("7 مارس 2024 9:05 مساءا", 21),
        ("7 مارس 2024 9:05 في المساء", 21),
        ("2:05 بعد الظهر 7 مارس 2024", 14),
        ("7 مارس 2024 12:05 بعد منتصف الليل", 0),
        ("7 مارس 2024 8:05 عشاء", 20),
        ("مساء الخميس 7 مارس 2024 09:05", 21),
        ("7 مارس 2024 مساءً الساعة 9:05", 21),
        ("7 مارس 2024م الساعة 9:05", 9),
        ("جريدة المساء 7 مارس 2024 09:05", 9),
        ("الفجر نيوز 7 مارس 2024 21:05", 21),
    ],
)
def test_the_half_of_the_day_is_read_in_whatever_words_and_place(value: str, hour: int) -> None:
    assert parse_published_at(value, ZONE).hour == hour


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("3/7/2024 9:05:09 PM", "day or month first"),
        ("2024030721", "an hour of a day, or seconds"),
        ("1.71E+12", "rounded"),
        ("2024-03-07T18:05:09Z+03:00", "zone"),
        ("2024-03-07 21:05 +0300 +04", "zone"),
        ("2024-03-07 21:05 بتوقيت عمان", "several things"),
        ("7 مارس 2024 م 9:05", "cannot be read"),
        ("09:05 ص مساء 7 مارس 2024", "cannot be read"),
        ("7 مارس 2024 الساعة 21", "cannot be read"),
        ("7 مارس 2024 الساعة التاسعة مساء", "cannot be read"),
        ("7 مارس 2024، التاسعة مساء", "cannot be read"),
        ("7 مارس 2024 2105", "cannot be read"),
        ("7 مارس 2024 18:05 غ", "cannot be read"),
        ("2024-03-07-05:00", "cannot be read"),
        ("2024-03-07 21:05:61", "cannot be read"),
        ("20240307 2105x", "cannot be read"),
    ],
)
def test_what_is_said_beside_the_day_is_never_passed_over(value: str, why: str) -> None:
    with pytest.raises(NoUsableDate, match=why):
        parse_published_at(value, ZONE)


def test_a_weekday_tells_which_number_is_the_month() -> None:
    days = {"Thu, 03/07/2024": "2024-03-07", "Wed, 03/07/2024": "2024-07-03", "Mon, 03/07/2024": "2024-07-03"}
    assert {day: parse_published_at(day, ZONE).date().isoformat() for day in days} == days


def test_a_day_with_a_zone_is_midnight_there() -> None:
    assert parse_published_at("2024-05-01+01:00", ZONE).isoformat() == "2024-05-01T02:00:00+03:00"


@pytest.mark.parametrize(
    ("value", "zone", "hours"),
    [
        ("2024-05-01 12:30 AST", "America/Halifax", -4),
        ("2024-05-01 12:30 IST", "Asia/Gaza", 2),
        ("2024-05-01 12:30 CST", "Asia/Shanghai", 8),
        ("2024-05-01 12:30 CST", "America/New_York", -6),
        ("2024-05-01 12:30 بتوقيت القاهرة", "Asia/Dubai", 3),  # summer time
        ("2024-01-01 12:30 بتوقيت القاهرة", "Asia/Dubai", 2),
        ("2024-05-01 12:30 بالتوقيت المحلي", "Asia/Dubai", 4),
        ("2024-05-01 12:30 بتوقيت عمان", "Asia/Amman", 3),
        ("2024-05-01 12:30 بتوقيت عمان", "Asia/Muscat", 4),
        ("2024-05-01 12:30 Arabian Standard Time", "Asia/Riyadh", 3),
        ("2024-05-01 12:30 Arabian Standard Time", "Asia/Dubai", 4),
        ("2024-05-01 12:30 Central European Standard Time", "Africa/Algiers", 1),
    ],
)
def test_a_name_of_a_zone_means_what_the_outlet_means_by_it(value: str, zone: str, hours: int) -> None:
    clock = parse_published_at(value.partition(" 12:30")[0] + "T12:30:00", "UTC")
    assert parse_published_at(value, zone) == clock - timedelta(hours=hours)


@pytest.mark.parametrize(
    "value",
    [
        "Wed, 01 May 2024 12:30:00 XQT",
        "2024-05-01 12:30 Mars/Olympus",
        "1 May 2024 09:30 B",
        "2024-05-01T12:30:00+23:00",
        "1 مايو 2024 12:30 بتوقيت المريخ",
        "1 مايو 2024 12:30 XQT",
    ],
)
def test_a_zone_that_nobody_understands_is_refused_and_named(value: str) -> None:
    with pytest.raises(NoUsableDate, match="zone"):
        parse_published_at(value, ZONE)


def test_a_zone_of_several_meanings_is_refused_where_the_outlet_is_unknown() -> None:
    with pytest.raises(NoUsableDate, match="'AST' means several things; write the offset"):
        parse_published_at("Wed, 01 May 2024 12:30:00 AST", "UTC")


def test_twelve_oclock_and_the_hours_of_the_night() -> None:
    hours = {
        "12:10 ص": 0,
        "12:10 م": 12,
        "12:10 am": 0,
        "11:10 ليلا": 23,
        "2:10 ليلا": 2,
        "4:10 فجرا": 4,
        "22:10 PM": 22,
    }
    assert {half: parse_published_at(f"1/5/2024 {half}", ZONE).hour for half in hours} == hours


def test_the_end_of_a_day_is_the_midnight_after_it() -> None:
    assert parse_published_at("2024-04-30T24:00:00", ZONE).isoformat() == "2024-05-01T00:00:00+03:00"


def test_month_first_is_read_where_nothing_else_is_possible() -> None:
    assert parse_published_at("4/25/2024", ZONE).date().isoformat() == "2024-04-25"


@pytest.mark.parametrize(
    "value", ["2024-05-01 13:00 AM", "1/5/2024 10:00 - 2/5/2024 11:00", "قبل 3 ساعات", "1 مايو", "1/5/2024 10:00 7"]
)
def test_what_could_be_several_times_or_none_is_refused(value: str) -> None:
    with pytest.raises(NoUsableDate, match="cannot be read"):
        parse_published_at(value, ZONE)


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
