"""Find who and what an article names: the tagger's names, and known names it left out."""

from collections.abc import Sequence
from functools import cache

from pipelines.core.entities.candidate import Candidate
from pipelines.core.entities.clitics import proclitics
from pipelines.core.entities.features import find_known
from pipelines.core.entities.gazetteer import Hit, article, names
from pipelines.core.entities.lexicon import triggers
from pipelines.core.entities.linking import link
from pipelines.core.entities.mention import Mention
from pipelines.core.entities.names import RESOURCES
from pipelines.core.entities.tagger import Tag, load_tagger
from pipelines.core.text.document import Document, Token
from pipelines.core.text.fold import fold

_TYPE = {"PER": "PER", "ORG": "ORG", "nisba": "MISC"}
_SURE = {
    "country": 0.9,
    "capital": 0.85,
    "nisba": 0.8,
    "region": 0.8,
    "metonym": 0.8,
    "PER": 0.8,
    "ORG": 0.8,
    "city": 0.7,
}
_BREAKS = frozenset(".,:;!?()…")
_CITY, _SEVERAL = 300_000, 0.7
_TITLES = frozenset(("office", "title"))
_APPOSED = {
    "LOC": frozenset(("مدينه", "محافظه", "ولايه", "منطقه", "بلده", "قريه", "معتمديه", "اماره", "دوله", "اقليم")),
    "ORG": frozenset(("صحيفه", "جريده", "مجله", "قناه", "وكاله", "شركه", "شبكه", "نادي")),
}


@cache
def everyday() -> frozenset[str]:
    """Load the names that are everyday words too, and are names only where the tagger says so (`everyday.txt`)."""
    return frozenset((RESOURCES / "everyday.txt").read_text("utf-8").split())


def is_sure(hit: Hit, words: Sequence[str]) -> bool:
    """Tell whether a known name can be believed against the tagger: prominent and no everyday word."""
    if hit.last - hit.first > 1:
        return True
    if hit.kind not in _SURE or article(words[hit.first], hit.skip) in everyday():
        return False
    return hit.kind != "city" or hit.bearers[0].population >= _CITY


def merge(tags: Sequence[Tag], hits: Sequence[Hit], words: Sequence[str]) -> list[Tag]:
    """Add to the tagger's names the sure ones that it left out; a known name of several words swallows its parts.

    >>> hits = find_known(["زار", "بيروت"])
    >>> merge([], hits, ["زار", "بيروت"])
    [Tag(first=1, last=2, type='LOC', confidence=0.85)]
    """
    merged = list(tags)
    for hit in hits:
        touching = [tag for tag in merged if tag.first < hit.last and hit.first < tag.last]
        within = all(hit.first <= tag.first and tag.last <= hit.last for tag in touching)
        if touching and (
            not within
            or hit.last - hit.first == 1
            or (len(touching) == 1 and touching[0].last - touching[0].first == hit.last - hit.first)
        ):
            continue
        if is_sure(hit, words):
            merged = [tag for tag in merged if tag not in touching]
            sure = max([_SURE.get(hit.kind, _SEVERAL), *(tag.confidence for tag in touching)])
            merged.append(Tag(hit.first, hit.last, _TYPE.get(hit.kind, "LOC"), sure))
    return sorted(merged)


def trim(tag: Tag, words: Sequence[str]) -> Tag | None:
    """Take signs off both ends of a name, titles off a person's, "مدينة" or "صحيفة" off a known one's front.

    >>> trim(Tag(0, 3, "PER", 0.9), ["الدكتور", "سمير", '"'])
    Tag(first=1, last=2, type='PER', confidence=0.9)
    """
    first, last = tag.first, tag.last
    if tag.type in ("PER", "LOC"):
        last = next((place for place in range(first + 1, last) if words[place] in _BREAKS), last)
    while first < last and (not words[last - 1][0].isalnum() or words[last - 1] == "و"):
        last -= 1
    while first < last and (not words[first][0].isalnum() or _is_apposed(tag.type, words[first:last])):
        first += 1
    if first == last or (tag.type == "MISC" and words[first][0].isdigit()):
        return None
    closes = last < len(words) and words[last] == '"' and list(words[first:last]).count('"') % 2
    return tag._replace(first=first, last=last + 1 if closes else last)


def _is_apposed(kind: str, words: Sequence[str]) -> bool:
    if len(words) == 1:
        return False
    head = words[0][proclitics(words[0]) :]
    if kind == "PER":
        return triggers().get(head) in _TITLES
    return head in _APPOSED.get(kind, ()) and kind in names().get("".join(words[1:]), {})


def _start(document: Document, token: Token, skip: int) -> int:
    """Return where in the text a token begins, its proclitics left out."""
    if not skip or token.end - token.start == len(token.folded):
        return token.start + skip
    return token.start + fold(document.text[token.start : token.end]).source_span(skip, skip + 1)[0]


def _candidate(document: Document, tag: Tag, tokens: Sequence[Token], inner: frozenset[str]) -> Candidate:
    named = tokens[tag.first : tag.last]
    skip = 0 if named[0].folded in inner else proclitics(named[0].folded)
    span = document.span(_start(document, named[0], skip), named[-1].end)
    words = (article(named[0].folded, skip), *(token.folded for token in named[1:] if token.folded[0].isalnum()))
    return Candidate(span, tag.type, words, round(tag.confidence, 3))


def _inner_words(sentences: Sequence[Sequence[str]], tags: Sequence[Sequence[Tag]]) -> frozenset[str]:
    """Collect the words that stand inside people's names, where nothing sticks to them."""
    return frozenset(
        word
        for words, tagged in zip(sentences, tags, strict=True)
        for tag in tagged
        for word in words[tag.first + 1 : tag.last]
        if tag.type == "PER" and word[0] in "وفبلك"
    )


def find_mentions(documents: Sequence[Document], country: str | None) -> list[Mention]:
    """Find every name in an article's documents (title, body) and say who or what it names.

    `country` is the outlet's (ISO 3166-1 alpha-2). Mentions come title first, then as they stand, and never overlap;
    the proclitics و ف ب ل ك stay outside.

    >>> from pipelines.core.text.document import read_document
    >>> body = read_document("body", "وصل الرئيس الفرنسي إيمانويل ماكرون إلى بيروت، والتقى ماكرون بسعد الحريري.")
    >>> [(mention.span.text, mention.entity.qid) for mention in find_mentions([body], "LB")][:3]
    [('الفرنسي', 'Q142'), ('إيمانويل ماكرون', 'Q3052772'), ('بيروت', 'Q3820')]
    """
    placed = [(document, sentence) for document in documents for sentence in document.sentences]
    tokens = [document.tokens[sentence.first : sentence.last] for document, sentence in placed]
    words = [[token.folded for token in sentence] for sentence in tokens]
    hits = [find_known(sentence) for sentence in words]
    tags = [
        [trimmed for tag in merge(tagged, known, sentence) if (trimmed := trim(tag, sentence))]
        for tagged, known, sentence in zip(load_tagger().tag(words, hits), hits, words, strict=True)
    ]
    inner = _inner_words(words, tags)
    candidates = [
        _candidate(document, tag, sentence, inner)
        for (document, _), sentence, tagged in zip(placed, tokens, tags, strict=True)
        for tag in tagged
    ]
    return link(candidates, country)
