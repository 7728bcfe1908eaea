import gzip
from pathlib import Path

import pytest

from connectors.files.lines import NamedFile
from pipelines.commands.produce import _readable
from pipelines.inputs import read_messages


def test_what_a_file_lost_is_told_and_not_sent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed = gzip.compress(b'{"title": "a"}\n' * 50_000)
    (tmp_path / "n.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    sent = list(_readable(read_messages(NamedFile(str(tmp_path / "n.jsonl.gz"), "n.jsonl.gz"))))
    assert {message.value for message in sent} == {b'{"title": "a"}'}
    assert f"behind line {len(sent)}" in capsys.readouterr().err
