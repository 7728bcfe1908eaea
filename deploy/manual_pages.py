"""Write into the manual's pages what the code knows: a line `<!-- made: NAME -->` becomes what `_NAME` returns.

A hook of MkDocs (see mkdocs.yml). What is written twice is wrong once: commands, fields and figures have one source.
"""

import dataclasses
import inspect
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import rasid
import yaml
from packaging.version import Version

from pipelines.cli import Commands
from pipelines.commands.lazy import load_command
from pipelines.commands.metrics import METRICS
from pipelines.core.rejection import REASONS
from pipelines.core.version import PIPELINE_VERSION
from pipelines.tables.catalog import TABLES
from schemas.catalog import latest_version, records, schema_text

ROOT = Path(__file__).parent.parent
RESOURCES = files("pipelines") / "resources"
_MARK = re.compile(r"^<!-- made: (\w+) -->$", re.MULTILINE)


def on_config(config: Any) -> Any:
    """Say on every page which rasid it is about, and give each version a folder of its own beside the others."""
    config.copyright = f"rasid {PIPELINE_VERSION}, GPL-3.0-or-later"
    config.site_dir = str(Path(config.site_dir) / PIPELINE_VERSION)
    return config


def on_post_build(config: Any) -> None:
    """List the versions that are there, for the menu that Material makes of it; the newest is the start page."""
    folder = Path(config.site_dir).parent
    versions = sorted((one.parent.name for one in folder.glob("*/index.html")), key=Version, reverse=True)
    listed = [{"version": one, "title": one, "aliases": []} for one in versions]
    (folder / "versions.json").write_text(json.dumps(listed, indent=1) + "\n", "utf-8")
    (folder / "index.html").write_text(f'<meta http-equiv="refresh" content="0; url={versions[0]}/index.html">\n')


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Fill in what is made."""
    return _MARK.sub(lambda mark: MADE[mark[1]](), markdown)


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(value: object) -> str:
    return str("" if value is None else value).replace("|", "\\|").replace("\n", " ")


def _arabic(text: str) -> str:
    return f'<span lang="ar">{text}</span>' if text else ""


def _rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (RESOURCES / name).read_text("utf-8").splitlines()[1:]]


def _readme(first: str, last: str) -> str:
    """Return what the README says from one phrase on to another."""
    text = (ROOT / "README.md").read_text("utf-8")
    start = text.index(first)
    return text[start : text.index(last, start)].rstrip()


def _picture() -> str:
    return _readme("      your crawler", "The same pipeline reads files")


def _commands() -> str:
    return "\n\n".join(part for name in Commands.names for part in _command(name, load_command(name)))


def _command(name: str, command: Any, level: str = "##") -> Iterator[str]:
    yield f"{level} rasid {name}"
    yield inspect.cleandoc(command.help or "")
    for inner, one in getattr(command, "commands", {}).items():
        yield from _command(f"{name} {inner}", one, "###")
    parts = [_parameter(one) for one in command.params if not hasattr(command, "commands")]
    if parts:
        yield _table(("", "", "default"), parts)


def _parameter(one: Any) -> tuple[str, str, str]:
    is_flag = getattr(one, "is_flag", False)
    value = one.metavar or ("" if is_flag else one.name.upper())
    named = ", ".join((*one.opts, *one.secondary_opts)) if one.param_type_name == "option" else value
    shown = named if one.param_type_name == "argument" or is_flag else f"{named} {value}"
    default = "" if callable(one.default) or one.default in (None, False, ()) or is_flag else f"`{one.default}`"
    return f"`{shown}`", one.help or "", "required" if one.required else default


def _records() -> str:
    return "\n\n".join(part for record in records() for part in _record(record, json.loads(schema_text(record))))


def _record(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {name}"
    yield f"{schema.get('doc', '')} Version {latest_version(name)}."
    yield _fields(schema)
    for inner in _within(schema["fields"]):
        yield f"### {name}: {inner['name']}"
        yield inner.get("doc", "")
        yield _fields(inner)


def _fields(schema: Mapping[str, Any]) -> str:
    return _table(("field", "type", "what"), ((f"`{f['name']}`", _kind(f["type"]), f["doc"]) for f in schema["fields"]))


def _kind(kind: Any) -> str:
    """Write an Avro type as people say it."""
    if isinstance(kind, list):
        rest = " or ".join(_kind(one) for one in kind if one != "null")
        return f"{rest}, or null" if "null" in kind else rest
    if isinstance(kind, dict):
        inner = kind.get("items") or kind.get("logicalType") or kind.get("name") or kind["type"]
        return f"list of {_kind(inner)}" if kind["type"] == "array" else str(inner)
    return str(kind).removeprefix("rasid.")


def _within(schema: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the records within, outer ones first."""
    if isinstance(schema, dict) and schema.get("type") == "record":
        yield schema
    for one in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from _within(one)


def _tables() -> str:
    parts = []
    for table in TABLES.values():
        rows = ((f"`{column.name}`", column.type, column.doc) for column in table.shown)
        parts += [f"## {table.name}", f"From the record `{table.record}`.", _table(("column", "type", "what"), rows)]
    return "\n\n".join(parts)


def _python() -> str:
    return "\n\n".join(part for name in rasid.__all__ if name != "__version__" for part in _public(name))


def _public(name: str) -> Iterator[str]:
    found = getattr(rasid, name)
    shown = f"{name}{inspect.signature(found)}" if inspect.isfunction(found) else name
    yield f"## rasid.{name}"
    if inspect.isfunction(found):
        yield f"    {shown}"
    yield inspect.cleandoc(found.__doc__ or "").replace(">>> ", "    >>> ")
    if dataclasses.is_dataclass(found):
        kinds = (
            (f"`{one.name}`", f"`{_type_name(one.type)}`") for one in dataclasses.fields(found) if one.name[0] != "_"
        )
        yield _table(("attribute", "type"), kinds)
    members = inspect.getmembers(found, lambda one: inspect.isfunction(one) or isinstance(one, property))
    own = [(key, one) for key, one in members if key[0] != "_" and one.__doc__ and key != "of"]
    if inspect.isclass(found) and own:
        yield _table(("method", "what"), ((f"`{key}`", inspect.cleandoc(one.__doc__ or "")) for key, one in own))


def _type_name(kind: object) -> str:
    """Return a type as it is written, without the modules before it."""
    is_plain = isinstance(kind, type) and not hasattr(kind, "__args__")
    return str(getattr(kind, "__name__", kind)) if is_plain else re.sub(r"(?:\w+\.)+(?=\w)", "", str(kind))


def _modes() -> str:
    rows = (
        (kind, mode, _arabic(words.replace("|", "، ")), _arabic(need.strip("-").replace("|", "، ")))
        for kind, mode, words, need in _rows("events/modes.tsv")
    )
    return _table(("type", "mode", "stems of the trigger", "with one of"), rows)


def _entity_fields() -> str:
    wanted = ("entity_id", "type", "name", "qid", "geonames_id", "country", "text")
    [party] = [one for one in _within(json.loads(schema_text("event"))) if one["name"] == "participant"]
    fields = {one["name"]: one["doc"] for one in party["fields"]}
    return _table(("field", "what"), ((f"`{name}`", fields[name]) for name in wanted))


def _offices() -> str:
    heads = (row[1].split()[0] for row in _rows("entities/offices.tsv") if row[0] == "head")
    return "، ".join(_arabic(word) for word in dict.fromkeys(heads))


def _outlets() -> str:
    rows = ((f"`{row[0]}`", _arabic(row[1]), row[2], row[3]) for row in _rows("outlets.tsv"))
    return _table(("source", "name", "country", "zone"), rows)


def _reasons() -> str:
    rows = ((f"`{name}`", inspect.cleandoc(kind.__doc__ or "")) for name, kind in REASONS.items())
    return _table(("reason", "when"), rows)


def _metrics() -> str:
    rows = ((f"`{one.name}`", one.kind, f"`{one.label}`" if one.label else "", one.help) for one in METRICS)
    return _table(("metric", "kind", "label", "what"), rows)


def _alerts() -> str:
    told = yaml.safe_load((ROOT / "deploy" / "prometheus" / "rules.yml").read_bytes())
    rules = (rule for group in told["groups"] for rule in group["rules"])
    rows = (
        (f"`{one['alert']}`", f"`{one['expr']}`", one.get("for", ""), one["annotations"]["description"])
        for one in rules
    )
    return _table(("alert", "when", "for", "what it means, and what to do"), rows)


def _limits() -> str:
    card = (RESOURCES / "events" / "CARD.md").read_text("utf-8")
    return card.partition("## Limits\n")[2].partition("\n## ")[0].strip()


def _citation() -> str:
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    return "\n".join(f"    {line}" for line in text.splitlines())


MADE: dict[str, Callable[[], str]] = {
    "alerts": _alerts,
    "citation": _citation,
    "commands": _commands,
    "fields": _entity_fields,
    "limits": _limits,
    "metrics": _metrics,
    "modes": _modes,
    "offices": _offices,
    "operating": lambda: _readme("**It stays up.**", "**Two models read"),
    "outlets": _outlets,
    "picture": _picture,
    "python": _python,
    "quality": lambda: _readme("Measured in November", "What the reading still gets wrong"),
    "reasons": _reasons,
    "records": _records,
    "tables": _tables,
}
