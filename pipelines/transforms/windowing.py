"""Say when a group is emitted: as soon as may be where input never ends, at the end where it does.

On bounded input the default trigger in the global window serves for all: any other has FnApiRunner walk its general
trigger machine for each key, which was a fifth of a run.
"""

import apache_beam as beam
from apache_beam.transforms import trigger
from apache_beam.transforms.window import FixedWindows, GlobalWindows, TimestampCombiner
from apache_beam.utils.timestamp import Duration


def emit_after_each(*, endless: bool) -> beam.WindowInto:
    """Return the windowing for a group that is handed on with each element.

    Event time is held at the earliest element of a group.
    """
    firing = trigger.Repeatedly(trigger.AfterCount(1)) if endless else trigger.DefaultTrigger()
    return beam.WindowInto(
        GlobalWindows(),
        trigger=firing,
        accumulation_mode=trigger.AccumulationMode.DISCARDING,
        timestamp_combiner=TimestampCombiner.OUTPUT_AT_EARLIEST,
    )


def close_windows(size: int, lateness: int, *, endless: bool) -> beam.WindowInto:
    """Return the windowing for groups whose keys name a window of `size` milliseconds.

    A window is handed on when event time has passed it, and whole again with each element that comes within `lateness`.
    """
    if not endless:
        return beam.WindowInto(GlobalWindows())
    return beam.WindowInto(
        FixedWindows(size // 1000),
        trigger=trigger.AfterWatermark(late=trigger.AfterCount(1)),
        accumulation_mode=trigger.AccumulationMode.ACCUMULATING,
        allowed_lateness=Duration(seconds=lateness // 1000),
    )
