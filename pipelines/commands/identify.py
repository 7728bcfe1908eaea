"""Say whom or what names stand for."""

import sys
from datetime import date, datetime
from functools import partial
from typing import Annotated

import orjson
import typer

from pipelines.commands.render import isolate
from pipelines.core.entities.identity import identify as identify_name
from pipelines.core.entities.identity_arabic import Identity
from pipelines.core.entities.identity_context import identify_together
from pipelines.core.entities.offices.holders import holder_at
from pipelines.line_by_line import answer_lines

_FIELDS = ("entity_id", "name", "type", "qid", "geonames_id", "confidence", "role", "country")
_HOLDER = ("holder", "holder_id")
Told = dict[str, str | int | float | None]
_COLUMNS = "{:<5} {:<5} {:<22} {:<10} {}"


def identify(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME...|-", help="Names of one article; - reads lines, each alone, from standard input."
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="A line of JSON for each name, in order.")] = False,
    at: Annotated[
        datetime | None, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="Say who held an office that day.")
    ] = None,
) -> None:
    """Say whom or what names stand for, without an article around them.

    A name in no table gets an id of its own, the same for its usual spellings, and a low confidence. Names given
    together tell of each other: which of the towns of one name, and who is told more fully.
    """
    if not as_json:
        typer.echo(_COLUMNS.format("TYPE", "SURE", "ENTITY", "GEONAMES", "NAME"))
    day = at.date() if at else None
    if names == ["-"]:
        answer_lines(partial(_answer, as_json, day), sys.stdin.buffer, sys.stdout.buffer, jobs=1)
        return
    for name, found in zip(names, identify_together(names), strict=True):
        if line := _write(as_json, tell(" ".join(name.split()), found, day)):
            typer.echo(line)


def tell(line: str, found: Identity | None, day: date | None = None) -> Told:
    """Return as fields what a name stands for, all null where it is nothing; on a day, who held the office that it is.

    >>> tell("أنجيلا ميركل", identify_name("أنجيلا ميركل"))["qid"], tell("", None)["entity_id"]
    ('Q567', None)
    >>> tell("", identify_name("وزير خارجية الأردن"), date(2018, 5, 1))["holder"]
    'أيمن الصفدي'
    """
    fields = (*_FIELDS, *_HOLDER) if day else _FIELDS
    if found is None:
        return {"name_in": line} | dict.fromkeys(fields)
    entity, office = found.entity, {"role": found.role, "country": found.entity.country if found.role else None}
    told = (
        {field: getattr(entity, field) for field in _FIELDS[:5]} | {"confidence": round(found.confidence, 3)} | office
    )
    holder = holder_at(found.role, entity.country, day) if day and found.role else None
    who = dict(zip(_HOLDER, (holder.name, holder.entity_id) if holder else (None, None), strict=True)) if day else {}
    return {"name_in": line} | told | who


def _answer(as_json: bool, day: date | None, line: bytes, number: int) -> bytes:
    name = line.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return _write(as_json, tell(name, identify_name(name), day))


def _write(as_json: bool, told: Told) -> bytes:
    if as_json:
        return orjson.dumps(told)
    if told["entity_id"] is None:
        return b""
    shown = dict.fromkeys((told["name"], told["name_in"]))
    names = " \u2190 ".join(isolate(str(name)) for name in (told.get("holder"), *shown) if name)
    fields = (told["type"], told["confidence"], told["entity_id"], told["geonames_id"] or "", names)
    return _COLUMNS.format(*map(str, fields)).encode()
