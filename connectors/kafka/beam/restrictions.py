"""Tell Beam how a range of a topic may be divided, and how far its event time has come."""

from typing import Any

from apache_beam.coders import FastPrimitivesCoder
from apache_beam.io.iobase import RestrictionProgress
from apache_beam.io.restriction_trackers import OffsetRange, OffsetRestrictionTracker
from apache_beam.io.watermark_estimators import ManualWatermarkEstimator
from apache_beam.transforms.core import RestrictionProvider, WatermarkEstimatorProvider
from apache_beam.utils.timestamp import Timestamp

from connectors.kafka.topic_range import ENDLESS, TopicRange


class LogWentBack(Exception):
    """A log gave an offset again, or one before the range: it is another log than the range was planned for."""

    def __init__(self, offset: int, behind: int) -> None:
        super().__init__(
            f"Offset {offset} came where {behind} or a later one was to come: the topic was made anew, or cut short, "
            "while a job read it. Stop the job in Flink and start it without --savepoint: the ledger says what is done."
        )


class LogTracker(OffsetRestrictionTracker):
    """The tail of a log is only ever checkpointed, never split in two: nobody knows where its middle is."""

    def try_claim(self, position: int) -> bool:
        """Claim an offset, as Beam has it; raises LogWentBack where that cannot be of the log that is read."""
        behind = self._range.start if self._last_claim_attempt is None else self._last_claim_attempt + 1
        if position < behind:
            raise LogWentBack(position, behind)
        return bool(super().try_claim(position))

    def is_bounded(self) -> bool:
        """Return whether the range ends."""
        return bool(self._range.stop != ENDLESS)

    def try_split(self, fraction_of_remainder: float) -> Any:
        """Split what is left of a range that ends; checkpoint one that does not."""
        if not self.is_bounded() and fraction_of_remainder > 0:
            return None
        return super().try_split(fraction_of_remainder)

    def current_progress(self) -> RestrictionProgress:
        """Return how far it has come; half way, where there is no end."""
        return super().current_progress() if self.is_bounded() else RestrictionProgress(completed=1.0, remaining=1.0)


class Offsets(RestrictionProvider):
    """A range is read by its offsets."""

    def initial_restriction(self, element: TopicRange) -> OffsetRange:
        """Return all of the range."""
        return OffsetRange(element.start, element.stop)

    def create_tracker(self, restriction: OffsetRange) -> LogTracker:
        """Return what hands out its offsets."""
        return LogTracker(restriction)

    def restriction_size(self, element: TopicRange, restriction: OffsetRange) -> int:
        """Return how much work it is, in messages."""
        return int(min(restriction.size(), 100_000))

    def truncate(self, element: TopicRange, restriction: OffsetRange) -> OffsetRange | None:
        """Return what of it to read still when a job is drained."""
        return None if restriction.stop == ENDLESS else restriction


class Watermarks(WatermarkEstimatorProvider):
    """A range says by itself how far its event time has come."""

    def initial_estimator_state(self, element: TopicRange, restriction: OffsetRange) -> None:
        """Return that nothing is known yet."""

    def create_watermark_estimator(self, state: Timestamp | None) -> ManualWatermarkEstimator:
        """Return an estimator that goes on from a state."""
        return ManualWatermarkEstimator(state)

    def estimator_state_coder(self) -> FastPrimitivesCoder:
        """Return how the state is kept."""
        return FastPrimitivesCoder()
