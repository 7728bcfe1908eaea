"""What commands that answer lines with lines share: where the lines come from and go to."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from connectors.files.lines import NoSuchFile
from connectors.files.unpack import open_file
from pipelines.line_by_line import Answer, answer_lines, count_processors

InputFile = Annotated[
    Path | None,
    typer.Argument(metavar="FILE", help="JSON Lines, gzipped or not; standard input where there is none, or -."),
]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="OURS=THEIRS",
        help="What a field of ours is called there: body=maintext, url=meta.link, or the same for all: "
        "'source=\"ahram\"'. May be repeated.",
    ),
]


def run_lines(answer: Answer, file: Path | None, jobs: int | None) -> None:
    """Answer the lines of a file or of standard input on standard output; raises NoSuchFile."""
    try:
        opened = nullcontext(sys.stdin.buffer) if file in (None, Path("-")) else open_file(str(file))
    except OSError as error:
        raise NoSuchFile(f"{file} cannot be read: {error.strerror}. Give the path of a JSON Lines file.") from error
    with opened as source:
        answer_lines(answer, source, sys.stdout.buffer, jobs or count_processors())
