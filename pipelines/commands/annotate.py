"""Find names, dates and events in articles, without any broker."""

from functools import partial
from typing import Annotated, Any

import orjson
import typer

from connectors.message import Message
from pipelines.commands.lines import InputFile, Map, run_lines
from pipelines.commands.model import Model
from pipelines.core.annotation import annotate_article
from pipelines.core.entities.model import EntityModel
from pipelines.core.rejection import Rejected
from pipelines.field_names import Names, read_names, rename
from pipelines.inputs import Decoder

DECODER = Decoder()


def annotate(
    file: InputFile = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help="Processes; by default one a processor."),
    ] = None,
    entity_model: Model = "fast",
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out events that are less sure than this.")
    ] = 0.0,
    names: Map = None,
) -> None:
    """Find names, dates and events in articles: JSON Lines in, JSON Lines out, one for one and in order.

    A line is an article: {"id", "url", "source", "title", "body", "published_at"}. Offsets in what comes out count code
    points of the title and the body as they were given. What the pipeline would refuse gives {"id", "rejected"}.
    """
    answer = partial(annotate_line, model=entity_model, least=min_confidence, names=read_names(names))
    run_lines(answer, file, jobs)


def annotate_line(
    line: bytes, number: int, model: EntityModel = "fast", least: float = 0.0, names: Names | None = None
) -> bytes:
    """Return what was found in the article on a line, no event less sure than `least`, or why it is refused."""
    line = rename(line, names or {})
    try:
        found = annotate_article(DECODER.decode(Message(line, "input", 0, number - 1)), model)
        return orjson.dumps(found | {"events": [event for event in found["events"] if event["confidence"] >= least]})
    except Rejected as refusal:
        return orjson.dumps(_name(line, number) | {"rejected": {"reason": refusal.reason, "message": refusal.message}})


def _name(line: bytes, number: int) -> dict[str, Any]:
    """Return the id that an article gives itself, or its line where that cannot be read."""
    try:
        told = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        told = None
    return {"id": told.get("id")} if isinstance(told, dict) else {"id": None, "line": number}
