"""Find the known person behind a name that no table has in this form."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipelines.core.entities.known_by_slip import find_by_slip
from pipelines.core.entities.known_by_sounds import alike_in_all
from pipelines.core.entities.known_families import has_another_family
from pipelines.core.entities.known_names import Words, are_two_people, known_words, people, reduce_known
from pipelines.core.entities.name_units import units
from pipelines.core.entities.name_words import everybodys, first_names, generation_of, is_foreign, is_given, short_names
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.person_keys import person_key, person_words
from pipelines.core.entities.slips import name_fame
from pipelines.core.entities.spelling import is_spelt_near
from pipelines.core.entities.tables import Known

_BY_KEY, _BY_PARTS, _BY_FORM, _BY_SLIP = 0.85, 0.75, 0.65, 0.6
_LONG, _FAMILY, _GIVEN_AND_TWO = 5, 150, 3


class Found(NamedTuple):
    """A known entity, and how surely another spelling means it."""

    known: Known
    confidence: float


def find_person(name: str) -> Found | None:
    """Find the only known person whose name differs in order, article, spelling, one slip or a name between.

    >>> [find_person(name).known.entity.qid for name in ("بوتين فلاديمير", "فلاديمير فلاديميروفيتش بوتين")]
    ['Q7747', 'Q7747']
    >>> find_person("حسين روحاني"), find_person("خالد بن أحمد بن سلمان")
    (None, None)
    """
    words, key, parts = person_words(name), person_key(name), fold_name(name).split()
    foreign = is_foreign(parts)
    if not words or (len(words) < 2 and foreign) or are_two_people(parts):
        return None
    spelt = _spelt(parts)
    if found := _only(known for known, other in _by_key().get(key, ()) if is_spelt_near(spelt, _spelt(other.split()))):
        return Found(found, _BY_KEY)
    if generation_of(parts):  # "دونالد ترامب الابن"
        return None
    telling = not foreign or len(words) > 2 or len(parts[-1]) >= _LONG
    if telling and (found := _by_ends(words) or _of_beginning(words, parts) or _turned(words, parts)):
        return Found(found, _BY_PARTS)
    if found := find_by_slip(parts):
        return Found(found, _BY_SLIP)
    found = _only(_called_in_short(spelt)) or _only(alike_in_all(spelt) if foreign else ())
    return Found(found, _BY_FORM) if found else None


def _spelt(parts: Sequence[str]) -> list[str]:
    """Return the words of a name without what tells a son from his father."""
    return units(parts[:-1] if generation_of(parts) else parts)


def _called_in_short(names: Sequence[str]) -> Iterator[Known]:
    """Yield the known people whom another form of the given name leads to: "مايكل بومبيو", "جون كلود يونكر"."""
    for other in short_names().get(names[0], ()) if len(names) > 1 else ():
        told = [other, *names[1:]]
        found = _by_key().get(person_key(" ".join(told)), ())
        yield from (known for known, theirs in found if is_spelt_near(told, _spelt(theirs.split())))


def _only(found: Iterable[Known]) -> Known | None:
    by_id = {known.entity.entity_id: known for known in found}
    return by_id.popitem()[1] if len(by_id) == 1 else None


def _by_ends(words: Words) -> Known | None:
    """Find the only person of these first and last words that nothing between contradicts."""
    ends = _ends().get((words[0], words[-1]), [])
    if is_given(words[-1]) and words[0] in everybodys():
        ends = []
    longer_or_less = [pair for pair in ends if len(pair[1]) != len(words) and not _is_turned_son(words, *pair)]
    fitting = [known for known, other in longer_or_less if _is_part(words, other) or _is_part(other, words)]
    told = {known.entity.entity_id for known, other in ends if len(other) > 2 and not _fits(words, other)}
    begun = [known for known, _ in _beginning(words) if not has_another_family(words[-1], known)]
    longer = [known for known in begun if known.entity.entity_id not in told]
    return _only(known for known in fitting if known.entity.entity_id not in told) or _only(longer)


def _is_turned_son(words: Words, known: Known, other: Words) -> bool:
    """Tell whether a name says that somebody's father is his son, or whoever else is known: "حافظ بشار الأسد"."""
    if len(words) <= len(other):
        return False
    rivals = (*_whole().get(words[1:], ()), *_whole().get((words[1], words[0], *words[2:]), ()))
    return any(rival.entity.entity_id != known.entity.entity_id for rival, _ in rivals)


def _of_beginning(words: Words, parts: Sequence[str]) -> Known | None:
    """Find the only person whose foreign name is told with more behind it: "نيكولاس مادورو موروس".

    A family behind an Arabic one may be anybody's ("قيس سعيد الشمري"); what stands before it is how he is called.
    """
    if len(words) == _GIVEN_AND_TWO and name_fame(parts[-1]) >= _FAMILY:  # "مارتن لوثر كينغ"
        return None
    called = len(words) == 3 and parts[0].startswith("ال") and words[0] not in everybodys()
    if not is_foreign(parts) and not called:
        return None
    return _only(known for size in range(2, len(words)) for known, _ in _whole().get(words[:size], ()))


def _turned(words: Words, parts: Sequence[str]) -> Known | None:
    """Find the only person of two words whose family name stands first: with the article, or hardly a given name."""
    article = parts[0].startswith("ال") and not parts[1].startswith("ال") if len(words) == len(parts) == 2 else False
    if len(words) != 2 or not (article or _is_family(words[0])) or not _places()[words[1]][0]:
        return None
    if words[0] in first_names() and words[1] in everybodys() and not article:  # "عبدالسلام محمد"
        return None
    return _only(known for known, _ in _whole().get((words[1], words[0]), ()))


def _is_family(word: int | str) -> bool:
    """Tell whether known people have a word for the last of their names, and more of them than for the first."""
    first, last = _places()[word]
    return last > first


@cache
def _places() -> defaultdict[int | str, tuple[int, int]]:
    """Count the known people of whose names each word is the first, and the last."""
    first: Counter[int | str] = Counter()
    last: Counter[int | str] = Counter()
    bearers = {(ends, known.entity.entity_id) for ends, pairs in _ends().items() for known, _ in pairs}
    for ends, _ in bearers:
        first[ends[0]] += 1
        last[ends[-1]] += 1
    table: defaultdict[int | str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    table.update((word, (first[word], last[word])) for word in first.keys() | last.keys())
    return table


def _fits(words: Words, other: Words) -> bool:
    return len(words) < 3 or _is_part(words, other) or _is_part(other, words)


def _beginning(words: Words) -> list[tuple[Known, Words]]:
    """Return the people whose father is the last word told, of them or here: "محمد بن زايد آل نهيان"."""
    found = [
        pair
        for size in range(2, len(words))
        if words[size - 1].startswith("بن")
        for pair in _whole().get(words[:size], ())
    ]
    return found or (_fathers().get(words, []) if words[-1].startswith("بن") else [])


def _is_part(short: Words, long: Words) -> bool:
    fathers = [next((word for word in words if word.startswith("بن")), "") for words in (short, long)]
    rest = iter(long)
    return all(word in rest for word in short) and (fathers[0] == fathers[1] or not all(fathers))


def _table(
    pairs: Iterable[tuple[tuple[int | str, ...], tuple[Known, Words]]],
) -> dict[tuple[int | str, ...], list[tuple[Known, Words]]]:
    table: dict[tuple[int | str, ...], list[tuple[Known, Words]]] = {}
    for key, pair in pairs:
        table.setdefault(key, []).append(pair)
    return table


@cache
def _by_key() -> dict[str, list[tuple[Known, str]]]:
    table: dict[str, list[tuple[Known, str]]] = {}
    for name, known in people():
        table.setdefault(reduce_known(name)[0], []).append((known, name))
    return table


@cache
def _ends() -> dict[tuple[int | str, ...], list[tuple[Known, Words]]]:
    return _table(((pair[1][0], pair[1][-1]), pair) for pair in known_words() if len(pair[1]) > 1)


@cache
def _whole() -> dict[tuple[int | str, ...], list[tuple[Known, Words]]]:
    return _table((pair[1], pair) for pair in known_words() if len(pair[1]) > 1)


@cache
def _fathers() -> dict[tuple[int | str, ...], list[tuple[Known, Words]]]:
    """Collect the people by what of their name ends in a father's: "محمد بن زايد" of "محمد بن زايد آل نهيان"."""
    return _table(
        (pair[1][:size], pair)
        for pair in known_words()
        for size in range(2, len(pair[1]))
        if pair[1][size - 1].startswith("بن")
    )
