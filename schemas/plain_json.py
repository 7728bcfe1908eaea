"""Read and write records as plain JSON: timestamps as ISO 8601, bytes as base64, no union tags."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias
from uuid import UUID

import orjson

from schemas.catalog import load_schema
from schemas.errors import UndecodableBytes, WrongField
from schemas.wrappings import read_names, text_of, unwrap_message, unwrap_value

_Reader: TypeAlias = Callable[[Any, str], Any]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ABSENT = object()
_UTF8_MARK, _UTF16_MARKS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_NUMBERED, _LISTED = frozenset(("id", "published_at")), frozenset(("author", "category"))
"""Texts that producers also send as a number (a row's, seconds since 1970), and as a list of texts."""
_EXACT = 2**53


def to_json(fields: Mapping[str, Any]) -> bytes:
    """Write a record as one line of JSON in UTF-8.

    >>> to_json({"name": "بغداد", "value": bytes(2)}).decode()
    '{"name":"بغداد","value":"AAA="}'
    """
    return orjson.dumps(fields, default=_write_other, option=orjson.OPT_UTC_Z)


def from_json(record: str, data: bytes, version: int | None = None) -> dict[str, Any]:
    """Read a record, in its latest version where none is named, from JSON in strict UTF-8, or in UTF-16 with its mark.

    Fields we do not know are left out. Raises UndecodableBytes or WrongField.
    """
    try:
        text = data.decode("utf-16") if data.startswith(_UTF16_MARKS) else data.removeprefix(_UTF8_MARK)
        value = unwrap_message(orjson.loads(text))
    except (orjson.JSONDecodeError, UnicodeDecodeError) as error:
        raise UndecodableBytes(f"The message is not Avro, and as JSON it cannot be read: {error}.") from error
    return conform(record, value, version)


def conform(record: str, value: object, version: int | None = None) -> dict[str, Any]:
    """Return the fields of `value` that the record has; absent ones get their default.

    Raises WrongField naming the field that is absent or of the wrong type.
    """
    fields: dict[str, Any] = _top_reader(record, version)(value, "")
    return fields


@cache
def _top_reader(record: str, version: int | None) -> _Reader:
    return _reader_of(load_schema(record, version), {})


def _reader_of(schema: Any, named: dict[str, _Reader]) -> _Reader:
    if isinstance(schema, list):
        return _optional(_reader_of(next(branch for branch in schema if branch != "null"), named))
    if isinstance(schema, str):
        return named[schema] if schema in named else _SIMPLE[schema]
    if schema["type"] == "record":
        fields = schema["fields"]
        reader = _record([(f["name"], f.get("default", _ABSENT), _reader_of(f["type"], named)) for f in fields])
        named[schema["name"]] = reader
        return reader
    if schema["type"] == "array":
        return _array(_reader_of(schema["items"], named))
    return _SIMPLE[schema.get("logicalType", schema["type"])]


def _record(fields: list[tuple[str, Any, _Reader]]) -> _Reader:
    def read(value: Any, path: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _wrong(path, "an object with named fields", value)
        return {name: read_field(value.get(name, default), f"{path}.{name}") for name, default, read_field in fields}

    return read


def _optional(read_value: _Reader) -> _Reader:
    return lambda value, path: None if value is None else read_value(value, path)


def _array(read_item: _Reader) -> _Reader:
    def read(value: Any, path: str) -> list[Any]:
        if not isinstance(value, list):
            raise _wrong(path, "a list", value)
        return [read_item(item, f"{path}[{index}]") for index, item in enumerate(value)]

    return read


def _string(value: Any, path: str) -> str:
    """Read a text; a producer may have a time, an id or a list where we have text, and it is plain what is meant."""
    if type(value) is str:
        return value
    name = path.rpartition(".")[2]
    value = text_of(unwrap_value(value) if name in _NUMBERED else value)
    if type(value) is str:
        return value
    if isinstance(value, date | UUID):
        return value.isoformat() if isinstance(value, date) else str(value)
    if name in _NUMBERED and (type(value) is int or isinstance(value, Decimal)):
        return str(value)
    if name in _NUMBERED and type(value) is float and abs(value) < _EXACT:
        return str(int(value)) if value.is_integer() else repr(value)
    if name in _LISTED and (names := read_names(value)) is not None:
        return "، ".join(names)
    raise _wrong(path, "text", value)


def _whole_number(bits: int) -> _Reader:
    def read(value: Any, path: str) -> int:
        if type(value) is not int or not -(2 ** (bits - 1)) <= value < 2 ** (bits - 1):
            raise _wrong(path, f"a whole number of at most {bits} bits", value)
        return value

    return read


def _number(value: Any, path: str) -> float:
    if type(value) not in (int, float):
        raise _wrong(path, "a number", value)
    return float(value)


def _truth(value: Any, path: str) -> bool:
    if type(value) is not bool:
        raise _wrong(path, "true or false", value)
    return value


def _bytes(value: Any, path: str) -> bytes:
    if isinstance(value, bytes):
        return value
    try:
        return b64decode(value, validate=True)
    except (ValueError, TypeError) as error:
        raise _wrong(path, "bytes in base64", value) from error


def _timestamp(value: Any, path: str) -> datetime:
    try:
        if type(value) is int:
            return _EPOCH + timedelta(milliseconds=value)
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise WrongField(f"The field {path[1:]} is a time without its offset; write it, such as Z or +03:00.")
        moment = moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError) as error:
        raise _wrong(path, "a time in ISO 8601 or milliseconds", value) from error
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


_SIMPLE: dict[str, _Reader] = {
    "string": _string,
    "int": _whole_number(32),
    "long": _whole_number(64),
    "double": _number,
    "boolean": _truth,
    "bytes": _bytes,
    "timestamp-millis": _timestamp,
}


def _wrong(path: str, wanted: str, value: Any) -> WrongField:
    found = "is absent" if value is _ABSENT else f"is {_kind(value)}"
    name = f"field {path[1:]}" if path else "message"
    return WrongField(f"The {name} {found}; it must be {wanted}.")


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}
    return "null" if value is None else names.get(type(value), type(value).__name__)


def _write_other(value: object) -> str:
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    if isinstance(value, Decimal | timedelta):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a record.")
