"""The bundled sample as the pipeline reads it: for pages that look real."""

from pathlib import Path

from pipelines.page.kept import RECORDS
from pipelines.page.store import Place, Store
from pipelines.tables.stored import read_folder
from tests.golden.job import run_sample


def add_sample(store: Store, folder: Path) -> None:
    """Run the pipeline over the sample into a folder, and put into the store what came out."""
    run_sample(folder)
    store.add(read_folder(folder, RECORDS), {Place("sample", "", 0): 1})
