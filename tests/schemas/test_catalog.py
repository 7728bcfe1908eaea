import json
from typing import Any

import avro.schema
import pytest

from schemas.catalog import fingerprint_of, latest_version, load_schema, records, schema_text, versions

EVERY_SCHEMA = [(record, version) for record in records() for version in versions(record)]

RELEASED = {
    ("article", 1): "9254eb8042cd6b40",
    ("article", 2): "b0170dbfbcb1190c",
    ("article", 3): "ede73a42767038e9",
    ("duplicate", 1): "73db8b36d7c3fce4",
    ("event", 1): "5dfa33d21e389ba1",
    ("event", 2): "2504c50d0e30ec77",
    ("event", 3): "6b08918b686d48ba",
    ("ledger", 1): "323ebc6ed643c22f",
    ("ledger", 2): "239e44e4a97f2b6c",
    ("raw_article", 1): "1f85fbdc12c0a11a",
    ("rejection", 1): "785d91400a72df22",
    ("story", 1): "e80c02a2d89bc35e",
    ("story", 2): "ce1efb553c6f91be",
    ("trend", 1): "6737a4b557be9e3a",
    ("trend", 2): "930032e2ff5e19ef",
    ("trend", 3): "f81cc8a836fdf791",
}


def without_logical_types(schema: Any) -> Any:
    if isinstance(schema, list):
        return [without_logical_types(branch) for branch in schema]
    if not isinstance(schema, dict):
        return schema
    if "logicalType" in schema:
        return schema["type"]
    return {name: without_logical_types(value) for name, value in schema.items()}


def test_there_is_a_schema_for_every_record() -> None:
    assert records() == ("article", "duplicate", "event", "ledger", "raw_article", "rejection", "story", "trend")


@pytest.mark.parametrize(("record", "version"), EVERY_SCHEMA)
def test_fingerprints_agree_with_apaches_own_library(record: str, version: int) -> None:
    # avro 1.12 keeps {"type": "long"} in its canonical form where there was a logical type, so these go first.
    schema = without_logical_types(json.loads(schema_text(record, version)))
    assert fingerprint_of(record, version) == avro.schema.parse(json.dumps(schema)).fingerprint()


def test_a_released_schema_is_never_edited() -> None:
    assert {(record, version): fingerprint_of(record, version).hex() for record, version in EVERY_SCHEMA} == RELEASED


def test_an_unknown_record_is_named() -> None:
    with pytest.raises(LookupError, match="no schema 'weather'"):
        latest_version("weather")


def test_an_unknown_version_is_named() -> None:
    with pytest.raises(LookupError, match="article has no version 99"):
        load_schema("article", 99)
