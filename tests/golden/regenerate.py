"""Write what the job is expected to give over the sample: `python -m tests.golden.regenerate`; then read the diff."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.golden.job import EXPECTED, RECORDS, project, run_sample


def main() -> None:
    """Run the job once and write the expected lines of every record."""
    EXPECTED.mkdir(exist_ok=True)
    with TemporaryDirectory() as target:
        run_sample(Path(target))
        for record in RECORDS:
            lines = project(Path(target), record)
            (EXPECTED / f"{record}.jsonl").write_text(lines, "utf-8")
            print(f"{record}: {lines.count(chr(10))} lines")


if __name__ == "__main__":
    main()
