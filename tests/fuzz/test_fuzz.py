from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.message import Message
from pipelines.core.publication import parse_published_at
from pipelines.core.rejection import REASONS, NoUsableDate, Rejected
from pipelines.core.text.normalize import normalize_text
from pipelines.core.urls import canonical_url
from pipelines.inputs import Decoder
from tests.fuzz.run import fuzz

INPUTS, AT_ONCE = 100_000, 10_000
ZONES = st.sampled_from(("UTC", "Asia/Riyadh", "Africa/Casablanca"))
NUMBERS = st.integers(0, 99).map(str)
PIECES = st.one_of(
    NUMBERS, st.sampled_from(("مايو", "Oct", " ", ":", "/", "-", "+03", "GMT", "PM", "ص", "T", "Z", ",", "2024", "هـ"))
)


@pytest.mark.fuzz
def test_every_one_of_100_000_mutated_messages_ends_as_an_article_or_a_named_refusal() -> None:
    outcomes: Counter[str] = Counter()
    for seed in range(INPUTS // AT_ONCE):
        outcomes += fuzz(AT_ONCE, seed)
    assert outcomes.total() == INPUTS
    assert outcomes["article"] > INPUTS // 5
    assert set(outcomes) >= set(REASONS) - {"too_long"}


def test_a_thousand_mutated_messages_end_as_articles_or_named_refusals() -> None:
    assert fuzz(1_000, 99).total() == 1_000


@given(st.binary(max_size=300))
def test_any_bytes_are_an_article_or_refused(value: bytes) -> None:
    with suppress(Rejected):
        Decoder().decode(Message(value, "t", 0, 0))


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join)), ZONES)
def test_any_text_is_a_time_of_publication_or_none(value: str, zone: str) -> None:
    with suppress(NoUsableDate):
        assert parse_published_at(value, zone).tzinfo is not None


@settings(max_examples=300)
@given(
    st.text(max_size=80), st.sampled_from(("", "https://", "https://e.net/", "//", "https://e.net/#", "http://e.net/?"))
)
def test_the_address_of_an_address_is_itself(text: str, begin: str) -> None:
    canonical = canonical_url(begin + text)
    assert canonical is None or canonical_url(canonical) == canonical


@settings(max_examples=200)
@given(st.text(alphabet=st.sampled_from("اـَّ\u0655\u0301\\nu06&;<b>/ \n\u200fﻻ(«"), max_size=60))
def test_a_repaired_text_needs_no_repair_and_maps_back(raw: str) -> None:
    mapped = normalize_text(raw)
    spans = [mapped.source_span(at, at + 1) for at in range(len(mapped.text))]
    assert all(0 <= start < end <= len(raw) for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)
