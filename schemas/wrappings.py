"""Take messages and texts out of what other programs put around them, where it is plain what is meant."""

from typing import Any

import orjson

_ENVELOPE = {"schema", "payload"}
_MONGO = frozenset(("$oid", "$date", "$numberLong", "$numberInt", "$numberDouble"))


def unwrap_message(value: Any) -> Any:
    """Take a message out of a text that is JSON itself, and out of Kafka Connect's envelope.

    >>> unwrap_message({"schema": None, "payload": {"title": "خبر"}})
    {'title': 'خبر'}
    """
    if isinstance(value, str) and value.lstrip().startswith("{"):
        value = orjson.loads(value)
    return value["payload"] if isinstance(value, dict) and value.keys() == _ENVELOPE else value


def unwrap_value(value: Any) -> Any:
    """Take an id or a time out of the object in which MongoDB exports it.

    >>> unwrap_value({"$date": {"$numberLong": "1714555800000"}})
    '1714555800000'
    """
    while isinstance(value, dict) and len(value) == 1 and value.keys() <= _MONGO:
        [value] = value.values()
    return value


def text_of(value: Any) -> Any:
    """Return the text that bytes in UTF-8 are: a producer's schema may have bytes where ours has text.

    >>> text_of("خبر".encode()), text_of(bytes([255])) == bytes([255])
    ('خبر', True)
    """
    try:
        return value.decode() if isinstance(value, bytes) else value
    except UnicodeDecodeError:
        return value


def read_names(value: Any) -> list[str] | None:
    """Return the texts of a list, and the names of what has one; `None` where it holds anything else.

    >>> read_names([{"@type": "Person", "name": "هدى"}, "سامي"])
    ['هدى', 'سامي']
    """
    listed = value if isinstance(value, list) else [value]
    names = [one.get("name") if isinstance(one, dict) else one for one in listed if one is not None]
    texts = [name for name in names if isinstance(name, str)]
    return texts if len(texts) == len(names) else None
