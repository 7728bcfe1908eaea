"""Make messages that are nearly right: our own examples, changed by chance, byte by byte and field by field."""

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from connectors.message import Message
from schemas.codec import decode_message, encode
from schemas.framing import confluent_header

TEXTS = (
    "اجتمع مجلس الوزراء في عمّان أمس وأقر موازنة العام المقبل، وقال وزير المالية إن العجز سيتراجع.",
    "عدن (رويترز) - هبطت طائرة إغاثة في مطار عدن الدولي يوم ١٢ آذار/مارس ٢٠٢٤.\nاقرأ أيضا: حريق في ميناء",
    "<p>قال «المتحدث»&nbsp;إن ٣٠٪ من السكان نزحوا</p>",
    "خبر",
    "",
)
TIMES = (
    *("2024-05-01T12:30:00+03:00", "Wed, 01 May 2024 12:30:00 GMT+0300", "1714555800", "20240501", "2024-05-01"),
    *("الأربعاء 1 مايو 2024 - 12:30 م", "22 شوال 1445 هـ", "/Date(1714555800000)/"),
    *("Wed May  1 11:30:00 CEST 2024", ""),
)
URLS = ("https://example.net/news/1?id=2#/a/3", "//example.net/أخبار/١", "http://[::1]:99/x", "mailto:a@b", "")
ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**63, 1e308, 1.5, [], {}, [[]], ["نص"], {"a": {"b": []}}, "\u0000", "\ud800", "\ufffd" * 9),
    *("\u0651\u064b\u0655" * 50, "ـ" * 90, "\u202e" * 9, "😀\u200d👩", "ﷺﻻ", "&#1575;&amp;lt;b>", "\\u0627\\n"),
    *("Ø§Ù„Ù‚Ø§Ù‡Ø±Ø©" * 3, "ةزغ يف عضولا نع ثدحت مث ىلع" * 3, "ا" * 300, "1" * 5000, "٣" * 40),
    *("«" * 60, "<" * 50, "=" * 60, "(" * 70),
)
BYTES = (b"\x00", b"\xff", b"\xc3\x01", b"{", b"}", b'"', b"\\", b"\xd8", b"\x80", b"\xef\xbb\xbf", b"\xff\xfe")
FIELDS = ("id", "source", "source_ar", "url", "title", "summary", "body", "published_at", "category", "author")


def messages(seed: int) -> Iterator[Message]:
    """Yield messages without end, the same for the same seed."""
    chance = Random(seed)
    for number in _count():
        value = _frame(chance, _article(chance))
        for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 6))):
            value = chance.choice(CHANGES)(chance, value)
        headers = (("h", chance.randbytes(3)),) if chance.random() < 0.1 else ()
        key = chance.randbytes(4) if chance.random() < 0.1 else None
        yield Message(value, "fuzz", 0, number, key=key, headers=headers, timestamp=chance.choice((None, -1, 0, 2**62)))


def _count() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1


def _article(chance: Random) -> dict[str, Any]:
    fields: dict[str, Any] = {
        **{"source": chance.choice(("okaz", "صحيفة الأهرام", "feed-7")), "title": chance.choice(TEXTS)},
        **{"body": " ".join(chance.choices(TEXTS, k=chance.choice((1, 2, 4)))), "published_at": chance.choice(TIMES)},
        **{"url": chance.choice(URLS), "id": str(chance.randrange(99))},
    }
    for _ in range(chance.choice((0, 0, 1, 2))):
        name = chance.choice(FIELDS)
        fields[name] = _mangle(chance, fields.get(name))
    return fields


def _mangle(chance: Random, value: Any) -> Any:
    """Put something odd in a field's place, or into its text."""
    odd = chance.choice(ODD)
    if not isinstance(value, str) or not isinstance(odd, str) or chance.random() < 0.3:
        return odd
    at = chance.randrange(len(value) + 1)
    return value[:at] + chance.choice((odd, value, value[::-1], chr(chance.randrange(0x3000)))) + value[at:]


def _frame(chance: Random, fields: dict[str, Any]) -> bytes:
    """Write an article as JSON, or as Avro in either framing where it can be."""
    written = json.dumps(fields, ensure_ascii=chance.random() < 0.3).encode("utf-8", "surrogatepass")
    way = chance.random()
    if way < 0.6:
        return written
    try:
        framed = encode("raw_article", decode_message(written))
    except Exception:  # noqa: BLE001 - what cannot be Avro is sent as JSON
        return written
    return framed if way < 0.9 else confluent_header(chance.randrange(9)) + framed[10:]


def _flip(chance: Random, value: bytes) -> bytes:
    at = chance.randrange(len(value) or 1)
    return value[:at] + bytes((chance.randrange(256),)) + value[at + 1 :]


def _cut(chance: Random, value: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(value) + 1) for _ in range(2))
    return value[:start] + value[end:] if chance.random() < 0.7 else value[:end]


def _insert(chance: Random, value: bytes) -> bytes:
    at = chance.randrange(len(value) + 1)
    return value[:at] + chance.choice(BYTES) + value[at:]


def _repeat(chance: Random, value: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(value) + 1) for _ in range(2))
    return value[:end] + value[start:end] * chance.choice((1, 1, 2, 20))


CHANGES: tuple[Callable[[Random, bytes], bytes], ...] = (_flip, _cut, _insert, _repeat)
