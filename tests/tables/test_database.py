from pathlib import Path

import pytest

from pipelines.tables.database import CannotAnswer, Database, rows_of
from pipelines.tables.filters import Filters
from pipelines.tables.stored import Stored
from tests.tables.conftest import event


def names(folder: Path, stored: list[Stored]) -> tuple[list[str], Database]:
    with Database(folder, ("events",)) as database:
        database.load(stored, Filters())
        return [row["event_id"] for row in rows_of(database.ask("SELECT event_id FROM events ORDER BY 1"))], database


def test_a_tombstone_takes_a_record_away_until_it_is_written_again(tmp_path: Path) -> None:
    stored = [Stored("event", name.encode(), event(name, 5)) for name in ("gone", "again")]
    stored += [Stored("event", name, None) for name in (b"gone", b"again")]
    stored += [Stored("event", b"again", event("again", 1))]
    assert names(tmp_path, stored)[0] == ["again"]


def test_what_cannot_be_read_is_counted_and_hides_nothing(tmp_path: Path) -> None:
    stored = [Stored("event", b"e", event("e")), Stored("event", b"e", None, "t/0@1: damaged")]
    found, database = names(tmp_path, stored)
    assert found == ["e"]
    assert (database.unread, database.problems) == (1, ["t/0@1: damaged"])


def test_the_same_record_twice_is_one_row(tmp_path: Path) -> None:
    assert names(tmp_path, [Stored("event", b"e", event("e"))] * 3)[0] == ["e"]


def test_nothing_is_fetched_from_anywhere(tmp_path: Path) -> None:
    with Database(tmp_path, ("events",)) as database:
        database.load([], Filters())
        with pytest.raises(CannotAnswer, match="spatial"):
            list(database.ask("LOAD spatial"))
