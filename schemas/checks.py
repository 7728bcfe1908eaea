"""Check the contract: schemas, examples and topics. `rasid schemas check` prints what this finds."""

import json
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import avro.schema
import orjson
from avro.compatibility import ReaderWriterCompatibilityChecker, SchemaCompatibilityType

from schemas.catalog import NAMESPACE, fingerprint_of, folder, records, schema_text, versions
from schemas.codec import decode, encode
from schemas.errors import CannotRead
from schemas.plain_json import from_json
from schemas.topics import Topic, load_topics


def check_schemas() -> list[str]:
    """Return what is wrong with the contract, a sentence each; nothing, where it is sound.

    >>> check_schemas()
    []
    """
    problems: list[str] = []
    for record in records():
        problems += _check_numbers(record)
        for version in versions(record):
            problems += check_schema(record, version)
            problems += _check_examples(record, version)
        problems += _check_compatibility(record)
    return problems + list(_check_fingerprints()) + list(_check_shared_types()) + list(_check_strays()) + check_topics()


def check_schema(record: str, version: int) -> list[str]:
    """Return what is wrong with one schema by itself: its name, its docs, what it is made of."""
    place = f"{record}/{version}.avsc"
    try:
        schema = json.loads(schema_text(record, version))
        avro.schema.parse(schema_text(record, version))
    except (ValueError, avro.errors.AvroException) as error:
        return [f"{place} is no Avro schema: {error}."]
    problems = list(_check_docs(place, schema))
    if (schema.get("namespace"), schema.get("name")) != (NAMESPACE, record):
        problems.append(f"{place} must define {NAMESPACE}.{record}.")
    return problems


def _check_docs(place: str, schema: dict[str, Any]) -> Iterator[str]:
    for kind in _named_types(schema):
        if not kind.get("doc"):
            yield f"{place}: {kind['name']} has no doc."
        if kind["type"] != "record":
            yield f"{place}: {kind['name']} is of type {kind['type']}, which cannot grow; use a string or bytes."
        for field in kind.get("fields", ()):
            name = f"{kind['name']}.{field['name']}"
            if not field.get("doc"):
                yield f"{place}: {name} has no doc."
            if isinstance(field["type"], list) and not _is_optional(field):
                yield f'{place}: {name} is a union; only ["null", T] with default null can be read from JSON.'


def _is_optional(field: dict[str, Any]) -> bool:
    return len(field["type"]) == 2 and field["type"][0] == "null" and field.get("default", "") is None


def _check_numbers(record: str) -> Iterator[str]:
    if versions(record) != tuple(range(1, len(versions(record)) + 1)):
        yield f"The versions of {record} are {versions(record)}; they must be numbered from 1 without gaps."


def _check_compatibility(record: str) -> Iterator[str]:
    schemas = {version: avro.schema.parse(schema_text(record, version)) for version in versions(record)}
    for older, newer in combinations(schemas, 2):
        for reader, writer in ((older, newer), (newer, older)):
            answer = ReaderWriterCompatibilityChecker().get_compatibility(schemas[reader], schemas[writer])  # type: ignore[no-untyped-call]
            if answer.compatibility is not SchemaCompatibilityType.compatible:
                why = "; ".join(sorted(answer.messages))
                yield f"A reader of {record} version {reader} cannot read what version {writer} writes: {why}."


def _check_fingerprints() -> Iterator[str]:
    seen: dict[bytes, str] = {}
    for record in records():
        for version in versions(record):
            name = f"{record}/{version}.avsc"
            other = seen.setdefault(fingerprint_of(record, version), name)
            if other != name:
                yield f"{name} and {other} have the same fingerprint: they differ in docs or defaults only."


def _check_shared_types() -> Iterator[str]:
    seen: dict[str, tuple[str, dict[str, Any]]] = {}
    for record in records():
        for kind in _named_types(json.loads(schema_text(record))):
            other, definition = seen.setdefault(kind["name"], (record, kind))
            if definition != kind:
                yield f"{kind['name']} means one thing in {other} and another in {record}; give one another name."


def _check_examples(record: str, version: int) -> Iterator[str]:
    place = folder() / "examples" / record / str(version)
    files = sorted((f for f in place.iterdir() if f.name.endswith(".json")), key=str) if place.is_dir() else []
    if not files:
        yield f"There is no example of {record} version {version} in examples/{record}/{version}/."
    for file in files:
        name, data = f"examples/{record}/{version}/{file.name}", file.read_bytes()
        try:
            fields = from_json(record, data, version)
        except CannotRead as error:
            yield f"{name}: {error}"
            continue
        if decode(encode(record, fields, version)) != (record, version, fields):
            yield f"{name} does not come back from Avro as it went in."
        yield from (f"{name}: {lost} is not in the schema." for lost in _lost("", orjson.loads(data), fields))


def _lost(path: str, written: Any, read: Any) -> Iterable[str]:
    if isinstance(written, dict) and isinstance(read, dict):
        for name, value in written.items():
            yield from _lost(f"{path}.{name}", value, read[name]) if name in read else (f"{path}.{name}"[1:],)
    elif isinstance(written, list) and isinstance(read, list):
        for index, pair in enumerate(zip(written, read, strict=True)):
            yield from _lost(f"{path}[{index}]", *pair)


def _check_strays() -> Iterator[str]:
    for entry in (folder() / "examples").iterdir():
        known = {str(version) for version in versions(entry.name)} if entry.name in records() else set()
        for version in entry.iterdir():
            if version.name not in known:
                yield f"examples/{entry.name}/{version.name} is the example of no schema."
    for record in records():
        named = {f"{version}.avsc" for version in versions(record)}
        for file in (folder() / record).iterdir():
            if file.name not in named:
                yield f"{record}/{file.name} is no version of {record}; versions are named 1.avsc upwards."


def check_topics() -> list[str]:
    """Return what is wrong with `topics.toml`: every record has one topic, whose key is made of its fields."""
    topics = load_topics()
    names = {topic.name for topic in topics}
    carried = sorted(topic.record for topic in topics)
    problems = [
        f"{record} has {carried.count(record)} topics, not one." for record in records() if carried.count(record) != 1
    ]
    for topic in topics:
        problems += _check_topic(topic, names)
    return problems


def _check_topic(topic: Topic, names: set[str]) -> Iterator[str]:
    if topic.record not in records():
        yield f"{topic.name} carries {topic.record}, which has no schema."
        return
    fields = {field["name"] for field in json.loads(schema_text(topic.record))["fields"]}
    yield from (
        f"{topic.name} is keyed by {name}, which {topic.record} has not." for name in topic.key if name not in fields
    )
    if topic.rejections is not None and topic.rejections not in names:
        yield f"{topic.name} sends rejections to {topic.rejections}, which is no topic."
    if not set(topic.cleanup_policy.split(",")) <= {"compact", "delete"}:
        yield f"{topic.name} has the cleanup policy {topic.cleanup_policy}; it must be compact, delete or both."


def _named_types(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, list):
        for branch in schema:
            yield from _named_types(branch)
    elif isinstance(schema, dict):
        if "name" in schema:
            yield schema
        for field in schema.get("fields", ()):
            yield from _named_types(field["type"])
        yield from _named_types(schema.get("items"))
