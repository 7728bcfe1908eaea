"""Find the dates that a text names, and resolve them."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache

from pipelines.core.dates.calendars import Days, section_of_year
from pipelines.core.dates.days import read_from_number
from pipelines.core.dates.join import is_anniversary, join_parts
from pipelines.core.dates.lexicon import phrases, proclitic_lengths, words
from pipelines.core.dates.months import read_from_month
from pipelines.core.dates.names import is_name
from pipelines.core.dates.numbers import number_starts
from pipelines.core.dates.part import Part
from pipelines.core.dates.periods import read_ago, read_period, section_before
from pipelines.core.dates.relative import read_last_days, read_shift, read_weekday
from pipelines.core.dates.resolve import resolve
from pipelines.core.dates.tense import find_tense
from pipelines.core.dates.years import read_century, read_decade, read_from_year_word
from pipelines.core.entities.mention import DateMention
from pipelines.core.text.document import Document, Sentence

Reader = Callable[[list[str], int], Part | None]

_PADDING = [""] * 12
_STRETCHED, _MONTH = "ـ", re.compile(r"\d{4}-\d\d")


@cache
def _readers() -> dict[str, tuple[Reader, ...]]:
    """Return for each word that a date may begin with who reads on from it, in the order to try them."""
    starts: list[tuple[Iterable[str], Reader]] = [
        (phrases("shift").first_words(), read_shift),
        (number_starts(), read_from_number),
        (phrases("month").first_words(), read_from_month),
        (phrases("weekday").first_words(), read_weekday),
        (phrases("ago").first_words(), read_ago),
        (words("year_word"), read_from_year_word),
        (phrases("unit").first_words(), read_period),
        (words("this"), read_period),
        (phrases("decade").first_words(), read_decade),
        (words("century_word"), read_century),
        (words("days") | words("two_days"), read_last_days),
    ]
    readers: dict[str, tuple[Reader, ...]] = {}
    for beginnings, reader in starts:
        for word in beginnings:
            readers[word] = (*readers.get(word, ()), reader)
    return readers


def find_dates(document: Document, published_at: datetime) -> list[DateMention]:
    """Find the dates in a text, in its order, resolved from `published_at` in the outlet's own zone.

    Values are ISO 8601; what hangs on another event, lasts, or is part of a name is left out (`arabic.md`, "Dates").

    >>> from pipelines.core.text.document import read_document
    >>> text = "التقى الوزيران مساء أمس الاثنين، ويجتمعان في 3 آب/أغسطس."
    >>> for found in find_dates(read_document("body", text), datetime(2022, 7, 19)):
    ...     print(found.span.text, found.value, found.granularity, found.resolution)
    مساء أمس الاثنين 2022-07-18 day relative
    3 آب/أغسطس 2022-08-03 day publication
    """
    tokens, readers = document.tokens, _readers()
    hits = [at for at, token in enumerate(tokens) if token[2] in readers or "0" <= token[2] < ":"]
    if not hits:
        return []
    today = published_at.date()
    found: list[DateMention] = []
    start = 0
    for sentence in document.sentences:
        stop = bisect_left(hits, sentence.last, start)
        if stop > start:
            for mention in _find_in_sentence(document, sentence, hits[start:stop], today, found):
                found.append(mention)
            start = stop
    return found


def _find_in_sentence(
    document: Document, sentence: Sentence, hits: list[int], today: date, before: Sequence[DateMention]
) -> Iterator[DateMention]:
    """Find the dates in a sentence; those `before` it, and in it one by one, say which year is "العام نفسه"."""
    text = [token[2] for token in document.tokens[sentence.first : sentence.last]] + _PADDING
    parts = _read_parts(text, (hit - sentence.first for hit in hits))
    floor = 0
    for part in join_parts(text, parts):
        tense = find_tense(text, part.first, part.last)
        alone = is_anniversary(text, part) and part.year is None
        if alone or _is_repeated(text, part) or (_is_later(part) and tense <= 0):
            continue
        resolved = resolve(_with_same(part, before), today, tense)
        if resolved is not None:
            first, last = _with_leads(text, part.first, floor), part.last
            days = _section_of(text, part.first, resolved.days)
            start = document.tokens[sentence.first + first].start
            start = _skip(document.text, start, proclitic_lengths().get(text[first], 0))
            span = document.span(start, document.tokens[sentence.first + last - 1].end)
            floor = last
            yield DateMention(span, days.value, days.granularity, resolved.resolution)


def _with_same(part: Part, before: Sequence[DateMention]) -> Part:
    """Put the last date's year, or its month too, into "مارس من العام نفسه" and "29 من نفس الشهر".

    Dates counted from publication ("أمس") and Hijri ones are passed over; of a span its end counts.
    """
    if part.until is not None:
        part = replace(part, until=_with_same(part.until, before))
    if part.same is None:
        return part
    named = (one for one in reversed(before) if one.resolution != "relative" and "هـ" not in one.span.text)
    value = next((last for one in named if _MONTH.match(last := one.value.split("/")[-1]) or part.same == "year"), "")
    year, _, month = value[:7].partition("-")
    if not year.isdecimal():
        return part
    if part.same == "year":
        return replace(part, year=int(year))
    return replace(part, year=int(year), month=int(month))


def _section_of(text: list[str], first: int, days: Days) -> Days:
    """Return the half or quarter that "النصف الأول من" before a year makes of it."""
    section = section_before(text, first) if days.granularity == "year" else None
    return section_of_year(days.first.year, *section) if section else days


def _is_repeated(text: list[str], part: Part) -> bool:
    """Tell "21 مارس من كل عام", which is no one day."""
    return text[part.last] == "من" and text[part.last + 1] in words("each")


def _is_later(part: Part) -> bool:
    """Tell "بعد يومين", which counts from publication only where the clause looks ahead."""
    return part.lean == 1 and part.month is None and part.weekday is None


def _read_parts(text: list[str], hits: Iterable[int]) -> list[Part]:
    readers = _readers()
    parts: list[Part] = []
    names: list[Part] = []
    end = 0
    for at in hits:
        if at < end:
            continue
        for reader in readers.get(text[at], (read_from_number,)):
            part = reader(text, at)
            if part is not None:
                (names if is_name(text, part, names) else parts).append(part)
                end = part.last
                break
    return parts


def _with_leads(text: list[str], first: int, floor: int) -> int:
    """Take "مساء", "يوم", "شهر", "مطلع", "النصف الأول من" before a date into its words, down to `floor`."""
    while first > floor:
        before = text[first - 1]
        if before in words("lead") or before in words("part") or before in words("season"):
            first -= 1
        elif first > floor + 2 and before == "من" and text[first - 3] in words("section"):
            first -= 3
        elif text[first] == "ظهر" and before in words("afternoon"):
            first -= 1
        else:
            break
    return first


def _skip(text: str, start: int, letters: int) -> int:
    """Step over a proclitic and the marks on it."""
    for _ in range(letters):
        start += 1
        while start < len(text) and (unicodedata.combining(text[start]) or text[start] == _STRETCHED):
            start += 1
    return start
