"""What a type checker sees of `rasid` from outside."""

from pathlib import Path

from mypy import api

SCRIPT = """
import rasid

article = rasid.read("نص", source="ahram", date="2026-03-10")
reveal_type(article.events[0].place)
for found in rasid.read_many(["نص"]):
    reveal_type(found.reason if isinstance(found, rasid.Rejected) else found.names)
rasid.reed("نص")
"""


def test_types_are_known_and_a_name_that_there_is_not_is_an_error(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    told, _, code = api.run([str(script), "--config-file", str(Path(__file__).parents[2] / "pyproject.toml")])
    assert code == 1
    assert 'Revealed type is "rasid.spans.Place | None"' in told
    assert 'Revealed type is "str | tuple[rasid.spans.Name, ...]"' in told
    assert 'Module has no attribute "reed"' in told
    assert "Found 1 error" in told
