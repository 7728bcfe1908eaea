"""The same input gives the same bytes, whatever the machine's mood."""

import os
import subprocess
import sys
from pathlib import Path

from pipelines.options import FileSource
from tests.golden.job import SAMPLE, SAMPLES, run_sample


def bytes_of(target: Path) -> dict[str, bytes]:
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}


def rasid(*arguments: str, seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-m", "pipelines.cli", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]


def test_another_process_with_another_hash_seed_and_one_shard_writes_the_same_bytes(
    written: Path, tmp_path: Path
) -> None:
    rasid("run", "--from", f"files:{SAMPLE}/*.jsonl*", "--to", f"files:{tmp_path}", "--shards", "1", seed="5")
    assert bytes_of(tmp_path) == bytes_of(written)


def test_two_shards_and_the_files_in_another_order_write_the_same_bytes(written: Path, tmp_path: Path) -> None:
    run_sample(tmp_path, FileSource(SAMPLES.files[::-1]), shards=2)
    assert bytes_of(tmp_path) == bytes_of(written)


def test_a_second_run_into_the_same_folder_with_five_shards_changes_nothing(written: Path) -> None:
    before = bytes_of(written)
    run_sample(written, shards=5)
    assert bytes_of(written) == before
