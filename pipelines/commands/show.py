"""Show a record beside the passage of its source."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Annotated, Any

import typer
from rich.text import Text

from pipelines.commands.flags import KafkaConfig, KafkaPassword, Registry
from pipelines.commands.layout import make_console, print_block
from pipelines.commands.links import site
from pipelines.commands.render import isolate, render
from pipelines.commands.stored import From, Store, open_store
from pipelines.options import WrongOption
from pipelines.tables.passages import Passage, cited_in, passage

RECORDS = ("event", "article", "duplicate", "story", "trend", "rejection")
Fields = dict[str, Any]


def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="An event_id, article_id, duplicate_id, and so on.")],
    source: From = None,
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
    registry: Registry = None,
) -> None:
    """Show the newest version of a record, and for an event the words of every article that tells it, marked.

    On a terminal the words are underlined and the trigger is reversed; elsewhere they stand in ⟦ ⟧.
    """
    store = open_store(source, kafka_config, password, registry)
    record, fields = _find(store, name)
    console = make_console()
    print_block(console, render(record, fields))
    if record == "event":
        articles = _articles(store, cited_in(fields))
        for one in fields["evidence"]:
            print_block(console, _beside(one, passage(one, articles), console.is_terminal))


def _find(store: Store, name: str) -> tuple[str, Fields]:
    """Return the newest record of that id and its kind; raises WrongOption where there is none."""
    for record in RECORDS:
        found = [one for one in store.read([record]) if one.fields and one.fields[f"{record}_id"] == name]
        if found:
            newest = max(found, key=lambda one: one.version)
            return record, newest.fields or {}
    raise WrongOption(f"There is no record {name!r}; `rasid export` writes all with their ids.")


def _articles(store: Store, wanted: Iterable[str]) -> dict[tuple[str, int], Fields]:
    """Return all revisions that are kept of some articles."""
    names = set(wanted)
    kept = (one.fields for one in store.read(["article"]) if one.fields and one.fields["article_id"] in names)
    return {(fields["article_id"], fields["revision"]): fields for fields in kept}


def _beside(evidence: Fields, found: Passage | None, styled: bool) -> Text:
    """Write one article's words for an event in the paragraph they stand in."""
    head = f"\n{isolate(evidence['source'])} {evidence['published_at']:%Y-%m-%d %H:%M} {site(evidence['url'])}".rstrip()
    block = Text().append(head, "dim").append("\n    ")
    if found is None:
        block.append("The article as it was then is not kept here; its words were: ", "dim")
        return block.append(isolate(evidence["quote"]["text"]))
    block.append("\u2067")  # the whole passage reads from right to left
    for piece, mark in _pieces(found):
        style = {"": "", "quote": "underline", "trigger": "bold reverse"}[mark]
        block.append(piece.replace("\n", " "), style)
    return block.append("\u2069") if styled else _bracketed(head, found)


def _pieces(found: Passage) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a passage, each with what it is: "", quote or trigger."""
    cuts = sorted({0, len(found.text), *found.quote, *found.trigger})
    for start, end in pairwise(cuts):
        inside = [name for name, (first, last) in (("trigger", found.trigger), ("quote", found.quote))
                  if first <= start < last]  # fmt: skip
        yield found.text[start:end], inside[0] if inside else ""


def _bracketed(head: str, found: Passage) -> Text:
    start, end = found.quote
    shown = f"{found.text[:start]}⟦{found.text[start:end]}⟧{found.text[end:]}".replace("\n", " ")
    return Text(f"{head}\n    {isolate(shown)}")
