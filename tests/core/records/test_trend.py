from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from pipelines.core.records import trend_record
from schemas import decode, encode

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)


def trend(start: datetime = NOON, **changed: Any) -> dict[str, Any]:
    measured: dict[str, Any] = {
        **{
            "name": "طرابلس",
            "type": "LOC",
            "count": 30,
            "outlets": 4,
            "baseline_mean": 2.00004,
            "baseline_windows": 24,
        },
        **{
            "score": 7.654321,
            "retracted": False,
            "version": 30,
            "article_ids": [f"a{n:02}" for n in reversed(range(30))],
            "story_id": "s1",
        },
    }
    hour, more = start + timedelta(hours=1), {"day": 19845} | measured | changed
    return trend_record("entity", "Q3579", began=start, ended=hour, window_start=start, window_end=hour, **more)


def test_a_trend_fits_its_schema() -> None:
    fields = trend()
    assert decode(encode("trend", fields)).fields == fields
    assert (fields["score"], fields["baseline_mean"]) == (7.6543, 2.0)


def test_a_trend_names_twenty_articles_at_most() -> None:
    assert trend()["article_ids"] == [f"a{n:02}" for n in range(20)]
    assert trend(article_ids=["b", "a", "b"])["article_ids"] == ["a", "b"]


def test_a_trend_counted_again_keeps_its_id() -> None:
    baghdad = timezone(timedelta(hours=3))
    assert trend()["trend_id"] == trend(NOON.astimezone(baghdad), count=31, version=31)["trend_id"]
    assert trend()["trend_id"] == trend(NOON + timedelta(hours=1))["trend_id"], "one a day, wherever its peak is"
    assert trend()["trend_id"] != trend(day=19846)["trend_id"]
