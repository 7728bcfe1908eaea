"""Find the schemas: one folder a record, one file a version, `1.avsc` upwards."""

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from fastavro.schema import fingerprint, parse_schema, to_parsing_canonical_form

NAMESPACE = "rasid"


def folder() -> Traversable:
    """Return the folder the schemas, the examples and `topics.toml` lie in."""
    return files("schemas")


@cache
def records() -> tuple[str, ...]:
    """Return the names of all records that have a schema, sorted.

    >>> "article" in records()
    True
    """
    return tuple(sorted(entry.name for entry in folder().iterdir() if entry.is_dir() and _numbers(entry)))


@cache
def versions(record: str) -> tuple[int, ...]:
    """Return the versions a record has, lowest first; LookupError where there is no such record."""
    if record not in records():
        raise LookupError(f"There is no schema {record!r}; there are {', '.join(records())}.")
    return _numbers(folder() / record)


def latest_version(record: str) -> int:
    """Return the highest version of a record.

    >>> latest_version("raw_article") >= 1
    True
    """
    return versions(record)[-1]


@cache
def schema_text(record: str, version: int | None = None) -> str:
    """Return a schema as it is written in its file, the latest where no version is named."""
    if version is not None and version not in versions(record):
        raise LookupError(f"{record} has no version {version}; it has {versions(record)}.")
    path = folder() / record / f"{version or latest_version(record)}.avsc"
    return path.read_text(encoding="utf-8")


@cache
def load_schema(record: str, version: int | None = None) -> dict[str, Any]:
    """Return a schema parsed for fastavro, the latest where no version is named; do not change it.

    >>> load_schema("article", 1)["name"]
    'rasid.article'
    """
    parsed = parse_schema(json.loads(schema_text(record, version)))
    ordered = _in_order(parsed)
    assert isinstance(ordered, dict)
    return ordered


@cache
def fingerprint_of(record: str, version: int | None = None) -> bytes:
    """Return the 8 bytes that name a schema: CRC-64-AVRO of its parsing canonical form, little-endian.

    fastavro's canonical form is used: that of avro 1.12 writes `{"type": "long"}` where a long has a logical type,
    against the specification ("PRIMITIVES") and against Java.
    """
    canonical = to_parsing_canonical_form(json.loads(schema_text(record, version)))
    return bytes.fromhex(fingerprint(canonical, "CRC-64-AVRO"))


def _in_order(schema: Any) -> Any:
    """Return a parsed schema with its keys sorted: fastavro's come out of a set, and go into files as they are."""
    if isinstance(schema, dict):
        return {key: _in_order(schema[key]) for key in sorted(schema)}
    return [_in_order(item) for item in schema] if isinstance(schema, list) else schema


def _numbers(entry: Traversable) -> tuple[int, ...]:
    names = (file.name for file in entry.iterdir())
    return tuple(sorted(int(name[:-5]) for name in names if name.endswith(".avsc") and name[:-5].isdecimal()))
