"""Which of several versions of a record is the newest."""

from collections.abc import Iterable
from typing import NamedTuple

from pipelines.page.kept import ledger_id
from pipelines.tables.stored import Stored


class Name(NamedTuple):
    """The kind and the id of a record."""

    record: str
    id: str


def name_of(one: Stored) -> Name:
    """Return which record it is; a tombstone has its key alone, which is the id where there are any."""
    if one.fields is None:
        return Name(one.record, one.key.decode())
    return Name(one.record, ledger_id(one.fields) if one.record == "ledger" else one.fields[f"{one.record}_id"])


def newest(arrived: Iterable[Stored]) -> list[Stored]:
    """Return of several versions of a record the newest, the later of two alike."""
    found: dict[Name, Stored] = {}
    for one in arrived:
        before = found.get(name_of(one))
        if before is None or one.fields is None or one.version >= before.version:
            found[name_of(one)] = one
    return list(found.values())
