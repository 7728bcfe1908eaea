from pathlib import Path

import pyarrow as pa
import pytest
import rasid


def test_what_a_run_wrote_opens_as_relations(written: Path) -> None:
    with rasid.open(written) as out:
        assert {"events", "articles", "mentions", "duplicates", "rejections"} <= set(dir(out))
        events = out.events
        assert isinstance(events.to_arrow_table(), pa.Table)
        assert len(events.fetchall()) == events.shape[0] > 0
        assert {"event_id", "type", "quote"} <= set(events.columns)
        [(count,)] = out.sql("SELECT count(*) FROM events WHERE happened").fetchall()
        assert 0 < count <= events.shape[0]
        assert "events" in repr(out)


def test_macros_answer_too(written: Path) -> None:
    assert rasid.open(written).sql("FROM who_did_what() LIMIT 1").fetchall()


def test_a_relation_outlives_the_name_of_what_was_opened(written: Path) -> None:
    assert rasid.open(f"files:{written}", "events").events.limit(1).fetchall()


@pytest.mark.parametrize(("library", "method"), [("pandas", "df"), ("polars", "pl")])
def test_other_libraries_frames(written: Path, library: str, method: str) -> None:
    pytest.importorskip(library)
    assert len(getattr(rasid.open(written, "articles").articles, method)()) > 0


def test_a_table_that_there_is_not_suggests_the_nearest(written: Path) -> None:
    with pytest.raises(AttributeError, match="did you mean 'events'"):
        _ = rasid.open(written, "events").event
    with pytest.raises(ValueError, match="no table event; there are events"):
        rasid.open(written, "event")


def test_a_folder_where_no_run_has_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no run has written there"):
        rasid.open(tmp_path)


def test_a_file_of_tls_and_login_is_read_as_the_commands_read_it(tmp_path: Path) -> None:
    file = tmp_path / "kafka.toml"
    file.write_text('user = "amal"\n')
    with pytest.raises(ValueError, match="user is not known"):
        rasid.open("kafka://one:9093", "events", kafka_config=file)


def test_a_kafka_that_is_away_is_said_at_once_in_a_sentence() -> None:
    with pytest.raises(ConnectionError, match=r"Nothing listens at 127\.0\.0\.1:1\."):
        rasid.open("kafka://127.0.0.1:1", "events")
