"""Find who wrote an article first, and where the copy itself begins and ends."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.core.article import Byline, Span
from pipelines.core.text.credits import NAMING_KINDS, Credit, fold_in_place, may_end_credit, read_credits

_HEAD, _TAIL = 170, 160
_PIECE = re.compile(r"((?:[^-–—/،,:.()\[\]«»“”\"|*\n]|\.(?!\s+\S\S))*)([-–—/،,:.)\]»|*\s]*)[(\[«“\"]?")
_HAS_SEPARATOR = re.compile(r"[^\n]{0,90}?[-–—/:(\n|]")
_LOOSE_DASH = re.compile(r"\s[-–—]|[-–—](?:\s|[-–—])")
_CLOCK = r"\d{1,2}:\d\d(?: ?(?:جمت|gmt|GMT))?|\d{4}"
# No mark may be read in two ways, or the ways multiply: hence the possessive quantifiers.
_MARK = rf"[اإ]نته[ىي]|يتبع|(?<=\()النهاية|[ء-ي](?: [ء-ي]\b)++|ت ?\.? ?م|{_CLOCK}|www\.spa\.gov\.sa/\w*+"
_END_MARK = re.compile(
    rf"(?:(?<=[\n.!؟»\"”)…])|(?=\s*[/*#\\]{{2}}|\s*\()|^)(?:[\s/\\*#.…()–—-]*+(?:{_MARK}))++[\s/\\*#.…()–—-]*+\Z"
)
_END_WORD = re.compile(r"نته[ىي]|يتبع|\(النهاية|ت ?\.? ?م\W*\Z")
_DESK = re.compile(r"\s*[(\[](?:[إا]عداد|تغطية|شارك في|تحرير|ترجمة)[^()\[\]]{3,150}[)\]][\s.]*\Z")
_BOILERPLATE = re.compile(r"\s*رابط الخبر بصحيفة [^\n]*\Z|(?<=[.!؟»\"”])\s*سمات [^.\n]{2,150}\Z")
_CREDITED, _PROSE_KINDS = frozenset({"agency", "vague"}), frozenset({"verb", "other", "country", "date"})
_AFTER_SENTENCE = r"(?:(?<=[.!؟…\n])|(?<=[.!؟…][»\"”)])|^)"
_QUOTED = r"[(\[«“\"/-]{1,2}(?P<piece>[^()\[\]«»“”\"/\n]{2,60}?)[)\]»”\"/-]{1,2}"
_UNQUOTED = r"(?P<piece>(?:[^.…!؟\n]|(?<=\b\w)\. ?(?=\w\b)|(?<=\w)\.(?=\w)){2,60}?)"
_UNDASHED = r"(?P<piece>(?:[^.…!؟\n–—-]|(?<=\w)\.(?=\w)){2,40})"
_PLAIN = frozenset({"agency", "source"})
# Each with the kinds of which one is needed: the weaker the frame, the plainer the name must be.
_LAST_PIECES = (
    (re.compile(rf"{_AFTER_SENTENCE}\s*[-–—*]?\s*(?:المصدر *:? *)?{_QUOTED}[\s.]*\Z"), NAMING_KINDS),
    (re.compile(r"\n[-–—*\s]*(?P<piece>[^\n]{2,60}?)[\s).»]*\Z"), NAMING_KINDS),
    (re.compile(rf"{_AFTER_SENTENCE}\s*[-–—*]?\s*{_UNQUOTED}[\s.]*\Z"), _PLAIN),
    (re.compile(rf"(?<![بل]ـ)(?<!مع) +(?:المصدر *:? *)?{_QUOTED}\s*\Z"), _CREDITED),
    (re.compile(rf"\s[-–—|]+ *{_UNDASHED}[\s.]*\Z"), _PLAIN),
)


class _Dateline(NamedTuple):
    end: int
    parts: Sequence[Credit]


def find_byline(title: str, body: str) -> tuple[Byline | None, int, int]:
    """Return who wrote it first, and the start and end in `body` of the copy without dateline, credits and end mark.

    A dateline is cut only if all of it is known for what it is, so that a body which merely begins with a city stays
    whole. An agency in the dateline wins over one at the end of the body, that one over one in the title, and a named
    one over وكالات. The same copy in two papers leaves the same `body[start:end]`.

    >>> find_byline("", "الرباط/ومع/ افتتح معرض الكتاب")[1:]
    (12, 29)
    >>> byline, start, end = find_byline("", "بيروت (أ ف ب) - هطل المطر. // انتهى //")
    >>> byline.agency, byline.city.text, "بيروت (أ ف ب) - هطل المطر. // انتهى //"[start:end]
    ('أ ف ب', 'بيروت', 'هطل المطر.')
    """
    start = len(title) + 1 if title and body.startswith(title + "\n") else 0
    dateline = _read_dateline(body, start)
    end, closing = _read_closing(body, dateline.end)
    if not (dateline.parts or closing or "(" in title or "|" in title):
        return None, dateline.end, end
    named = [(part, "body") for part in (*dateline.parts, *closing) if part.kind in _CREDITED]
    named += [
        (part, "title")
        for part in _read_last_piece(title, max(0, len(title) - _TAIL), len(title))[1]
        if part.kind in _CREDITED
    ]
    named.sort(key=lambda found: found[0].name == "وكالات")
    city = _find_city(dateline.parts, body)
    if not named and city is None:
        return None, dateline.end, end
    agency_span = None
    if named:
        part, field = named[0]
        agency_span = Span(field, part.start, part.end, (title if field == "title" else body)[part.start : part.end])
    return Byline(named[0][0].name if named else None, agency_span, city), dateline.end, end


def _read_dateline(body: str, start: int) -> _Dateline:
    if not _HAS_SEPARATOR.match(body, start):
        return _Dateline(start, ())
    head = fold_in_place(body[start : start + _HEAD])
    found, parts, place = _Dateline(start, ()), [], 0
    while place < len(head):
        piece = _PIECE.match(head, place)
        if piece is None or piece.end() == place:
            break
        new = read_credits(head, *piece.span(1))
        complete = found.parts and (body[found.end - 1] == "\n" or not _may_follow(found.parts, new, piece[2]))
        if _is_prose(new) or complete:
            break
        parts += new
        if _is_dateline(parts, new, piece[2], head, piece.end(2)):
            found = _Dateline(start + piece.end(2), tuple(parts))
        place = piece.end()
    return found._replace(parts=[part._replace(start=part.start + start, end=part.end + start) for part in found.parts])


def _is_prose(parts: Sequence[Credit]) -> bool:
    """Tell a piece of running text: a verb or particle, a long unknown run, or unknown words beside known ones."""
    others = sum(part.words for part in parts if part.kind == "other")
    kinds = {part.kind for part in parts} - {"other", "credit", "link"}
    if kinds == {"country"} and others <= 2:  # slips such as "الإمارات العربية المتحد"
        return False
    return "verb" in kinds or others > 5 or bool(others and kinds)


def _may_follow(found: Sequence[Credit], parts: Sequence[Credit], separator: str) -> bool:
    """Tell whether a piece may still belong to the dateline `found`, which could have ended before it."""
    kinds = {part.kind for part in parts}
    if "other" in kinds:
        words, before = sum(part.words for part in parts), {part.kind for part in found}
        unknown_city = words <= 2 and ":" in separator and "outlet" in before and "city" not in before
        return unknown_city or (words <= 4 and "\n" in separator and "." not in separator)
    return kinds != {"country"}


def _is_dateline(parts: Sequence[Credit], last: Sequence[Credit], separator: str, head: str, end: int) -> bool:
    """Tell whether `parts` may be a whole dateline that `separator` ends; `last` are the parts of the last piece."""
    kinds = {part.kind for part in parts}
    others = [part for part in parts if part.kind == "other"]
    if len(others) > 2 or head.count("(", 0, end) > head.count(")", 0, end):
        return False
    if not set(separator) & set("-–—|:\n"):
        return "city" in kinds and bool(last) and _ends_on_name(last[-1], bool(others), separator.strip())
    if "agency" in kinds or (")" in separator and kinds <= NAMING_KINDS):  # "(CNN) --"
        return True
    known = kinds & {"city", "credit"} or (")" in separator and "country" in kinds)
    if kinds & {"vague", "outlet"} and (known or any(part.words > 1 for part in others)):
        return True
    if "city" not in kinds:
        return "credit" in kinds and bool(others) and "\n" in separator
    return _is_city_dateline(len(parts), bool(others), separator, head, end)


def _ends_on_name(last: Credit, has_others: bool, separator: str) -> bool:
    """Tell a dateline that ends with neither dash nor colon: "الرباط/ومع/", "القاهرة (رويترز) قال", "سبوتنيك. قال"."""
    if "/" in separator:
        return last.kind in _CREDITED
    return separator in {")", ".", ")."} and not has_others and last.kind in NAMING_KINDS


def _is_city_dateline(count: int, has_others: bool, separator: str, head: str, end: int) -> bool:
    if "\n" in separator or ":" in separator:
        return True
    if has_others or (count == 1 and not _LOOSE_DASH.search(separator)):
        return False
    follows = read_credits(head, end, min(len(head), end + 30))[:1]
    return not follows or follows[0].kind not in {"city", "country", "date"}


def _find_city(parts: Sequence[Credit], body: str) -> Span | None:
    city = next((part for part in parts if part.kind == "city"), None)
    if city is None and len(parts) > 1 and parts[0].kind == "other" and parts[0].words <= 3:
        bracketed = parts[1].kind in _CREDITED and "(" in body[parts[0].end : parts[1].start]  # "تالة (رويترز)"
        city = parts[0] if bracketed or parts[1].kind == "country" else None
    return None if city is None else Span("body", city.start, city.end, body[city.start : city.end])


def _read_closing(body: str, start: int) -> tuple[int, list[Credit]]:
    end, credits = max(start, len(body.rstrip())), list[Credit]()
    for _ in range(4):
        floor = max(start, end - _TAIL)
        tail = body[floor:end]
        cut = _find_end_matter(tail)
        kept, found = (floor + cut.start(), []) if cut else _read_last_piece(body, floor, end)
        if kept == end or kept <= start:  # a body is never all frame
            break
        credits += found
        end = floor + len(body[floor:kept].rstrip())
    return end, credits


def _find_end_matter(tail: str) -> re.Match[str] | None:
    """Find what ends a body and names no agency; each costly search runs only after a cheap sign of success."""
    if "رابط" in tail or "سمات" in tail:
        found = _BOILERPLATE.search(tail)
        if found:
            return found
    if tail.rstrip(" .\n")[-1:] in {")", "]"} and (found := _DESK.search(tail)):
        return found
    found = _END_MARK.search(tail) if _END_WORD.search(tail) else None
    return found if found and _END_WORD.search(found.group()) else None


def _read_last_piece(text: str, floor: int, end: int) -> tuple[int, list[Credit]]:
    """Return where the credit that ends `text[floor:end]` begins, and its parts; `end` and nothing if there is none."""
    if not may_end_credit(fold_in_place(text[max(floor, end - 30) : end])):
        return end, []
    tail = fold_in_place(text[floor:end])
    for pattern, wanted in _LAST_PIECES:
        piece = pattern.search(tail)
        parts = read_credits(tail, *piece.span("piece")) if piece else []
        kinds = {part.kind for part in parts}
        plain = kinds & wanted or sum(part.kind in NAMING_KINDS for part in parts) > 1
        if piece and plain and kinds & NAMING_KINDS and not kinds & _PROSE_KINDS:
            return floor + piece.start(), [
                part._replace(start=part.start + floor, end=part.end + floor) for part in parts
            ]
    return end, []
