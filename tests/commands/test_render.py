from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.commands.render import excerpt, isolate, render
from schemas.catalog import folder, records
from schemas.plain_json import from_json

EXAMPLES = sorted(Path(str(folder())).glob("examples/*/*/*.json"))


def example(record: str, name: str, version: int = 1) -> dict[str, Any]:
    return from_json(record, (Path(str(folder())) / f"examples/{record}/{version}/{name}.json").read_bytes())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_every_example_can_be_shown(path: Path) -> None:
    record = path.parts[-3]
    shown = render(record, from_json(record, path.read_bytes())).plain
    assert shown.count("\u2067") == shown.count("\u2069")
    assert "None" not in shown


def test_every_record_has_a_form() -> None:
    assert {path.parts[-3] for path in EXAMPLES} == set(records())


def test_a_story_says_what_happened_who_tells_it_and_how_fast() -> None:
    first, size, told, names, _ = render("story", example("story", "flood")).plain.splitlines()
    assert first == f"story  {isolate('السيول تجرف جسرين في درنة')}"
    assert size.strip() == "3 articles, 2026-03-10 08:00 to 2026-03-10 09:40, 0.5 an hour lately"
    assert told.strip() == f"told by 3 outlets: marsa_nil, sada_difaf, madar_tv; from {isolate('وكالة المرسى')}"
    assert names.strip() == f"{isolate('درنة')}, {isolate('الدفاع المدني')}"


def test_a_story_that_is_an_older_one_says_which() -> None:
    assert render("story", example("story", "merged")).plain.endswith("is the older story 5f0c2f6f7c1d9a0b3e4d")


def test_an_event_says_who_did_what_to_whom_where_and_when() -> None:
    first, told, quote, source = render("event", example("event", "meeting")).plain.splitlines()
    assert first.startswith(
        f"CONSULT visit  {isolate('محافظ البصرة')} \u2192 {isolate('الكويت')}  in {isolate('البصرة')}  on 2024-03-05"
    )
    assert told.strip() == "told by 2 outlets: masdar, sahil"
    assert "«التقى محافظ البصرة" in quote
    assert source.strip().endswith("2024-03-05 08:30  news.example.org") or "news.example.org" in source


def test_a_retracted_event_says_so() -> None:
    shown = render("event", example("event", "retracted")).plain
    assert "retracted" in shown
    assert "told by nobody any more" in shown


def test_an_article_names_its_offices_where_its_version_has_them() -> None:
    assert f"3 offices: {isolate('محافظ البصرة (العراق)')}" in render("article", example("article", "news", 2)).plain
    old = (Path(str(folder())) / "examples/article/1/news.json").read_bytes()
    assert "offices" not in render("article", from_json("article", old, 1)).plain


def test_a_rejection_shows_reason_message_and_payload() -> None:
    shown = render("rejection", example("rejection", "not_arabic")).plain
    assert "rejected not_arabic  rasid.raw-articles/1@5120" in shown
    assert "The text is Persian, not Arabic." in shown
    assert '"source": "khazar"' in shown


@given(st.binary(max_size=300))
def test_an_excerpt_of_any_bytes_is_short_and_harmless(payload: bytes) -> None:
    shown = excerpt(payload, most=40)
    assert shown.replace("\u2067", "").replace("\u2069", "").isprintable()
    assert len(shown) <= 4 * 40
