"""Choose records by what their fields say: `--filter type=PROTEST`."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from pipelines.commands.nearest import hint
from pipelines.core.text.fold import fold_text
from pipelines.options import WrongOption
from schemas.catalog import load_schema

Filters = Annotated[
    list[str] | None,
    typer.Option(
        "--filter",
        metavar="FIELD=VALUE",
        help="Only records whose field says so: type=PROTEST, place.country=EG, actors.name~مصر (has these words), "
        "confidence>=0.7, mode!=visit; may be repeated, then all must hold.",
    ),
]
_NUMBERS = {"int", "long", "float", "double"}
_FORM = re.compile(r"([a-z_]+(?:\.[a-z_]+)*)(!=|>=|<=|=|~)(.*)", re.DOTALL)


def _written(value: Any) -> str:
    """Write a value as people do on the command line."""
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_HOLDS: dict[str, Callable[[Any, str], bool]] = {
    "=": lambda value, asked: _written(value) == asked,
    "~": lambda value, asked: fold_text(asked) in fold_text(_written(value)),
    ">=": lambda value, asked: value >= float(asked) if _is_number(value) else _written(value) >= asked,
    "<=": lambda value, asked: value <= float(asked) if _is_number(value) else _written(value) <= asked,
}


@dataclass(frozen=True, slots=True)
class Filter:
    """A field, by its path, and what must be true of it; of a list one item will do."""

    path: tuple[str, ...]
    sign: str
    value: str

    def __call__(self, fields: Mapping[str, Any]) -> bool:
        """Return whether a record is wanted."""
        values = list(_values(fields, self.path))
        if self.sign == "!=":
            return not any(_HOLDS["="](value, self.value) for value in values)
        return any(value is not None and _HOLDS[self.sign](value, self.value) for value in values)


def read_filters(texts: Sequence[str] | None, record: str | None) -> list[Filter]:
    """Read what `--filter` says; raises WrongOption where it cannot be read, or the record has no such field.

    >>> [one({"type": "PROTEST"}) for one in read_filters(["type=PROTEST", "type!=PROTEST"], "event")]
    [True, False]
    """
    kinds = {field["name"]: _plain(field["type"]) for field in load_schema(record)["fields"]} if record else {}
    found = []
    for text in texts or ():
        parts = _FORM.fullmatch(text)
        if parts is None:
            raise WrongOption(f"--filter {text!r}: write FIELD=VALUE, with = != ~ >= or <=, such as type=PROTEST.")
        path = tuple(parts[1].split("."))
        if record and path[0] not in kinds:
            raise WrongOption(f"--filter {text!r}: {record} has no field {path[0]}.{hint(path[0], kinds)}")
        if parts[2] in (">=", "<=") and kinds.get(path[0], set()) & _NUMBERS and not _is_written_number(parts[3]):
            raise WrongOption(f"--filter {text!r}: {parts[3]!r} is no number.")
        found.append(Filter(path, parts[2], parts[3]))
    return found


def _values(fields: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """Yield what stands at the end of a path, through lists."""
    if isinstance(fields, list):
        for one in fields:
            yield from _values(one, path)
    elif not path:
        yield fields
    elif isinstance(fields, Mapping):
        yield from _values(fields.get(path[0]), path[1:])


def _plain(kind: Any) -> set[str]:
    """Return the plain types that a field may have."""
    return {one for one in (kind if isinstance(kind, list) else [kind]) if isinstance(one, str)}


def _is_written_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
