"""Read articles out of messages and files, whatever they are written in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import IO

from connectors.files.lines import NamedFile, messages_of
from connectors.files.unpack import first_bytes, open_file
from connectors.message import UNREADABLE, Message, unreadable
from pipelines.core.article import RawArticle
from pipelines.core.outlets import find_outlet
from pipelines.core.publication import parse_published_at
from pipelines.core.records.raw_article import raw_article
from pipelines.core.rejection import REASONS, MissingField, Rejected, TooLong, Undecodable, UnknownSchema
from pipelines.core.units import MIB, milliseconds
from schemas.codec import decode_message
from schemas.containers import read_container
from schemas.errors import UndecodableBytes, UnknownSchemaId, WrongField
from schemas.plain_json import to_json
from schemas.registry import SchemaRegistry
from schemas.wrappings import text_of

MOST_BYTES = MIB
"""The longest message that is read, unless said otherwise."""

_CONTAINER = b"Obj\x01"
_REASONS = {UndecodableBytes: Undecodable, UnknownSchemaId: UnknownSchema, WrongField: MissingField}


@dataclass
class Decoder:
    """Decode messages: JSON, or Avro in either framing. `registry` is the schema registry's URL."""

    max_bytes: int = MOST_BYTES
    registry: str | None = field(default=None, repr=False)

    def decode(self, message: Message) -> RawArticle:
        """Return the article in a message; raises a `Rejected` that says what is wrong with it."""
        refuse_unreadable(message)
        size = len(message.value)
        if size > self.max_bytes:
            raise TooLong(f"The message has {size} bytes; at most {self.max_bytes} are read (--max-message-bytes).")
        try:
            return raw_article(
                decode_message(message.value, registry=_registry(self.registry) if self.registry else None)
            )
        except (UndecodableBytes, UnknownSchemaId, WrongField) as error:
            raise _REASONS[type(error)](str(error)) from error

    def event_time(self, message: Message) -> int | None:
        """Return when a message's article was published, in milliseconds, or `None` where that cannot be told."""
        try:
            raw = self.decode(message)
            outlet = find_outlet(raw.source, raw.url)
            return milliseconds(parse_published_at(raw.published_at, outlet.zone if outlet else "UTC"))
        except Rejected:
            return None


@cache
def _registry(url: str) -> SchemaRegistry:
    """Return this process's one view of a registry: Beam makes a decoder anew for every batch."""
    return SchemaRegistry(url)


def read_messages(file: NamedFile) -> Iterator[Message]:
    """Yield the articles of a file as messages: each row of an Avro container as JSON, else JSON Lines or CSV.

    A container is known by its first bytes, packed or not, whatever its name.
    """
    with open_file(file.path) as stream:
        is_container = first_bytes(stream).startswith(_CONTAINER) or file.path.lower().endswith(".avro")
        yield from _rows(stream, file.name) if is_container else messages_of(stream, file.name)


def _rows(stream: IO[bytes], name: str) -> Iterator[Message]:
    number = 0
    try:
        for row in read_container(stream):
            fields = {field: text_of(value) for field, value in row.items()}
            yield Message(value=to_json(fields), topic=name, partition=0, offset=number)
            number += 1
    except UndecodableBytes as error:
        sentence = f"{error} What followed record {number} is lost; fetch the file again."
        yield unreadable(name, number, Undecodable.reason, sentence)


def refuse_unreadable(message: Message) -> None:
    """Raise the `Rejected` that a reader of files gave a message in place of what it lost."""
    for name, value in message.headers:
        if name == UNREADABLE:
            reason, _, sentence = value.decode("utf-8", "replace").partition(" ")
            raise REASONS.get(reason, Undecodable)(sentence)
