"""Give who leads a body one name, whatever he is called: "رئيس الموساد" is "مدير الموساد"."""

from functools import cache

from pipelines.core.entities.mention import Entity
from pipelines.core.entities.names import fold_name
from pipelines.core.entities.offices.role_names import Piece
from pipelines.core.entities.offices.words import office_rows
from pipelines.core.entities.tables import named
from pipelines.core.text.fold import fold_text

_ROLES = "رئيس|زعيم|قائد|قائد عام|قائد أعلى|مدير|أمين عام|محافظ|حاكم|والي|مفوض عام|رئيس تنفيذي|مدير تنفيذي"
_LEADERS = frozenset(map(fold_text, _ROLES.split("|")))
_KINDS = frozenset(("حزب", "حركة", "تيار", "شركة", "نادي", "منظمة", "وكالة", "فريق"))
_PLAIN = {"زعيم": "رئيس", "قائد عام": "قائد"}


def chief_of(role: str, organisation: Entity | None) -> str:
    """Return the usual role of who leads a body: a body of the table has one, however he is called.

    >>> from pipelines.core.entities.tables import named
    >>> nato, mossad = (named()[name].entity for name in ("الناتو", "الموساد"))
    >>> chief_of("رئيس", nato), chief_of("مدير", mossad), chief_of("متحدث", nato), chief_of("رئيس", None)
    ('أمين عام', 'رئيس', 'متحدث', 'رئيس')
    """
    if organisation is None or fold_text(role) not in _LEADERS:
        return role
    return _chiefs().get(organisation.entity_id) or _PLAIN.get(role, role)


def without_kind(pieces: list[Piece]) -> list[Piece]:
    """Leave out what a named body is said to be: "زعيم حزب الليكود"."""
    return pieces[:-1] if pieces and pieces[-1].text in _KINDS else pieces


@cache
def _chiefs() -> dict[str, str]:
    """Load how each body calls who leads it, by the body's id."""
    return {
        named()[fold_name(body)].entity.entity_id: row["words"]
        for row in office_rows("chief")
        for body in row["many"].split("|")
    }
