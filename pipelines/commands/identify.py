"""Say whom or what names stand for."""

import sys
from functools import partial
from io import BytesIO
from typing import Annotated

import orjson
import typer

from pipelines.commands.render import isolate
from pipelines.core.entities.identity import identify as identify_name
from pipelines.line_by_line import answer_lines

_FIELDS = ("entity_id", "name", "type", "qid", "geonames_id", "confidence")
_COLUMNS = "{:<5} {:<5} {:<22} {:<10} {}"


def identify(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME...|-", help="Names; - reads one a line from standard input.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="A line of JSON for each name, in order.")] = False,
) -> None:
    """Say whom or what names stand for, without an article around them.

    A name in no table gets an id of its own, the same for all its spellings, and a low confidence.
    """
    given = "".join(" ".join(name.split()) + "\n" for name in names)
    source = sys.stdin.buffer if names == ["-"] else BytesIO(given.encode("utf-8", "replace"))
    if not as_json:
        typer.echo(_COLUMNS.format("TYPE", "SURE", "ENTITY", "GEONAMES", "NAME"))
    answer_lines(partial(_answer, as_json), source, sys.stdout.buffer, jobs=1)


def identify_line(line: str) -> dict[str, str | int | float | None]:
    """Return what the name on a line stands for, all null on an empty line.

    >>> identify_line("أنجيلا ميركل")["qid"], identify_line("")["entity_id"]
    ('Q567', None)
    """
    found = identify_name(line)
    if found is None:
        return {"name_in": line} | dict.fromkeys(_FIELDS)
    told = {field: getattr(found.entity, field) for field in _FIELDS[:-1]}
    return {"name_in": line} | told | {"confidence": round(found.confidence, 3)}


def _answer(as_json: bool, line: bytes, number: int) -> bytes:
    told = identify_line(line.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    if as_json:
        return orjson.dumps(told)
    if told["entity_id"] is None:
        return b""
    names = " \u2190 ".join(isolate(str(name)) for name in dict.fromkeys((told["name"], told["name_in"])))
    fields = (told["type"], told["confidence"], told["entity_id"], told["geonames_id"] or "", names)
    return _COLUMNS.format(*map(str, fields)).encode()
