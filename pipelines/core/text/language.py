"""Tell readable Arabic from everything else that arrives."""

import re
from collections import Counter
from unicodedata import name

from pipelines.core.rejection import Garbled, NotArabic
from pipelines.core.text.alphabet import LETTERS
from pipelines.core.text.damage import MISDECODED, find_damage, is_undecoded
from pipelines.core.text.damage_of_words import NO_WORDS
from pipelines.core.text.function_words import function_words

_NAMES = {"fa": "Persian", "ur": "Urdu", "ckb": "Kurdish", "ps": "Pashto"}
_ARABIC = re.compile(f"[{LETTERS}]")
# Letters that Arabic never uses, by the language they betray; any other letter outside its alphabet is strange too.
_TELLING = {"ur": "ٹڈڑےںہۓ", "ckb": "ێۆڵڕە", "ps": "ېښځڅډړږڼۍ"}
_FOREIGN = frozenset("پچژڤگڨڭڥڢڧ")
_LOOKALIKE = frozenset("یکھہٱڪ")
_NATIVE = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي")
# Low, for page furniture and quoted French leak into real articles.
_MIN_ARABIC_SHARE = 0.2
_MIN_FOREIGN_EVIDENCE = 1.0
_FEWEST_LETTERS = 5
# One article "ال" or ta marbuta in this many characters, three times rarer than the press has them, and no sister
# language comes near: no need to count letters.
_PLAINLY_ARABIC = 30


def _script(letters: Counter[str]) -> str:
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        scripts[name(letter, "other").split()[0].title()] += count
    return scripts.most_common(1)[0][0]


def _refuse_other_scripts(letters: Counter[str], arabic: int) -> None:
    total = letters.total()
    if not total:
        raise NotArabic("The text holds no letters; send the article's words in its title or body.")
    if arabic < total * _MIN_ARABIC_SHARE:
        raise NotArabic(f"The text is mostly in {_script(letters)} letters; send this outlet's Arabic articles only.")


def _sister_language(letters: Counter[str], words: Counter[str]) -> tuple[str, float]:
    """Return which language of the Arabic script the letters and function words point to, and how strongly."""
    listed = function_words()
    points = {
        language: 2.0 * sum(letters[letter] for letter in _TELLING.get(language, ""))
        + sum(words[word] for word in listed[language])
        for language in _NAMES
    }
    likely = max(points, key=lambda language: points[language])
    strange = sum(letters[letter] for letter in letters if letter not in _NATIVE | _FOREIGN | _LOOKALIKE)
    foreign = 0.3 * sum(letters[letter] for letter in _FOREIGN) + 0.1 * sum(letters[letter] for letter in _LOOKALIKE)
    return likely, strange + foreign + sum(words[word] for word in listed[likely])


def refuse_damage(field: str, text: str, raw: str = "") -> None:
    """Raise `Garbled` where a text cannot be read, however well its article's other one can (see `find_damage`).

    `raw` is the text as it came.
    """
    damage = MISDECODED if is_undecoded(raw) else find_damage(text)
    if damage == NO_WORDS:
        tell_language(text)  # a sister language's words are none either, and have a reason of their own
    if damage:
        raise _garbled(field, damage)


def refuse_strange_title(title: str) -> None:
    """Raise `Garbled` for a title without one Arabic letter, in letters that are not English or French ones either.

    Over an Arabic body that is no title in Russian or Chinese, but Arabic in their character sets.
    """
    letters = [] if _ARABIC.search(title) else [letter for letter in title if letter.isalpha()]
    if len(letters) > _FEWEST_LETTERS and sum(letter > "\x7f" for letter in letters) * 2 > len(letters):
        raise _garbled("title", MISDECODED)


def _garbled(field: str, damage: str) -> Garbled:
    return Garbled(f"The {field} cannot be read: {damage}; fetch it again and decode it as its publisher encoded it.")


def check_language(text: str) -> str:
    """Return `"ar"` for readable Arabic; lines of French or English and foreign names in it are normal.

    Raises `Garbled` for text that a wrong encoding destroyed, `NotArabic` for other scripts and for the languages
    that share this one: Persian, Urdu, Kurdish, Pashto.

    >>> check_language("وصل الرئيس الفرنسي إلى ڤيينا")
    'ar'
    >>> check_language("وزیر خارجه ایران با همتای خود گفتگو کرد")
    Traceback (most recent call last):
    pipelines.core.rejection.NotArabic: The text is in Persian, not Arabic; send this outlet's Arabic articles only.
    """
    refuse_damage("text", text)
    return tell_language(text)


def tell_language(text: str) -> str:
    """Return `"ar"` for a readable text that is Arabic; raises `NotArabic` for all others."""
    native = text.count("ة") + text.count(" ال") + text.count("وال")
    if native * _PLAINLY_ARABIC > len(text):
        return "ar"
    letters = Counter({letter: count for letter, count in Counter(text).items() if letter.isalpha() and letter != "ـ"})
    arabic = Counter({letter: count for letter, count in letters.items() if _ARABIC.match(letter)})
    _refuse_other_scripts(letters, arabic.total())
    words = Counter(text.split())
    language, evidence = _sister_language(arabic, words)
    native += sum(words[word] for word in function_words()["ar"])
    if evidence >= _MIN_FOREIGN_EVIDENCE and evidence > native:
        raise NotArabic(f"The text is in {_NAMES[language]}, not Arabic; send this outlet's Arabic articles only.")
    return "ar"
