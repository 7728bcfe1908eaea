import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners.direct.direct_runner import BundleBasedDirectRunner
from apache_beam.testing.test_stream import TestStream as Events
from apache_beam.testing.util import assert_that, equal_to

from connectors.message import Delivery
from pipelines.runners.launch import IN_PROCESS
from pipelines.transforms.order_versions import OrderVersions

MIXED = [Delivery(record, key, b"", None, version) for record in ("article", "event") for key, version in [
    (b"a", 2), (b"b", 1), (b"a", 0), (b"a", 1), (b"b", 0)
]]  # fmt: skip


class Together(beam.DoFn):
    """Yields what each bundle brings of a key, in the order it brings it."""

    def start_bundle(self) -> None:
        self.seen: dict[tuple[str, bytes], list[int]] = {}

    def process(self, one: Delivery) -> None:
        self.seen.setdefault((one.record, one.key), []).append(one.version)

    def finish_bundle(self) -> list[beam.utils.windowed_value.WindowedValue]:
        window = beam.transforms.window.GlobalWindow()
        told = [(*name, tuple(versions)) for name, versions in self.seen.items()]
        return [beam.utils.windowed_value.WindowedValue(one, 0, (window,)) for one in told]


def test_what_many_workers_made_of_one_record_comes_to_one_place_in_order() -> None:
    with beam.Pipeline(runner=IN_PROCESS) as pipeline:
        made = [pipeline | f"Worker{n}" >> beam.Create(MIXED[n::3]) for n in range(3)]
        ordered = made | beam.Flatten() | OrderVersions(endless=False) | beam.ParDo(Together())
        expected = [(record, key, versions) for record in ("article", "event") for key, versions in [
            (b"a", (0, 1, 2)), (b"b", (0, 1))
        ]]  # fmt: skip
        assert_that(ordered, equal_to(expected))


def test_in_an_endless_run_nothing_waits_for_the_end() -> None:
    options = PipelineOptions()
    options.view_as(StandardOptions).streaming = True
    first, second = MIXED[0], MIXED[1]
    events = Events().add_elements([first]).advance_watermark_to(10).add_elements([second])
    with beam.Pipeline(runner=BundleBasedDirectRunner(), options=options) as pipeline:
        told = pipeline | events | beam.Map(lambda one: one).with_output_types(Delivery) | OrderVersions(endless=True)
        assert_that(told, equal_to([first, second]))
