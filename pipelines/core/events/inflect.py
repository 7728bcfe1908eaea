"""Write out the folded surface forms of Arabic verbs and verbal nouns.

The lexicon keeps one line a verb; text has some hundred forms of it. They are all written out once, when the lexicon
is loaded, so that reading costs one look-up a word. A missing form is better than a wrong one: rare persons (I, you,
we) and the dual of the imperfect with suffixes are left out.
"""

from collections.abc import Iterator
from typing import NamedTuple

_OBJECTS = ("ه", "ها", "هم", "هما")
_CONJUNCTIONS = ("", "و", "ف")
_BEFORE_INDEFINITE = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب")
_BEFORE_DEFINITE = ("ال", "وال", "فال", "بال", "وبال", "كال", "لل", "ولل")


class Shape(NamedTuple):
    """What a surface form says by itself: tense (past, present, future, jussive, noun), person (ms, fs, pl)."""

    tense: str
    person: str
    proclitic: str
    suffix: str
    definite: bool = False


def inflect_verb(past: str, present: str, transitive: bool) -> Iterator[tuple[str, Shape]]:
    """Write the third-person forms of a verb from its folded past and imperfect ("-" for none).

    Further past forms that the pattern does not give follow after "|". Object suffixes only for transitive verbs.

    >>> forms = dict(inflect_verb("التقي", "يلتقي", True))
    >>> [forms[form].person for form in ("التقت", "التقوا", "ستلتقي", "والتقاه")]
    ['fs', 'pl', 'fs', 'ms']
    """
    bare = [*_past(past), *_imperfect(present)]
    for form, tense, person in bare:
        for conjunction in _CONJUNCTIONS:
            yield conjunction + form, Shape(tense, person, conjunction, "")
            if transitive and tense != "jussive":
                for suffix in _OBJECTS:
                    yield conjunction + _before_suffix(form) + suffix, Shape(tense, person, conjunction, suffix)


def _before_suffix(form: str) -> str:
    if form.endswith("وا"):
        return form[:-1]
    return form[:-1] + "ا" if form.endswith("ي") and form[0] not in "يتس" else form


def _past(past: str) -> Iterator[tuple[str, str, str]]:
    if past == "-":
        return
    first, *further = past.split("|")
    yield first, "past", "ms"
    for form in further:
        yield form, "past", "fs" if form.endswith("ت") else "pl" if form.endswith("وا") else "ms"
    weak = first[-1] in "اي" and len(first) > 2
    stem = first[:-1] if weak else first
    yield stem + "ت", "past", "fs"
    yield stem + "وا", "past", "pl"
    yield stem + "تا", "past", "pl"
    yield (first if first[-1] == "ي" else stem if weak else first) + ("وا" if first[-1] == "ا" else "ا"), "past", "pl"


def _imperfect(present: str) -> Iterator[tuple[str, str, str]]:
    for form in present.split("|"):
        if form == "-":
            continue
        stem = form[1:]
        weak = stem[-1] in "ويا" and len(stem) > 2
        short = stem[:-1] if weak else stem
        for letter, person in (("ي", "ms"), ("ت", "fs")):
            for future in ("", "س"):
                tense = "future" if future else "present"
                yield future + letter + stem, tense, person
                yield future + letter + short + "ون", tense, "pl"
                yield future + letter + (stem[:-1] + "ي" if weak else stem) + "ان", tense, "pl"
            yield letter + short + "وا", "present", "pl"
            if weak:
                yield letter + short, "jussive", person
            elif len(stem) > 2 and stem[-2] in "ويا":
                yield letter + stem[:-2] + stem[-1], "jussive", person


def inflect_noun(forms: str) -> Iterator[tuple[str, Shape]]:
    """Write the forms of a noun with proclitics, article and suffixes; `forms` holds its stems, split by "|".

    >>> [form in dict(inflect_noun("زياره|زيارات")) for form in ("زيارته", "وبزياره", "للزياره", "زيارتين")]
    [True, True, True, True]
    """
    for stem in forms.split("|"):
        tied = stem[:-1] + "ت" if stem.endswith("ه") else stem
        for proclitic in _BEFORE_INDEFINITE:
            shape = Shape("noun", "ms", proclitic, "")
            yield proclitic + stem, shape
            yield proclitic + tied + "ين", shape
            yield proclitic + tied + "ان", shape
            if not stem.endswith(("ه", "ات", "اء")):
                yield proclitic + stem + "ا", shape
            for suffix in _OBJECTS:
                yield proclitic + tied + suffix, shape._replace(suffix=suffix)
        for article in _BEFORE_DEFINITE:
            yield article + stem, Shape("noun", "ms", article, "", definite=True)
            yield article + tied + "ين", Shape("noun", "ms", article, "", definite=True)
