"""Find who and what an article names: the tagger's names, and known names it left out."""

from collections.abc import Mapping, Sequence

from pipelines.core.entities.candidate import Candidate
from pipelines.core.entities.clitics import proclitics, sticking
from pipelines.core.entities.courtesies import without_courtesies
from pipelines.core.entities.gazetteer import PROCLITICS, Hit, article, names
from pipelines.core.entities.lexicon import triggers
from pipelines.core.entities.linking import link
from pipelines.core.entities.mending import mend_heads, part_names
from pipelines.core.entities.mention import Mention
from pipelines.core.entities.model import EntityModel
from pipelines.core.entities.places.everyday import without_everyday
from pipelines.core.entities.tagging.decode import Tag
from pipelines.core.entities.tagging.features import find_known
from pipelines.core.entities.tagging.tagger import load_tagger
from pipelines.core.entities.tagging.tellings import Telling
from pipelines.core.text.document import Document, Token

_TYPE = {"PER": "PER", "ORG": "ORG", "nisba": "MISC"}
_KNOWN = 0.7  # how sure a known name is that the tagger did not see
_BREAKS = frozenset(".,:;!?()…")
_TITLES = frozenset(("office", "title"))
_APPOSED = {
    "LOC": frozenset(("مدينه", "محافظه", "ولايه", "منطقه", "بلده", "قريه", "معتمديه", "اماره", "دوله", "اقليم")),
    "ORG": frozenset(("صحيفه", "جريده", "مجله", "قناه", "وكاله", "شركه", "شبكه", "نادي")),
}


def merge(tags: Sequence[Tag], hits: Sequence[Hit]) -> list[Tag]:
    """Add to the tagger's names the known names of several words that it left out or saw only parts of, as such.

    A known name of one word is believed only where the tagger saw it: it knows the tables, and the words around.

    >>> merge([Tag(1, 2, "LOC", 0.9)], find_known(["زار", "بوركينا", "فاسو"]))
    [Tag(first=1, last=3, type='LOC', confidence=0.9)]
    """
    merged = list(tags)
    for hit in hits:
        kind = _TYPE.get(hit.kind, "LOC")
        touching = [tag for tag in merged if tag.first < hit.last and hit.first < tag.last]
        fits = all(hit.first <= tag.first and tag.last <= hit.last and tag.type == kind for tag in touching)
        if hit.last - hit.first > 1 and fits:
            merged = [tag for tag in merged if tag not in touching]
            sure = max((tag.confidence for tag in touching), default=_KNOWN)
            merged.append(Tag(hit.first, hit.last, kind, sure))
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
    if tag.type == "PER":
        first = last - len(without_courtesies(words[first:last]))
    if first == last or (tag.type == "MISC" and words[first][0].isdigit()):
        return None
    closes = last < len(words) and words[last] == '"' and list(words[first:last]).count('"') % 2
    return tag._replace(first=first, last=last + 1 if closes else last)


def clean(tags: Sequence[Tag], hits: Sequence[Hit], words: Sequence[str]) -> list[Tag]:
    """Add the known names that a tagger left out, mend what it cut wrongly, and trim all."""
    mended = part_names(mend_heads(merge(tags, hits), words), words)
    return [trimmed for tag in mended if (trimmed := trim(tag, words))]


def _is_apposed(kind: str, words: Sequence[str]) -> bool:
    if len(words) == 1:
        return False
    head = words[0][proclitics(words[0]) :]
    if kind == "PER":
        return triggers().get(head) in _TITLES
    return head in _APPOSED.get(kind, ()) and kind in names().get("".join(words[1:]), {})


def _candidate(
    document: Document, tag: Tag, tokens: Sequence[Token], inner: frozenset[str], known: Mapping[tuple[int, int], int]
) -> Candidate:
    named = tokens[tag.first : tag.last]
    skip = 0 if named[0].folded in inner else known.get((tag.first, tag.last), sticking(named[0].folded))
    span = document.span(document.start_behind(named[0], skip), named[-1].end)
    words = (article(named[0].folded, skip), *(token.folded for token in named[1:] if token.folded[0].isalnum()))
    before = tuple(token.folded for token in tokens[max(tag.first - 2, 0) : tag.first])
    after = tuple(token.folded for token in tokens[tag.last : tag.last + 3])
    return Candidate(span, tag.type, words, round(tag.confidence, 3), before, after)


def _skips(hits: Sequence[Hit]) -> dict[tuple[int, int], int]:
    return {(hit.first, hit.last): hit.skip for hit in hits}


def _inner_words(sentences: Sequence[Sequence[str]], tags: Sequence[Sequence[Tag]]) -> frozenset[str]:
    """Collect the words that stand inside people's names, where nothing sticks to them."""
    return frozenset(
        word
        for words, tagged in zip(sentences, tags, strict=True)
        for tag in tagged
        for word in words[tag.first + 1 : tag.last]
        if tag.type == "PER" and word[0] in PROCLITICS
    )


def find_mentions(documents: Sequence[Document], country: str | None, model: EntityModel = "fast") -> list[Mention]:
    """Find every name in an article's documents (title, body) and say who or what it names.

    `country` is the outlet's (ISO 3166-1 alpha-2). Mentions come title first, then as they stand, and never overlap;
    the proclitics و ف ب ل ك stay outside.

    >>> from pipelines.core.text.document import read_document
    >>> body = read_document("body", "وصل الرئيس الفرنسي إيمانويل ماكرون إلى بيروت، والتقى ماكرون بسعد الحريري.")
    >>> [(mention.span.text, mention.entity.qid) for mention in find_mentions([body], "LB")][:3]
    [('الفرنسي', 'Q142'), ('إيمانويل ماكرون', 'Q3052772'), ('بيروت', 'Q3820')]
    """
    return read_documents(documents, country, model)[0]


def read_documents(
    documents: Sequence[Document], country: str | None, model: EntityModel = "fast"
) -> tuple[list[Mention], list[Telling]]:
    """Read an article's documents once: the names of `find_mentions`, and the tellings of events in their words."""
    placed = [(document, sentence) for document in documents for sentence in document.sentences]
    tokens = [document.tokens[sentence.first : sentence.last] for document, sentence in placed]
    words = [[token.folded for token in sentence] for sentence in tokens]
    hits = [find_known(sentence) for sentence in words]
    tagged, tellings = load_tagger(model).read(words, hits)
    tags = [clean(found, known, sentence) for found, known, sentence in zip(tagged, hits, words, strict=True)]
    inner = _inner_words(words, tags)
    candidates = [
        _candidate(document, tag, sentence, inner, known)
        for (document, _), sentence, tagged, known in zip(placed, tokens, tags, map(_skips, hits), strict=True)
        for tag in tagged
    ]
    return link(without_everyday(candidates, country), country), tellings
