"""Print for people: as wide as the terminal, cut between words alone; into a pipe, each thing on a line of its own."""

import re
from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

UNBOUNDED = 100_000
"""So many columns has what is no terminal: a line there is as long as it must be."""


def make_console() -> Console:
    """Return where text for people goes: standard output, which lays nothing out by itself."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = UNBOUNDED
    return console


def print_block(console: Console, block: Text) -> None:
    """Print lines, each wrapped between words and indented as it began."""
    for line in block.split("\n"):
        indent = len(line.plain) - len(line.plain.lstrip(" "))
        rest = line[indent:]
        for piece in rest.divide(_breaks(rest.plain, console.width - indent)):
            piece.rstrip()
            console.print(Text(" " * indent).append(piece), soft_wrap=True)


def _breaks(text: str, width: int) -> Iterator[int]:
    """Yield where lines begin but the first, so that each but for a longer word is at most `width` cells wide."""
    used = 0
    for word in re.finditer(r"\S+\s*|\s+", text):
        if used and used + cell_len(word[0].rstrip()) > width:
            yield word.start()
            used = 0
        used += cell_len(word[0])


def print_rows(console: Console, names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; where it would cut words, each row as lines of name and value."""
    rows = list(rows)
    table = Table(*names)
    for row in rows:
        table.add_row(*row)
    if Measurement.get(console, console.options.update_width(UNBOUNDED), table).minimum <= console.width:
        console.print(table)
        return
    widest = max(map(len, names))
    for number, row in enumerate(rows):
        if number:
            console.print()
        for name, value in zip(names, row, strict=True):
            print_block(console, Text(f"{name:<{widest}}  {value}"))
