"""Read Arabic news: names, dates and events, with the source's own words behind each.

>>> import rasid
>>> article = rasid.read("التقى وزير الخارجية المصري في بغداد نظيره العراقي.", source="ahram", date="2026-03-10")
>>> [(event.type, event.trigger.text) for event in article.events]
[('CONSULT', 'التقى')]

What stands in `__all__` is stable: it changes with a major version alone. Nothing is loaded before it is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rasid.articles import Article
    from rasid.copies import Duplicate, duplicates
    from rasid.names import Identity, identify
    from rasid.reading import Rejected, normalize, read, read_many
    from rasid.spans import Aside, Date, Event, Name, Office, Participant, Place, Span, When
    from rasid.tables import Tables, open

    __version__: str

_WHERE = {
    "articles": ("Article",),
    "copies": ("Duplicate", "duplicates"),
    "names": ("Identity", "identify"),
    "reading": ("Rejected", "normalize", "read", "read_many"),
    "spans": ("Aside", "Date", "Event", "Name", "Office", "Participant", "Place", "Span", "When"),
    "tables": ("Tables", "open"),
}
_MODULE_OF = {name: module for module, names in _WHERE.items() for name in names}

__all__ = [
    "Article",
    "Aside",
    "Date",
    "Duplicate",
    "Event",
    "Identity",
    "Name",
    "Office",
    "Participant",
    "Place",
    "Rejected",
    "Span",
    "Tables",
    "When",
    "__version__",
    "duplicates",
    "identify",
    "normalize",
    "open",
    "read",
    "read_many",
]


if not TYPE_CHECKING:  # so that a checker knows which names there are

    def __getattr__(name: str) -> object:
        if name == "__version__":
            from pipelines.core.version import PIPELINE_VERSION

            return PIPELINE_VERSION
        if name not in _MODULE_OF:
            raise AttributeError(f"module 'rasid' has no attribute {name!r}", name=name, obj=import_module(__name__))
        try:
            found = globals()[name] = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
        except ModuleNotFoundError as error:
            if error.name not in ("duckdb", "pyarrow"):
                raise
            raise ImportError(
                f"rasid.{name} needs {error.name}: pip install 'rasid[tables]'", name=error.name
            ) from error
        return found


def __dir__() -> list[str]:
    return sorted(__all__)
