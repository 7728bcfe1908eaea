"""Bring the versions of one record to one place, in order, before they are written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import apache_beam as beam
from apache_beam import PCollection

from connectors.message import Delivery
from pipelines.transforms.windowing import emit_after_each

Key = tuple[str, bytes]


@dataclass
class OrderVersions(beam.PTransform):
    """Group deliveries by record and key, and hand on each group's by version.

    On a cluster two versions of a record may come out of two workers: whoever writes them must be one, or a compacted
    topic would keep the older where that is written last.
    """

    endless: bool

    def expand(self, deliveries: "PCollection[Delivery]") -> "PCollection[Delivery]":
        """Wire it."""
        return (
            deliveries
            | "Key" >> beam.Map(_keyed).with_output_types(tuple[Key, Delivery])
            | "AtOnce" >> emit_after_each(endless=self.endless)
            | "ByRecord" >> beam.GroupByKey()
            | "InOrder" >> beam.FlatMap(_in_order).with_output_types(Delivery)
        )


def _keyed(delivery: Delivery) -> tuple[Key, Delivery]:
    return (delivery.record, delivery.key), delivery


def _in_order(group: tuple[Key, Iterable[Delivery]]) -> Iterator[Delivery]:
    return iter(sorted(group[1], key=lambda delivery: delivery.version))
