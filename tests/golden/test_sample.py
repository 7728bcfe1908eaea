"""The whole job over the bundled sample: what it gives, and what of that is known to be right."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipelines.core.rejection import REASONS
from tests.golden.job import EXPECTED, RECORDS, project, read, truth

TRUTH = truth()


@pytest.mark.parametrize("record", RECORDS)
def test_gives_what_is_expected(written: Path, record: str) -> None:
    """When a change is meant: `python -m tests.golden.regenerate`, and read the diff."""
    expected = (EXPECTED / f"{record}.jsonl").read_text("utf-8").splitlines()
    found = project(written, record).splitlines()
    assert found == expected


@pytest.fixture(scope="module")
def ledger(written: Path) -> dict[int, dict[str, Any]]:
    """Return the ledger's line for each line of the sample, from 1."""
    rows = [row for row in read(written, "ledger") if row["origin"]["topic"] == "articles.jsonl"]
    return {row["origin"]["offset"] + 1: row for row in rows}


def test_every_message_has_one_line(written: Path) -> None:
    counted = Counter((row["origin"]["topic"], row["origin"]["offset"]) for row in read(written, "ledger"))
    expected = [("articles.jsonl", offset) for offset in range(101)] + [
        ("refused.jsonl.gz", offset) for offset in range(21)
    ]
    assert counted == dict.fromkeys(expected, 1)


def test_corrections_are_revisions_of_their_article(ledger: dict[int, dict[str, Any]]) -> None:
    for first, second in TRUTH["revisions"]:
        assert ledger[first]["article_id"] == ledger[second]["article_id"]
        assert (ledger[first]["outcome"], ledger[second]["outcome"], ledger[second]["revision"]) == (
            "article",
            "revision",
            1,
        )
    assert sum(row["outcome"] == "revision" for row in ledger.values()) == len(TRUTH["revisions"])


@pytest.mark.parametrize("kind", ["same_text", "same_message"])
def test_exact_copies_are_duplicates_of_the_first(written: Path, ledger: dict[int, dict[str, Any]], kind: str) -> None:
    told = {row["origin"]["offset"] + 1: row for row in read(written, "duplicate")}
    for first, second in TRUTH[kind]:
        duplicate = told[second]
        assert (duplicate["kind"], duplicate["original_id"]) == ("exact", ledger[first]["article_id"])
        assert ledger[second]["outcome"] == "duplicate"
        assert (ledger[second]["article_id"] == ledger[first]["article_id"]) == (kind == "same_message")


def test_templates_with_other_figures_are_articles(ledger: dict[int, dict[str, Any]]) -> None:
    for pair in TRUTH["templates"]:
        assert [ledger[line]["outcome"] for line in pair] == ["article", "article"]


def test_every_reason_for_a_refusal_occurs_and_nothing_else_is_refused(written: Path) -> None:
    rejections = read(written, "rejection")
    assert {row["reason"] for row in rejections} == set(REASONS)
    assert Counter(row["origin"]["topic"] for row in rejections) == {"refused.jsonl.gz": 21}
    assert {row["stage"] for row in rejections} == {"decode", "normalize"}
    assert all(row["message"] and row["payload"] for row in rejections)


def test_ledger_and_records_name_each_other(written: Path) -> None:
    ids = {
        record: {row[f"{record}_id"] for row in read(written, record)}
        for record in ("article", "duplicate", "rejection")
    }
    kinds = {"revision": "article"}
    for row in read(written, "ledger"):
        assert row["record_id"] in ids[kinds.get(row["outcome"], row["outcome"])]


def test_quotes_stand_in_the_article_where_they_are_said_to(written: Path) -> None:
    texts = {(row["article_id"], row["revision"]): row for row in read(written, "article")}
    checked = 0
    for one in (one for event in read(written, "event") for one in event["evidence"]):
        row = texts.get((one["copy_of"] or one["article_id"], one["revision"]))
        for span in (one["quote"], one["trigger"]):
            assert row is None or row[span["field"]][span["start"] : span["end"]] == span["text"]
            checked += row is not None
    assert checked > 200
