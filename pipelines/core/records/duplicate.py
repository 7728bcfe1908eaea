"""Build the record of a message that copies an article already known."""

from pipelines.core.duplicates.sighting import Sighting
from pipelines.core.ids import digest
from pipelines.core.records.pieces import Fields, origin_fields, shorten
from pipelines.core.units import from_millis
from pipelines.core.version import PIPELINE_VERSION


def duplicate_record(
    kind: str,
    copy: Sighting,
    original: Sighting,
    *,
    cluster_id: str,
    similarity: float,
    containment: float,
    containment_direction: str | None = None,
) -> Fields:
    """Return the fields of `schemas/duplicate`; `kind` is exact, near or contained, measures are between 0 and 1."""
    return {
        "duplicate_id": digest("duplicate", str(copy.origin), copy.origin.id),
        "kind": kind,
        "article_id": copy.article_id,
        "original_id": original.article_id,
        "cluster_id": cluster_id,
        "similarity": shorten(similarity),
        "containment": shorten(containment),
        "containment_direction": containment_direction,
        "source": copy.source,
        "original_source": original.source,
        "url": copy.url,
        "original_url": original.url,
        "published_at": from_millis(copy.published),
        "original_published_at": from_millis(original.published),
        "agency": copy.agency or original.agency,
        "origin": origin_fields(copy.origin),
        "original_origin": origin_fields(original.origin),
        "pipeline_version": PIPELINE_VERSION,
    }
