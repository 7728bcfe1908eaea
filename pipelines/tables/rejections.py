"""What could not be used, and why, as a table."""

from collections.abc import Iterator

from pipelines.tables.table import Fields, Row, Table, columns, origin_text


def rejection_rows(rejection: Fields) -> Iterator[Row]:
    """Yield the one row of a rejection."""
    same = {column.name: rejection[column.name] for column in REJECTIONS.columns if column.name in rejection}
    payload = rejection["payload"]
    yield same | {
        "origin": origin_text(rejection["origin"]),
        "payload": None if payload is None else payload.decode("utf-8", "backslashreplace"),
        "payload_bytes": None if payload is None else len(payload),
    }


REJECTIONS = Table(
    "rejections",
    "rejection",
    "origin, rejection_id",
    columns(r"""
        rejection_id      text    Id of the refusal.
        reason            text    Short name of the reason.
        message           text    What to mend.
        stage             text    The step that refused it.
        origin            text    The message: topic/partition@offset.
        timestamp         moment  The message's own time in Kafka, UTC.
        article_id        text    Id of the article, where it could be read that far.
        payload           text    The message as UTF-8, \xNN where it is not; `rasid rejections list` has the bytes.
        payload_bytes     whole   How long the message was.
        pipeline_version  text    Version of rasid that made the record.
    """),
    rejection_rows,
)
