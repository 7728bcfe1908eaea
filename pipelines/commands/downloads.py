"""Show how far a download is, where a person watches."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress as Bar

from connectors.local.jars import Progress


@contextmanager
def shown_download(what: str) -> Iterator[Progress]:
    """Yield what is to be told of a download of jars; shown on standard error, and gone when it is done."""
    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, description=f"Fetching {what}'s jars", completed=done, total=total)

        yield show
