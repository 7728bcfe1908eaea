from dataclasses import replace
from datetime import UTC, datetime

from pipelines.core.article import Origin
from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.records import duplicate_record
from schemas import decode, encode

ORIGINAL = Sighting(
    1_714_636_800_000, "a1", Origin("rasid.raw-articles", 0, 1), "c1", "marsa", "https://m/1", "وكالة المرسى"
)
COPY = Sighting(1_714_640_400_125, "a2", Origin("rasid.raw-articles", 0, 2), "c2", "bahr")


def test_a_duplicate_fits_its_schema() -> None:
    fields = duplicate_record("near", COPY, ORIGINAL, cluster_id="k1", similarity=0.87654321, containment=1)
    assert decode(encode("duplicate", fields)).fields == fields
    assert (fields["similarity"], fields["url"], fields["original_url"]) == (0.8765, None, "https://m/1")
    assert (fields["article_id"], fields["original_id"], fields["cluster_id"]) == ("a2", "a1", "k1")
    assert (fields["origin"]["offset"], fields["original_origin"]["offset"]) == (2, 1)
    assert fields["published_at"] == datetime(2024, 5, 2, 9, 0, 0, 125000, UTC)
    assert fields["agency"] == "وكالة المرسى"


def test_each_copying_message_has_one_verdict() -> None:
    again = replace(COPY, origin=Origin("rasid.raw-articles", 0, 3))
    verdicts = [
        duplicate_record(kind, copy, ORIGINAL, cluster_id="k1", similarity=1, containment=1)
        for kind, copy in (("near", COPY), ("exact", COPY), ("exact", again))
    ]
    ids = [verdict["duplicate_id"] for verdict in verdicts]
    assert ids[0] == ids[1] != ids[2]
