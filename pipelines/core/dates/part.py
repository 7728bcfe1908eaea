"""What a stretch of words says of a date, before it is resolved."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """What the words `[first, last)` say; everything they do not say is `None`.

    `hijri` tells the calendar of year, month and day. `weekday` counts from Monday, 0. `shift` is days from
    publication. `unit` and `steps` are weeks, months, years or decades from publication ("الشهر الماضي": month, -1),
    or a decade of its own with `year` its first. `lean` is what "الماضي" and "المقبل" say: below 0 before publication,
    above 0 after it, 0 now. `until` is the other end of a span. `same` is "year" or "month"
    where that is the last date's.
    """

    first: int
    last: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    hijri: bool = False
    weekday: int | None = None
    shift: int | None = None
    unit: str | None = None
    steps: int | None = None
    lean: int | None = None
    until: "Part | None" = None
    same: str | None = None

    @property
    def level(self) -> str:
        """Name the granularity that the words give: day, week, month, year or decade."""
        if self.day is not None or self.shift is not None or self.weekday is not None:
            return "day"
        if self.month is not None:
            return "month"
        return self.unit or "year"
