"""Show what normalization makes of texts."""

from typing import Annotated, Any

import orjson
import typer

from pipelines.commands.lines import InputFile, run_lines
from pipelines.core.text.fold import fold_text
from pipelines.core.text.normalize import normalize_text


def normalize(
    file: InputFile = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes.")] = 1,
) -> None:
    """Normalize texts: JSON Lines {"raw"} in, {"text", "folded"} out, one for one and in order.

    `text` is the form that all offsets point into; `folded` is the form that is compared.
    """
    run_lines(normalize_line, file, jobs)


def normalize_line(line: bytes, number: int) -> bytes:
    r"""Return both forms of the text on a line, or what is wrong with the line, as JSON.

    >>> normalize_line('{"raw": "مُحَمَّـــد"}'.encode(), 1).decode()
    '{"text":"مُحَمَّد","folded":"محمد"}'
    """
    try:
        told: Any = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        return _refuse(number, "undecodable", f"The line cannot be read as JSON: {error}.")
    if not isinstance(told, dict) or not isinstance(told.get("raw"), str):
        return _refuse(number, "missing_field", 'The line must be an object with a text: {"raw": "..."}.')
    text = normalize_text(told["raw"]).text
    return orjson.dumps({"text": text, "folded": fold_text(text)})


def _refuse(number: int, reason: str, message: str) -> bytes:
    return orjson.dumps({"line": number, "rejected": {"reason": reason, "message": message}})
