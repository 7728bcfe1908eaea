import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from schemas import catalog, checks, codec, plain_json, topics

CACHES = [
    *(catalog.records, catalog.versions, catalog.schema_text, catalog.load_schema, catalog.fingerprint_of),
    *(codec._by_header, codec._writer, plain_json._top_reader, topics.load_topics, topics.topic_of),
]


def forget() -> None:
    for cache in CACHES:
        cache.cache_clear()


@pytest.fixture
def contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a copy of the contract that a test may spoil; a trend has one version in it."""
    root = Path(str(catalog.folder()))
    shutil.copytree(root, tmp_path / "contract", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for version in catalog.versions("trend")[1:]:
        (tmp_path / "contract" / "trend" / f"{version}.avsc").unlink()
        shutil.rmtree(tmp_path / "contract" / "examples" / "trend" / str(version))
    for module in (catalog, checks, topics):
        monkeypatch.setattr(module, "folder", lambda: tmp_path / "contract")
    forget()
    yield tmp_path / "contract"
    forget()


def change(path: Path, edit: Callable[[dict[str, Any]], object], to: Path | None = None) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    edit(schema)
    (to or path).write_text(json.dumps(schema), encoding="utf-8")


def new_version(contract: Path, record: str, edit: Callable[[dict[str, Any]], object]) -> None:
    change(contract / record / "1.avsc", edit, contract / record / "2.avsc")
    shutil.copytree(contract / "examples" / record / "1", contract / "examples" / record / "2")


def test_the_contract_is_sound() -> None:
    assert checks.check_schemas() == []


def test_a_new_optional_field_is_a_good_new_version(contract: Path) -> None:
    office = {"name": "office", "type": ["null", "string"], "default": None, "doc": "Office held."}
    new_version(contract, "trend", lambda schema: schema["fields"].append(office))
    assert checks.check_schemas() == []


def test_an_old_version_is_read_as_the_latest(contract: Path) -> None:
    language = {"name": "language", "type": ["null", "string"], "default": None, "doc": "Language."}
    new_version(contract, "raw_article", lambda schema: schema["fields"].append(language))
    old = codec.encode("raw_article", plain_json.from_json("raw_article", b'{"title": "a"}', 1), 1)
    assert codec.decode(old).version == 1
    assert codec.decode_message(old)["language"] is None


@pytest.mark.parametrize(
    "edit",
    [
        lambda schema: schema["fields"].append({"name": "must", "type": "string", "doc": "No default."}),
        lambda schema: schema["fields"].pop(0),
        lambda schema: schema["fields"][0].update(type="long"),
    ],
)
def test_a_version_that_cannot_stand_for_another_is_found(contract: Path, edit: Callable[[Any], object]) -> None:
    new_version(contract, "trend", edit)
    assert any("A reader of trend version" in problem for problem in checks.check_schemas())


def test_two_schemas_that_differ_in_words_only_are_found(contract: Path) -> None:
    new_version(contract, "trend", lambda schema: schema.update(doc="Other words."))
    assert "trend/2.avsc and trend/1.avsc have the same fingerprint: they differ in docs or defaults only." in (
        checks.check_schemas()
    )


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda s: s["fields"][0].pop("doc"), "trend/1.avsc: trend.trend_id has no doc."),
        (lambda s: s.update(namespace="other"), "trend/1.avsc must define rasid.trend."),
        (lambda s: s["fields"][0].update(type=["string", "null"]), "trend.trend_id is a union"),
        (
            lambda s: s["fields"][0].update(type={"type": "enum", "name": "e", "symbols": ["A"], "doc": "An e."}),
            "e is of type enum, which cannot grow",
        ),
        (
            lambda s: s["fields"][0].update(type={"type": "record", "name": "origin", "doc": "Other.", "fields": []}),
            "origin means one thing in article and another in trend",
        ),
    ],
)
def test_a_careless_schema_is_found(contract: Path, edit: Callable[[Any], object], sentence: str) -> None:
    change(contract / "trend" / "1.avsc", edit)
    shutil.rmtree(contract / "examples" / "trend")
    assert any(sentence in problem for problem in checks.check_schemas())


def test_what_is_no_schema_is_found(contract: Path) -> None:
    (contract / "trend" / "1.avsc").write_text("{}")
    assert checks.check_schema("trend", 1)[0].startswith("trend/1.avsc is no Avro schema")


def test_a_gap_in_the_versions_is_found(contract: Path) -> None:
    (contract / "trend" / "1.avsc").rename(contract / "trend" / "2.avsc")
    assert "The versions of trend are (2,); they must be numbered from 1 without gaps." in checks.check_schemas()


def test_a_missing_example_is_found(contract: Path) -> None:
    shutil.rmtree(contract / "examples" / "trend" / "1")
    assert checks.check_schemas() == ["There is no example of trend version 1 in examples/trend/1/."]


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda example: example.update(scoer=1), "scoer is not in the schema"),
        (lambda example: example["origin"].update(ofset=1), "origin.ofset is not in the schema"),
        (lambda example: example.pop("outcome"), "The field outcome is absent"),
    ],
)
def test_an_example_that_does_not_fit_is_found(contract: Path, edit: Callable[[Any], object], sentence: str) -> None:
    change(contract / "examples" / "ledger" / "1" / "article.json", edit)
    (problem,) = checks.check_schemas()
    assert problem.startswith("examples/ledger/1/article.json: ")
    assert sentence in problem


def test_stray_files_are_found(contract: Path) -> None:
    (contract / "trend" / "draft.avsc").write_text("{}")
    (contract / "examples" / "weather" / "1").mkdir(parents=True)
    assert checks.check_schemas() == [
        "examples/weather/1 is the example of no schema.",
        "trend/draft.avsc is no version of trend; versions are named 1.avsc upwards.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('key = ["event_id"]', 'key = ["evnt"]', "rasid.events is keyed by evnt, which event has not."),
        ('record = "event"', 'record = "weather"', "rasid.events carries weather, which has no schema."),
        (
            'rejections = "rasid.rejections"',
            'rejections = "x"',
            "rasid.raw-articles sends rejections to x, which is no topic.",
        ),
        ('record = "ledger"', 'record = "event"', "ledger has 0 topics, not one."),
        (
            '"compact,delete"',
            '"shrink"',
            "rasid.trends has the cleanup policy shrink; it must be compact, delete or both.",
        ),
    ],
)
def test_a_topic_that_does_not_fit_is_found(contract: Path, old: str, new: str, sentence: str) -> None:
    path = contract / "topics.toml"
    path.write_text(path.read_text().replace(old, new))
    assert sentence in checks.check_schemas()
